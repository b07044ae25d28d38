"""Fetches a web page that a person named: from public addresses only."""

from __future__ import annotations

import codecs
from collections.abc import Set
from email.message import Message
from typing import Final

from rag.sources.blocks import UnreadableError
from rag.sources.encodings import MARKS, is_known
from shared.public_addresses import PublicAddressError, UnreachableError
from shared.public_http import MAX_ANSWER_BYTES, request

_SECONDS: Final = 20.0
_HTML: Final = "text/html"
_PAGES: Final = frozenset({_HTML, "application/xhtml+xml", "text/plain", "text/markdown"})
_HEADERS: Final = {"Accept": _HTML, "User-Agent": "Kabar"}


def fetch(url: str, private_hosts: Set[str]) -> bytes:
    """Raises UnreadableError."""
    try:
        answer = request(
            "GET",
            url,
            headers=_HEADERS,
            body=None,
            timeout_seconds=_SECONDS,
            private_hosts=private_hosts,
        )
    except PublicAddressError as error:
        raise UnreadableError(f"The page may not be fetched: {error}") from error
    except (UnreachableError, TimeoutError) as error:
        raise UnreadableError(f"The page could not be fetched: {error}") from error
    if not 200 <= answer.status < 300:
        raise UnreadableError(f"The page could not be fetched: status {answer.status}.")
    if len(answer.body) >= MAX_ANSWER_BYTES:
        raise UnreadableError("The page is larger than 1 MB. Upload it as a file.")
    if answer.body.lstrip()[:5] == b"%PDF-":
        raise UnreadableError("The address leads to a PDF. Upload it as a file.")
    told = Message()
    told["Content-Type"] = answer.content_type or _HTML
    if told.get_content_type() not in _PAGES:
        raise UnreadableError(f"The address leads to no page, but to {told.get_content_type()}.")
    return _in_utf8(answer.body, told.get_content_charset())


def _in_utf8(page: bytes, charset: str | None) -> bytes:
    """A page in the encoding that its server names is marked as UTF-8; any other stays, and tells
    its encoding itself."""
    if charset is None or page.startswith(MARKS) or not is_known(charset):
        return page
    return codecs.BOM_UTF8 + page.decode(charset, errors="replace").encode()
