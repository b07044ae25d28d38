import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp

from local.dashboard import app
from local.web_headers import FOREVER, REVALIDATE


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


def get(served: ASGIApp, path: str) -> Answer:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [],
        "server": ("127.0.0.1", 4700),
        "client": ("127.0.0.1", 1),
    }

    async def call() -> None:
        await served(scope, receive, send)

    asyncio.run(call())
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], headers, body.decode())


@pytest.fixture
def served(tmp_path: Path) -> ASGIApp:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>the page")
    (tmp_path / "assets/app.js").write_text("run()")
    return app(tmp_path, '{"apiUrl":"x"}', "http://127.0.0.1:4566")


@pytest.mark.parametrize("path", ["/", "/conversations", "/conversations/whatsapp:1"])
def test_the_page_answers_every_address_that_is_no_file(served: ASGIApp, path: str) -> None:
    answer = get(served, path)
    assert (answer.status, answer.body) == (200, "<!doctype html>the page")
    assert answer.headers["cache-control"] == REVALIDATE


def test_files_are_files_and_built_ones_are_kept(served: ASGIApp) -> None:
    answer = get(served, "/assets/app.js")
    assert (answer.status, answer.body) == (200, "run()")
    assert answer.headers["cache-control"] == FOREVER


def test_a_missing_file_is_not_the_page(served: ASGIApp) -> None:
    assert get(served, "/assets/gone.js").status == 404


def test_the_configuration_is_the_one_given(served: ASGIApp) -> None:
    answer = get(served, "/config.json")
    assert answer.body == '{"apiUrl":"x"}'
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == REVALIDATE


@pytest.mark.parametrize("path", ["/", "/config.json", "/assets/app.js", "/assets/gone.js"])
def test_every_answer_has_the_security_headers(served: ASGIApp, path: str) -> None:
    headers = get(served, path).headers
    assert headers["x-frame-options"] == "DENY"
    assert "connect-src 'self' http://127.0.0.1:4566;" in headers["content-security-policy"]
