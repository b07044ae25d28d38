"""Web pages that people name: from public addresses only, and nothing but pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import urllib3

from rag import fetching
from rag.sources import html_page
from rag.sources.blocks import UnreadableError
from shared.public_http import MAX_ANSWER_BYTES, request

URL = "https://shop.example/faq"
PAGE = b"<html><body><h1>Prices</h1><p>Coffee costs 20,000.</p></body></html>"
NAMES = {"shop.example": "1.1.1.1", "inside.example": "10.0.0.7", "localhost": "127.0.0.1"}


@dataclass
class Web:
    """Answers by address: status, body, headers. `asked` is what reached a server."""

    answers: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        return [NAMES.get(host, host)]

    def pool(self, address: str, port: int, **_: Any) -> Any:
        return self

    def urlopen(self, method: str, target: str, **options: Any) -> Any:
        assert method == "GET"
        self.asked.append(f"{options['headers']['Host']}{target}")
        status, body, headers = self.answers[self.asked[-1]]
        return urllib3.HTTPResponse(BytesIO(body), headers, status, preload_content=False)

    def close(self) -> None:
        pass

    def says(self, body: bytes, content_type: str = "text/html", status: int = 200) -> None:
        self.answers["shop.example/faq"] = (status, body, {"Content-Type": content_type})

    def redirects(self, to: str) -> None:
        self.answers["shop.example/faq"] = (302, b"", {"Location": to})


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    web = Web()
    monkeypatch.setattr(urllib3, "HTTPSConnectionPool", web.pool)
    monkeypatch.setattr(urllib3, "HTTPConnectionPool", web.pool)
    monkeypatch.setattr(fetching, "request", partial(request, resolve=web.resolve))
    return web


def fetch(url: str = URL) -> bytes:
    return fetching.fetch(url, frozenset())


def text(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "source"
    path.write_bytes(content)
    return " ".join(block.text for block in html_page.parse(path).blocks)


@pytest.mark.parametrize(
    "content_type", ["text/html; charset=utf-8", "application/xhtml+xml", "TEXT/HTML", ""]
)
def test_a_page_is_fetched(web: Web, content_type: str, tmp_path: Path) -> None:
    web.says(PAGE, content_type)
    assert text(fetch(), tmp_path) == "Coffee costs 20,000."


def test_a_redirect_within_the_public_web_is_followed(web: Web) -> None:
    web.redirects("/prices")
    web.answers["shop.example/prices"] = (200, PAGE, {})
    assert fetch() == PAGE


@pytest.mark.parametrize(
    "inside",
    [
        "https://inside.example/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https://[::1]/",
        "http://shop.example/faq",
        "file:///etc/passwd",
    ],
)
def test_no_redirect_leads_inside(web: Web, inside: str) -> None:
    web.redirects(inside)
    with pytest.raises(UnreadableError, match="may not be fetched"):
        fetch()
    assert web.asked == ["shop.example/faq"]


@pytest.mark.parametrize("inside", ["https://inside.example/", "http://127.0.0.1:4566/", "ftp://x"])
def test_nothing_inside_is_asked(web: Web, inside: str) -> None:
    with pytest.raises(UnreadableError, match="may not be fetched"):
        fetch(inside)
    assert web.asked == []


def test_redirects_in_a_circle_end(web: Web) -> None:
    web.redirects("/faq")
    with pytest.raises(UnreadableError, match="status 302"):
        fetch()
    assert len(web.asked) == 4


@pytest.mark.parametrize(
    ("body", "content_type", "status", "why"),
    [
        (b"x" * MAX_ANSWER_BYTES, "text/html", 200, "larger than 1 MB"),
        (b"no", "text/html", 404, "status 404"),
        (b"%PDF-1.7", "application/pdf", 200, "a PDF"),
        (b"\x89PNG", "image/png", 200, "no page, but to image/png"),
        (b"{}", "application/json; charset=utf-8", 200, "no page, but to application/json"),
    ],
    ids=["large", "missing", "pdf", "picture", "json"],
)
def test_what_is_no_page_is_refused_with_the_reason(
    web: Web, body: bytes, content_type: str, status: int, why: str
) -> None:
    web.says(body, content_type, status)
    with pytest.raises(UnreadableError, match=why):
        fetch()


CAFE = "<p>Кофе стоит пять рублей за чашку, каждый день.</p>"
NAMED = '<head><meta charset="koi8-r"></head>' + CAFE


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (CAFE.encode("koi8-r"), "text/html; charset=koi8-r"),
        (CAFE.encode("cp1251"), 'text/html; charset="windows-1251"'),
        (NAMED.encode("koi8-r"), "text/html"),
        (NAMED.encode("koi8-r"), "text/html; charset=base64"),
        (NAMED.encode("cp1251"), "text/html; charset=cp1251"),
        (NAMED.encode("utf-8-sig"), "text/html; charset=cp1251"),
        (NAMED.encode(), "text/html"),
    ],
    ids=["server", "quoted", "page", "no charset", "server first", "mark first", "utf-8"],
)
def test_a_page_is_read_in_its_encoding(
    web: Web, body: bytes, content_type: str, tmp_path: Path
) -> None:
    web.says(body, content_type)
    assert "Кофе стоит пять рублей" in text(fetch(), tmp_path)
