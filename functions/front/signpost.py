"""The API's description, as a document and as a page, and the answer to what no route takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from front.page import page
from shared.api.endpoint import fits
from shared.api.problems import NO_ROUTE, WRONG_METHOD, ProblemError
from shared.json_types import JsonObject
from shared.observability import count, counted

_DOCUMENT: Final = Path(__file__).with_name("openapi.json")
_KEPT_BY_BROWSERS: Final = "public, max-age=300"
# The page has a style of its own and nothing else.
_PAGE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@counted
def handler(event: JsonObject, context: Any) -> JsonObject:  # noqa: ARG001
    """HTTP API, payload 2.0; the description is open, the rest behind the authorizer."""
    show = _SHOWN.get(event["routeKey"])
    if show is not None:
        return show()
    count("ApiRequests")
    return _no_route(event["requestContext"]["http"]["method"], event["rawPath"]).answer()


def _no_route(method: str, path: str) -> ProblemError:
    """A wrong method where the address is known."""
    known = {
        name.upper()
        for pattern, operations in _document()["paths"].items()
        if fits(pattern, path)
        for name in operations
    }
    if known and method not in known:
        return ProblemError(WRONG_METHOD, headers={"Allow": ", ".join(sorted(known))})
    return ProblemError(NO_ROUTE)


@lru_cache(maxsize=1)
def _document() -> JsonObject:
    document: JsonObject = json.loads(_DOCUMENT.read_text())
    return document


def _show_document() -> JsonObject:
    return _shown("application/json", _DOCUMENT.read_text())


def _show_page() -> JsonObject:
    answer = _shown("text/html; charset=utf-8", page(_document()))
    answer["headers"]["Content-Security-Policy"] = _PAGE_POLICY
    return answer


def _shown(content_type: str, body: str) -> JsonObject:
    return {
        "statusCode": 200,
        "headers": {
            "Content-Type": content_type,
            "Cache-Control": _KEPT_BY_BROWSERS,
            "X-Content-Type-Options": "nosniff",
        },
        "body": body,
        "isBase64Encoded": False,
    }


_SHOWN: Final[dict[str, Callable[[], JsonObject]]] = {
    "GET /v1/openapi.json": _show_document,
    "GET /v1/docs": _show_page,
}
