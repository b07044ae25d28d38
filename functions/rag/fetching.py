"""Fetches a web page that a person named: from public addresses only."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from rag.sources.blocks import UnreadableError
from shared.public_addresses import PublicAddressError, UnreachableError
from shared.public_http import MAX_ANSWER_BYTES, request

_SECONDS: Final = 20.0
_HEADERS: Final = {"Accept": "text/html", "User-Agent": "Kabar"}


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
    return answer.body
