"""Knobs and records, for tests and for people at the keyboard."""

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from local.graph.edge.json_body import listed, read_body, refused
from local.graph.faults import Fault
from local.graph.held_answers import HeldAnswers
from local.graph.journal import accepted_json
from local.graph.json_types import JsonObject
from local.graph.simulator import Simulator

FaultOrScript: TypeAdapter[Fault | list[Fault]] = TypeAdapter(Fault | list[Fault])


class WebhookToDeliver(BaseModel):
    model_config = ConfigDict(extra="forbid")

    body: JsonObject


def admin_routes(simulator: Simulator, held: HeldAnswers) -> BaseRoute:
    admin = AdminEndpoint(simulator, held)
    return Mount(
        "/_admin",
        routes=[
            Route("/health", admin.health),
            Route("/messages", admin.messages),
            Route("/requests", admin.requests),
            Route("/webhooks", admin.webhooks),
            Route("/faults", admin.faults),
            Route("/faults", admin.set_faults, methods=["POST"]),
            Route("/faults", admin.clear_faults, methods=["DELETE"]),
            Route("/webhook", admin.deliver, methods=["POST"]),
            Route("/reset", admin.reset, methods=["POST"]),
        ],
    )


class AdminEndpoint:
    def __init__(self, simulator: Simulator, held: HeldAnswers) -> None:
        self._simulator = simulator
        self._held = held

    async def health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def messages(self, _: Request) -> Response:
        return listed(accepted_json(message) for message in self._simulator.journal.accepted)

    async def requests(self, _: Request) -> Response:
        return listed(record.as_json() for record in self._simulator.journal.requests)

    async def webhooks(self, _: Request) -> Response:
        return listed(delivery.as_json() for delivery in self._simulator.deliveries.log)

    async def faults(self, _: Request) -> Response:
        in_force = self._simulator.faults.in_force
        return listed(fault.model_dump(exclude_none=True) for fault in in_force)

    async def set_faults(self, request: Request) -> Response:
        """One fault, or several that apply one after the other."""
        try:
            loaded = FaultOrScript.validate_json(await request.body())
        except ValidationError as error:
            return refused(error)
        self._simulator.faults.load(loaded if isinstance(loaded, list) else [loaded])
        return await self.faults(request)

    async def clear_faults(self, _: Request) -> Response:
        self._simulator.faults.clear()
        self._held.release()
        return Response(status_code=204)

    async def deliver(self, request: Request) -> Response:
        try:
            wanted = await read_body(request, WebhookToDeliver)
        except ValidationError as error:
            return refused(error)
        return JSONResponse(self._simulator.deliver(wanted.body).as_json(), status_code=202)

    async def reset(self, _: Request) -> Response:
        self._simulator.reset()
        self._held.release()
        return Response(status_code=204)
