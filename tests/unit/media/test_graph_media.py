"""Files of Meta's: the token goes to Meta and to nobody else."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
import urllib3

from shared.channels.graph import GraphError, GraphUnreachableError
from shared.channels.graph_media import (
    ForeignHostError,
    GraphMedia,
    LinkExpiredError,
    Outgoing,
    TransferBrokenError,
)

LOOKASIDE = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=secret"


class FakeHttp:
    """Answers from a list; an exception is raised."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent = b""

    def request(self, method: str, url: str, **options: Any) -> Any:
        assert options["redirect"] is False
        self.asked.append((url, options["headers"]))
        if method == "POST":
            self.sent = b"".join(options["body"])
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def answered(status: int, data: bytes = b"", **headers: str) -> Any:
    def stream(size: int, decode_content: bool) -> Any:
        assert not decode_content
        yield data

    return SimpleNamespace(
        status=status,
        data=data,
        headers=headers,
        stream=stream,
        close=lambda: None,
        release_conn=lambda: None,
    )


def media(*answers: Any) -> tuple[GraphMedia, FakeHttp]:
    http = FakeHttp(*answers)
    return GraphMedia("https://graph.facebook.com", "v25.0", http), http


def test_a_file_is_read_with_the_token() -> None:
    source, http = media(answered(200, b"bytes"))
    reading = source.read(LOOKASIDE, "EAA", 0)
    assert (reading.start, b"".join(reading.chunks)) == (0, b"bytes")
    url, headers = http.asked[0]
    assert url == LOOKASIDE
    assert headers["Authorization"] == "Bearer EAA"
    assert "Range" not in headers


def test_the_rest_of_a_file_is_asked_for() -> None:
    source, http = media(answered(206, b"es"), answered(200, b"bytes"), answered(416))
    assert source.read(LOOKASIDE, "EAA", 3).start == 3
    assert http.asked[0][1]["Range"] == "bytes=3-"
    assert source.read(LOOKASIDE, "EAA", 3).start == 0
    assert list(source.read(LOOKASIDE, "EAA", 5).chunks) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/file",
        "http://lookaside.fbsbx.com/file",
        "https://lookaside.fbsbx.com.evil.example/file",
        "https://lookaside.fbsbx.com@evil.example/file",
        "https://user:pass@lookaside.fbsbx.com/file",
        "https://lookaside.fbsbx.com:8443/file",
        "https://evil.example/#lookaside.fbsbx.com",
        "https://graph.facebook.com.evil.example",
        "https://lookaside.fbsbx.com:port/",
        "//lookaside.fbsbx.com/file",
        "file:///etc/passwd",
        "",
    ],
)
def test_nobody_else_is_given_the_token(url: str) -> None:
    source, http = media()
    with pytest.raises(ForeignHostError):
        source.read(url, "EAA", 0)
    assert http.asked == []


def test_a_redirect_is_followed_among_metas_hosts_only() -> None:
    source, http = media(answered(302, Location="https://evil.example/file"))
    with pytest.raises(ForeignHostError):
        source.read(LOOKASIDE, "EAA", 0)
    assert len(http.asked) == 1
    source, http = media(
        answered(302, Location="https://graph.facebook.com/f"), answered(200, b"b")
    )
    assert b"".join(source.read(LOOKASIDE, "EAA", 0).chunks) == b"b"
    source, _ = media(*[answered(302, Location=LOOKASIDE)] * 9)
    with pytest.raises(TransferBrokenError):
        source.read(LOOKASIDE, "EAA", 0)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_expired_link_is_told_from_a_server_that_fails(status: int) -> None:
    source, _ = media(answered(status), answered(500), urllib3.exceptions.ProtocolError("gone"))
    with pytest.raises(LinkExpiredError):
        source.read(LOOKASIDE, "EAA", 0)
    for _ in range(2):
        with pytest.raises(TransferBrokenError) as broken:
            source.read(LOOKASIDE, "EAA", 0)
        assert "secret" not in str(broken.value)


def outgoing(data: bytes) -> Outgoing:
    return Outgoing(io.BytesIO(data), "image/png", len(data), "menu.png")


def test_an_upload_is_a_form_of_its_announced_length() -> None:
    source, http = media(answered(200, b'{"id": "700"}'))
    assert source.upload("200300", "EAA", outgoing(b"\x89PNG")) == "700"
    url, headers = http.asked[0]
    assert url == "https://graph.facebook.com/v25.0/200300/media"
    assert int(headers["Content-Length"]) == len(http.sent)
    assert b'name="messaging_product"\r\n\r\nwhatsapp\r\n' in http.sent
    assert b'filename="menu.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--' in http.sent


def test_what_meta_says_against_an_upload_is_told() -> None:
    refused = b'{"error": {"message": "no", "code": 100}}'
    source, _ = media(
        answered(400, refused),
        answered(502, b"<html>"),
        answered(200, b"{}"),
        urllib3.exceptions.ProtocolError("gone"),
    )
    with pytest.raises(GraphError):
        source.upload("200300", "EAA", outgoing(b"x"))
    for _ in range(3):
        with pytest.raises(GraphUnreachableError):
            source.upload("200300", "EAA", outgoing(b"x"))
