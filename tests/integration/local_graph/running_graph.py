"""The stand-in for Meta as a process of its own, and a small receiver for its webhooks."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

PROJECT = Path(__file__).parents[3]
APP_SECRET = "app-secret"
TOKEN = "EAAG-token"
PHONE_NUMBER_ID = "200300400500600"
PATIENCE_SECONDS = 15.0


@dataclass(frozen=True)
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def value(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.body)["entry"][0]["changes"][0]["value"]
        return content


@dataclass
class Receiver:
    """Answers from a list of statuses, then with 200."""

    answers: list[int] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    port: int = 0

    def take(self, headers: dict[str, str], body: bytes) -> int:
        self.received.append(Received(headers, body))
        return self.answers.pop(0) if self.answers else 200

    @property
    def statuses(self) -> list[dict[str, Any]]:
        values = [item.value for item in list(self.received)]
        return [value["statuses"][0] for value in values if "statuses" in value]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(receiver.take(dict(self.headers), body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keeps the test output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def environment(receiver_port: int, **changes: str) -> dict[str, str]:
    return {
        **os.environ,
        "PORT": "0",
        "WEBHOOK_URL": f"http://127.0.0.1:{receiver_port}/webhook",
        "APP_SECRET": APP_SECRET,
        "PHONE_NUMBER_ID": PHONE_NUMBER_ID,
        "WABA_ID": "100200300400500",
        "ACCESS_TOKEN": TOKEN,
        "DISPLAY_PHONE_NUMBER": "+1 555-000-1111",
        "STATUS_DELAY_SECONDS": "0",
        "WEBHOOK_RETRY_SECONDS": "0.05",
        **changes,
    }


def start(env: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "local.graph"],
        cwd=PROJECT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def announced_url(process: "subprocess.Popen[str]") -> str:
    """The address from the line that the stand-in prints before it serves."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the stand-in ended before it announced its address"
    return next(word for word in line.split() if word.startswith("http://"))


@contextmanager
def running(receiver: Receiver) -> Iterator[httpx.Client]:
    process = start(environment(receiver.port))
    try:
        with httpx.Client(
            base_url=announced_url(process), timeout=PATIENCE_SECONDS, trust_env=False
        ) as client:
            yield client
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_SECONDS)


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
