"""The Graph API: the messages endpoint, and Meta's answer to any other path."""

import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.graph import error_table
from local.graph.acceptance import answer
from local.graph.edge.dropped_answer import DroppedAnswer, until_caller_left
from local.graph.faults import Fault
from local.graph.graph_errors import GraphError, answer_body, unknown_object
from local.graph.held_answers import HeldAnswers
from local.graph.journal import RequestRecord
from local.graph.json_types import JsonObject
from local.graph.message_request import ReadRequest, SendRequest, message_request
from local.graph.simulator import Simulator

LATEST_VERSION = 26
DEFAULT_VERSION = "v25.0"
VERSION = re.compile(r"v([1-9]\d?)\.0")
ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

Handling: TypeAlias = Callable[[Request, RequestRecord], Awaitable[Response]]
Answering: TypeAlias = Callable[[Request, Fault, JsonObject], Awaitable[Response]]


def graph_routes(simulator: Simulator, access_token: str, held: HeldAnswers) -> list[BaseRoute]:
    endpoint = GraphEndpoint(simulator, access_token, held)
    return [
        Route("/{version}/{object_id}/messages", endpoint.messages, methods=ALL_METHODS),
        Route("/{path:path}", endpoint.elsewhere, methods=ALL_METHODS),
    ]


class GraphEndpoint:
    def __init__(self, simulator: Simulator, access_token: str, held: HeldAnswers) -> None:
        self._simulator = simulator
        self._access_token = access_token
        self._held = held
        self._answers: Mapping[str, Answering] = {
            "ok": self._answer_at_once,
            "failed": self._answer_at_once,
            "error": self._answer_with_error,
            "throttle": self._answer_at_once,
            "drop_answer": self._drop_answer,
            "delay": self._answer_late,
            "hang": self._never_answer,
        }

    async def messages(self, request: Request) -> Response:
        return await self._recorded(request, self._messages)

    async def elsewhere(self, request: Request) -> Response:
        return await self._recorded(request, self._elsewhere)

    async def _recorded(self, request: Request, handle: Handling) -> Response:
        record = RequestRecord(
            at_ms=self._simulator.now_ms(),
            method=request.method,
            path=request.url.path,
            body=_readable(await request.body()),
        )
        self._simulator.journal.requests.append(record)
        try:
            response = await handle(request, record)
        except GraphError as error:
            response = self._refuse(error, record)
        if not isinstance(response, DroppedAnswer):
            record.status = response.status_code
        response.headers["facebook-api-version"] = served_version(request)
        return response

    def _refuse(self, error: GraphError, record: RequestRecord) -> Response:
        record.error_code = error.code
        trace_id = self._simulator.trace_id()
        headers = {"x-fb-trace-id": trace_id, "x-fb-request-id": trace_id}
        return JSONResponse(answer_body(error, trace_id), error.http_status, headers)

    async def _elsewhere(self, request: Request, _: RequestRecord) -> Response:
        authenticate(request.headers.get("authorization"), self._access_token)
        path = request.url.path
        raise GraphError(error_table.UNKNOWN_PATH, message=f"Unknown path components: {path}")

    async def _messages(self, request: Request, record: RequestRecord) -> Response:
        require_version(request.path_params["version"])
        authenticate(request.headers.get("authorization"), self._access_token)
        object_id = request.path_params["object_id"]
        if object_id != self._simulator.business.phone_number_id or request.method != "POST":
            raise unknown_object(object_id, request.method)
        call = message_request(_parameters(request, record.body))
        if isinstance(call, ReadRequest):
            self._simulator.mark_read(call)
            return JSONResponse({"success": True})
        return await self._send(request, record, call)

    async def _send(self, request: Request, record: RequestRecord, call: SendRequest) -> Response:
        self._refuse_own_number(call)
        fault = self._simulator.faults.take()
        record.fault = None if fault.mode == "ok" else fault.mode
        if fault.mode == "throttle":
            self._throttle(fault, call)
        body = self._accept(fault, call, record)
        return await self._answers[fault.mode](request, fault, body)

    def _refuse_own_number(self, call: SendRequest) -> None:
        if call.recipient.phone == self._simulator.business.digits:
            raise GraphError(
                error_table.RECIPIENT_IS_SENDER,
                "Sender and recipient phone number is the same.",
            )

    def _throttle(self, fault: Fault, call: SendRequest) -> None:
        recipient = call.recipient.phone or call.recipient.user_id or ""
        if self._simulator.faults.throttles(fault, recipient):
            code = error_table.THROUGHPUT_REACHED if fault.code is None else fault.code
            raise GraphError(code, http_status=fault.http_status)

    def _accept(self, fault: Fault, call: SendRequest, record: RequestRecord) -> JsonObject:
        """The body that says accepted; empty when the fault does not let the message in."""
        if not fault.accepts:
            return {}
        message = self._simulator.accept(
            call, statuses=fault.sends_statuses, failure_code=fault.failure_code
        )
        record.wamid = message.wamid
        return answer(message)

    async def _answer_at_once(self, _request: Request, _fault: Fault, body: JsonObject) -> Response:
        return JSONResponse(body)

    async def _answer_with_error(
        self, _request: Request, fault: Fault, _body: JsonObject
    ) -> Response:
        raise fault.error()

    async def _drop_answer(self, _request: Request, _fault: Fault, _body: JsonObject) -> Response:
        return DroppedAnswer()

    async def _answer_late(self, request: Request, fault: Fault, body: JsonObject) -> Response:
        await self._held.hold(fault.delay_seconds, until_caller_left(request))
        return JSONResponse(body)

    async def _never_answer(self, request: Request, fault: Fault, _body: JsonObject) -> Response:
        await self._held.hold(fault.seconds, until_caller_left(request))
        return DroppedAnswer()


def served_version(request: Request) -> str:
    version = str(request.path_params.get("version", ""))
    return version if VERSION.fullmatch(version) else DEFAULT_VERSION


def require_version(version: str) -> None:
    """Expired versions are served by the oldest living one; versions to come do not exist."""
    match = VERSION.fullmatch(version)
    if match is None or int(match.group(1)) > LATEST_VERSION:
        raise GraphError(error_table.UNKNOWN_PATH, message=f"Unknown path components: /{version}")


def authenticate(header: str | None, access_token: str) -> None:
    if not header:
        raise GraphError(error_table.MISSING_TOKEN)
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise GraphError(0)
    if not secrets.compare_digest(token.strip().encode(), access_token.encode()):
        raise GraphError(error_table.INVALID_TOKEN)


def _readable(body: bytes) -> Any:
    """Parsed JSON where it is JSON, else the text."""
    text = body.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return text


def _parameters(request: Request, body: Any) -> JsonObject:
    """Whatever is not a JSON object declared as JSON carries no parameters."""
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return body if declared == "application/json" and isinstance(body, dict) else {}
