"""The Graph API: the messages endpoint, and Meta's answer to any other path."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.graph import error_table
from local.graph.acceptance import answer
from local.graph.edge.dropped_answer import DroppedAnswer, until_caller_left
from local.graph.edge.graph_call import GraphCalls, parameters
from local.graph.edge.media_routes import MediaEndpoint
from local.graph.edge.object_routes import ObjectEndpoint
from local.graph.edge.onboarding_routes import OnboardingEndpoint
from local.graph.edge.template_routes import TemplateEndpoint
from local.graph.faults import Fault
from local.graph.graph_errors import GraphError, unknown_object
from local.graph.held_answers import HeldAnswers
from local.graph.journal import RequestRecord
from local.graph.json_types import JsonObject
from local.graph.message_request import ReadRequest, SendRequest, message_request
from local.graph.simulator import Simulator

ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

Answering: TypeAlias = Callable[[Request, Fault, JsonObject], Awaitable[Response]]


def graph_routes(
    simulator: Simulator, access_token: str, app_secret: str, held: HeldAnswers
) -> list[BaseRoute]:
    calls = GraphCalls(simulator, access_token)
    sending = GraphEndpoint(simulator, held)
    media, templates = MediaEndpoint(calls), TemplateEndpoint(calls)
    messages = calls.endpoint(sending.messages)
    elsewhere = calls.endpoint(sending.elsewhere, versioned=False)
    return [
        Route("/{version}/{object_id}/messages", messages, methods=ALL_METHODS),
        *media.routes(),
        *templates.routes(),
        *OnboardingEndpoint(calls, access_token, app_secret).routes(),
        *ObjectEndpoint(calls, media, templates).routes(),
        Route("/{path:path}", elsewhere, methods=ALL_METHODS),
    ]


class GraphEndpoint:
    def __init__(self, simulator: Simulator, held: HeldAnswers) -> None:
        self._simulator = simulator
        self._held = held
        self._answers: Mapping[str, Answering] = {
            "ok": self._answer_at_once,
            "failed": self._answer_at_once,
            "error": self._answer_with_error,
            "throttle": self._answer_at_once,
            "drop_answer": self._drop_answer,
            "delay": self._answer_late,
            "slow": self._answer_at_once,
            "hang": self._never_answer,
        }

    async def elsewhere(self, request: Request, _: RequestRecord) -> Response:
        path = request.url.path
        raise GraphError(error_table.UNKNOWN_PATH, message=f"Unknown path components: {path}")

    async def messages(self, request: Request, record: RequestRecord) -> Response:
        object_id = request.path_params["object_id"]
        if object_id != self._simulator.business.phone_number_id or request.method != "POST":
            raise unknown_object(object_id, request.method)
        call = message_request(parameters(request, record.body))
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
        if fault.mode == "slow":
            await self._held.hold(fault.delay_seconds, until_caller_left(request))
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
