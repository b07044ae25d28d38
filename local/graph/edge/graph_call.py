"""What every call to the Graph API shares: a token, a version, a record, and errors as Meta's."""

import json
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.graph import error_table
from local.graph.edge.dropped_answer import DroppedAnswer
from local.graph.graph_errors import GraphError, answer_body
from local.graph.journal import RequestRecord
from local.graph.json_types import JsonObject
from local.graph.simulator import Simulator

LATEST_VERSION = 26
DEFAULT_VERSION = "v25.0"
VERSION = re.compile(r"v([1-9]\d?)\.0")
LONGEST_RECORDED = 1_000_000

Handling: TypeAlias = Callable[[Request, RequestRecord], Awaitable[Response]]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


class GraphCalls:
    def __init__(self, simulator: Simulator, access_token: str) -> None:
        self.simulator = simulator
        self._access_token = access_token

    def open_endpoint(self, handle: Handling) -> Endpoint:
        """`handle`, which asks for another token than the account's, or for none."""
        return self._recorded(handle, versioned=True, needs_token=False)

    def endpoint(self, handle: Handling, *, versioned: bool = True) -> Endpoint:
        """`handle`, behind the checks that every call goes through."""
        return self._recorded(handle, versioned=versioned, needs_token=True)

    def _recorded(self, handle: Handling, *, versioned: bool, needs_token: bool) -> Endpoint:

        async def answered(request: Request) -> Response:
            record = RequestRecord(
                at_ms=self.simulator.now_ms(),
                method=request.method,
                path=request.url.path,
                body=readable(await request.body()),
            )
            self.simulator.journal.requests.append(record)
            try:
                if versioned:
                    require_version(request.path_params["version"])
                if needs_token:
                    authenticate(request.headers.get("authorization"), self._access_token)
                response = await handle(request, record)
            except GraphError as error:
                response = self._refuse(error, record)
            if not isinstance(response, DroppedAnswer):
                record.status = response.status_code
            response.headers["facebook-api-version"] = served_version(request)
            return response

        return answered

    def _refuse(self, error: GraphError, record: RequestRecord) -> Response:
        record.error_code = error.code
        trace_id = self.simulator.trace_id()
        headers = {"x-fb-trace-id": trace_id, "x-fb-request-id": trace_id}
        return JSONResponse(answer_body(error, trace_id), error.http_status, headers)


def served_version(request: Request) -> str:
    version = str(request.path_params.get("version", ""))
    return version if VERSION.fullmatch(version) else DEFAULT_VERSION


def require_version(version: str) -> None:
    """Expired versions are served by the oldest living one; versions to come do not exist."""
    match = VERSION.fullmatch(version)
    if match is None or int(match.group(1)) > LATEST_VERSION:
        raise GraphError(error_table.UNKNOWN_PATH, message=f"Unknown path components: /{version}")


def authenticate(header: str | None, access_token: str) -> None:
    """`OAuth` instead of `Bearer` is what uploads in pieces use."""
    if not header:
        raise GraphError(error_table.MISSING_TOKEN)
    scheme, _, token = header.partition(" ")
    if scheme.lower() not in ("bearer", "oauth") or not token.strip():
        raise GraphError(0)
    if not secrets.compare_digest(token.strip().encode(), access_token.encode()):
        raise GraphError(error_table.INVALID_TOKEN)


def readable(body: bytes) -> Any:
    """Parsed JSON where it is JSON, else the text; of a file only its size."""
    if len(body) > LONGEST_RECORDED or b"\0" in body[:1000]:
        return f"{len(body)} bytes"
    text = body.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return text


def parameters(request: Request, body: Any) -> JsonObject:
    """Whatever is not a JSON object declared as JSON carries no parameters."""
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return body if declared == "application/json" and isinstance(body, dict) else {}
