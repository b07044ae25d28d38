"""The collection over HTTP: the operations that Serverless has, and no others."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.collection.collection import Collection
from local.collection.refusals import RefusedError, bad_query, not_there

_SIGNED: Final = re.compile(
    r"AWS4-HMAC-SHA256 Credential=[^/]+/\d{8}/[a-z0-9-]+/aoss/aws4_request, "
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), Signature=[0-9a-f]{64}"
)
_SIGNED_HEADERS: Final = {"host", "x-amz-content-sha256", "x-amz-date"}
_NO_REFRESH: Final = "true refresh policy is not supported."
Operation = Callable[[Collection, dict[str, str], bytes], tuple[int, Any]]


def application(collection: Collection) -> Starlette:
    def route(methods: list[str], path: str, operation: Operation) -> Route:
        async def run(request: Request) -> Response:
            raw = await request.body()
            try:
                _check_request(request, raw)
                status, body = operation(collection, request.path_params, _unpacked(request, raw))
            except RefusedError as refused:
                status, body = refused.status, refused.body()
            return Response(status_code=status) if body is None else JSONResponse(body, status)

        return Route(path, run, methods=methods)

    async def healthy(_: Request) -> Response:
        return JSONResponse({"status": "up"})

    async def other(request: Request) -> Response:
        refused = not_there(request.method, request.url.path)
        return JSONResponse(refused.body(), refused.status)

    return Starlette(
        routes=[
            Route("/_local/health", healthy),
            *(route(methods.split(), path, run) for methods, path, run in _OPERATIONS),
            Route("/{path:path}", other, methods=["GET", "POST", "PUT", "DELETE", "HEAD"]),
        ]
    )


def _check_request(request: Request, raw: bytes) -> None:
    """That it is signed, for this service, with its body: by whom cannot be told here."""
    if request.query_params.get("refresh", "false") not in ("false", ""):
        raise RefusedError(400, "illegal_argument_exception", _NO_REFRESH)
    signed = _SIGNED.fullmatch(request.headers.get("authorization", ""))
    said = request.headers.get("x-amz-content-sha256")
    if signed is None or said is None:
        raise RefusedError(403, "security_exception", "The request is not signed")
    # Serverless refuses what is signed with more.
    if set(signed["headers"].split(";")) - {"x-amz-security-token"} != _SIGNED_HEADERS:
        raise RefusedError(403, "security_exception", "Other headers are signed than are allowed")
    if said != hashlib.sha256(raw).hexdigest():
        raise RefusedError(403, "security_exception", "The body is not the one that was signed")


def _unpacked(request: Request, raw: bytes) -> bytes:
    return gzip.decompress(raw) if request.headers.get("content-encoding") == "gzip" else raw


def _body(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw or b"{}")
    except ValueError as error:
        raise bad_query("the body is no JSON") from error
    if not isinstance(body, dict):
        raise bad_query("the body is no object")
    return body


def _lines(raw: bytes) -> list[dict[str, Any]]:
    return [_body(line) for line in raw.splitlines() if line.strip()]


def _exists(collection: Collection, path: dict[str, str], _: bytes) -> tuple[int, Any]:
    return (200 if collection.has(path["name"]) else 404), None


def _remove(collection: Collection, path: dict[str, str], _: bytes) -> tuple[int, Any]:
    return collection.remove(path["name"], path["id"])


def _describe(collection: Collection, path: dict[str, str], _: bytes) -> tuple[int, Any]:
    return 200, collection.described(path["name"])


# What Serverless does not have is not here.
_NAME: Final = "/{name}"
_OPERATIONS: Final[list[tuple[str, str, Operation]]] = [
    ("POST", "/_bulk", lambda here, _, raw: (200, here.bulk(None, _lines(raw)))),
    ("POST", "/_aliases", lambda here, _, raw: (200, here.move_aliases(_body(raw)))),
    ("GET POST", "/_msearch", lambda here, _, raw: (200, here.many(None, _lines(raw)))),
    ("HEAD", _NAME, _exists),
    ("PUT", _NAME, lambda here, path, raw: (200, here.create(path["name"], _body(raw)))),
    ("DELETE", _NAME, lambda here, path, _: (200, here.delete(path["name"]))),
    ("GET", _NAME, _describe),
    ("GET", f"{_NAME}/_mapping", _describe),
    ("GET", f"{_NAME}/_alias", _describe),
    ("POST", f"{_NAME}/_bulk", lambda here, path, raw: (200, here.bulk(path["name"], _lines(raw)))),
    (
        "GET POST",
        f"{_NAME}/_search",
        lambda here, path, raw: (200, here.search(path["name"], _body(raw))),
    ),
    (
        "GET POST",
        f"{_NAME}/_msearch",
        lambda here, path, raw: (200, here.many(path["name"], _lines(raw))),
    ),
    (
        "GET POST",
        f"{_NAME}/_count",
        lambda here, path, raw: (200, here.count(path["name"], _body(raw))),
    ),
    ("POST", f"{_NAME}/_doc", lambda here, path, raw: (201, here.add(path["name"], _body(raw)))),
    ("DELETE", f"{_NAME}/_doc/{{id}}", _remove),
]
