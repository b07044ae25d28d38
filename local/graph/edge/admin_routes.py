"""Knobs and records, for tests and for people at the keyboard."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from local.graph.customers import UnknownCustomerError
from local.graph.edge.json_body import listed, problem, read_body, refused
from local.graph.faults import Fault
from local.graph.graph_errors import GraphError
from local.graph.held_answers import HeldAnswers
from local.graph.journal import accepted_json
from local.graph.json_types import JsonObject
from local.graph.rules import Rules, RulesChange
from local.graph.simulator import Simulator
from local.graph.templates.book import Verdict

FaultOrScript: TypeAdapter[Fault | list[Fault]] = TypeAdapter(Fault | list[Fault])


class VerdictToGive(BaseModel):
    """Of one template, or of the reviews to come where `template_id` is left out."""

    model_config = ConfigDict(extra="forbid")

    template_id: str | None = None
    event: str = "APPROVED"
    reason: str = "NONE"
    recommendation: str = ""

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.event, self.reason, self.recommendation)


class TemplateChange(BaseModel):
    """What Meta changes of its own accord."""

    model_config = ConfigDict(extra="forbid")

    template_id: str
    quality: Literal["GREEN", "YELLOW", "RED", "UNKNOWN"] | None = None
    category: Literal["MARKETING", "UTILITY", "AUTHENTICATION"] | None = None


class AccountNews(BaseModel):
    model_config = ConfigDict(extra="forbid")

    field: str
    value: JsonObject


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
            Route("/rules", admin.rules),
            Route("/rules", admin.set_rules, methods=["POST"]),
            Route("/windows/{customer_id}", admin.close_window, methods=["DELETE"]),
            Route("/templates", admin.templates),
            Route("/templates", admin.change_template, methods=["POST"]),
            Route("/reviews", admin.judge, methods=["POST"]),
            Route("/account", admin.tell, methods=["POST"]),
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

    async def rules(self, _: Request) -> Response:
        return JSONResponse(self._simulator.traffic.rules.model_dump())

    async def set_rules(self, request: Request) -> Response:
        """What is left out stays; null switches a limit off."""
        try:
            change = await read_body(request, RulesChange)
            named = {**self._simulator.traffic.rules.model_dump(), **change.named()}
            self._simulator.traffic.rules = Rules.model_validate(named)
        except ValidationError as error:
            return refused(error)
        return await self.rules(request)

    async def close_window(self, request: Request) -> Response:
        """As if a day had passed since the customer wrote."""
        try:
            customer = self._simulator.customers.get(request.path_params["customer_id"])
        except UnknownCustomerError as error:
            return problem(404, error.args[0])
        self._simulator.traffic.close_window(customer.user_id)
        return Response(status_code=204)

    async def templates(self, _: Request) -> Response:
        return listed(template.as_json() for template in self._simulator.templates.book)

    async def change_template(self, request: Request) -> Response:
        office = self._simulator.templates
        try:
            wanted = await read_body(request, TemplateChange)
            template = office.book.get(wanted.template_id)
        except ValidationError as error:
            return refused(error)
        except GraphError as error:
            return problem(404, str(error))
        if wanted.quality:
            office.score(template, wanted.quality)
        if wanted.category:
            office.recategorise(template, wanted.category)
        return JSONResponse(template.as_json())

    async def judge(self, request: Request) -> Response:
        office = self._simulator.templates
        try:
            wanted = await read_body(request, VerdictToGive)
            if wanted.template_id is None:
                office.book.verdicts.append(wanted.verdict)
            else:
                office.judge(office.book.get(wanted.template_id), wanted.verdict)
        except ValidationError as error:
            return refused(error)
        except GraphError as error:
            return problem(404, str(error))
        return Response(status_code=204)

    async def tell(self, request: Request) -> Response:
        """News of the account, as its webhooks bring them."""
        try:
            news = await read_body(request, AccountNews)
        except ValidationError as error:
            return refused(error)
        self._simulator.templates.tell(news.field, news.value)
        return Response(status_code=202)

    async def reset(self, _: Request) -> Response:
        self._simulator.reset()
        self._held.release()
        return Response(status_code=204)
