"""`make run` from outside: its file of addresses, another Meta in the stand-in's place, its end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from local.addresses import Addresses, DemoUser
from shared.json_types import JsonObject
from tests.api_side import Api
from tests.meta_side import Meta
from tests.people import newcomer
from tests.running import eventually

ROOT = Path(__file__).parents[2]
START_SECONDS = 90.0  # the templates may have to be made first
STOP_SECONDS = 20.0
KEYS = [
    *("webhook_url", "api_url", "dashboard_url", "phone_url", "graph_url", "shop_url"),
    "linked_phones_url",
    *("aws_endpoint_url", "region", "app_secret", "verify_token", "phone_number_id", "waba_id"),
    *("demo_user", "workspace_id", "api_key"),
]


@dataclass
class OtherMeta:
    """Takes every message and remembers how it came."""

    url: str = ""
    requests: list[tuple[str, str, JsonObject]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [body["text"]["body"] for _, _, body in list(self.requests) if "text" in body]


@contextmanager
def other_meta() -> Iterator[OtherMeta]:
    meta = OtherMeta()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            meta.requests.append((self.path, self.headers["Authorization"], body))
            answer = json.dumps({"messages": [{"id": f"wamid.{len(meta.requests)}"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keeps the test output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    meta.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield meta
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def addresses_in(text: str) -> Addresses:
    told = json.loads(text)
    assert list(told) == KEYS
    return Addresses(**{**told, "demo_user": DemoUser(**told["demo_user"])})


def accepts_connections(url: str) -> bool:
    address = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((str(address.hostname), int(address.port or 0))) == 0


def test_an_outside_program_in_the_place_of_meta(tmp_path: Path) -> None:
    told = tmp_path / "local.json"
    with other_meta() as outside:
        run = subprocess.Popen(
            [sys.executable, "-m", "local.run", "--state-dir", str(tmp_path), "--free-ports"],
            cwd=ROOT,
            env={**os.environ, "GRAPH_API_URL": outside.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            eventually(lambda: told.exists() or run.poll() is not None, seconds=START_SECONDS)
            assert run.poll() is None, "it ended by itself"
            addresses = addresses_in(told.read_text(encoding="utf-8"))
            assert addresses.graph_url == outside.url
            answers_there_and_nowhere_else(addresses, outside)
        finally:
            run.send_signal(signal.SIGINT)
            output, _ = run.communicate(timeout=STOP_SECONDS)

    assert run.returncode == 0, output
    assert not told.exists()
    places = [addresses.aws_endpoint_url, addresses.phone_url, addresses.dashboard_url]
    assert [accepts_connections(place) for place in places] == [False] * 3


def answers_there_and_nowhere_else(addresses: Addresses, outside: OtherMeta) -> None:
    person = newcomer()
    with Meta(addresses) as meta, Api(addresses.api_url, addresses.api_key) as api:
        meta.hears(person, "halo")
        eventually(lambda: api.statuses_of(person), lambda seen: seen == ["sent", "sent"])
    assert outside.texts == ["Halo! Apa kabar?", "Baik, atau kurang baik?"]
    assert {path for path, _, _ in outside.requests} == {
        f"/v25.0/{addresses.phone_number_id}/messages"
    }
    assert all(bearer.startswith("Bearer EAA") for _, bearer, _ in outside.requests)
    stand_in = addresses.phone_url.removesuffix("/phone/")
    seen = httpx.get(f"{stand_in}/_admin/requests", trust_env=False).json()["items"]
    assert seen == []
