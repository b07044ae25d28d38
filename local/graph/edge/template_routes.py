"""Templates over the Graph API (section 5.1)."""

from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.graph.edge.graph_call import GraphCalls, parameters
from local.graph.graph_errors import GraphError, unknown_object
from local.graph.journal import RequestRecord
from local.graph.json_types import JsonObject
from local.graph.refusals import refusal_of
from local.graph.templates.book import Template
from local.graph.templates.office import TemplateOffice
from local.graph.templates.shape import TemplateToCreate, TemplateToEdit

DEFAULT_LIMIT = 25
MOST = 250
FILTERS = ("status", "category", "language", "name")
ALWAYS_SHOWN = "id"


class TemplateEndpoint:
    def __init__(self, calls: GraphCalls) -> None:
        self._calls = calls

    @property
    def _office(self) -> TemplateOffice:
        return self._calls.simulator.templates

    def routes(self) -> list[BaseRoute]:
        path = "/{version}/{waba_id}/message_templates"
        endpoint = self._calls.endpoint
        return [
            Route(path, endpoint(self.list_), methods=["GET"]),
            Route(path, endpoint(self.create), methods=["POST"]),
            Route(path, endpoint(self.delete), methods=["DELETE"]),
            Route("/{version}/{template_id}/unpause", endpoint(self.unpause), methods=["POST"]),
        ]

    async def list_(self, request: Request, _: RequestRecord) -> Response:
        self._own_account(request)
        query = request.query_params
        found = [one for one in self._office.book if _matches(one.as_json(), query)]
        limit = min(int(query.get("limit", DEFAULT_LIMIT)), MOST)
        start = int(query.get("after", 0))
        page = found[start : start + limit]
        body: JsonObject = {"data": [_shown(one, query.get("fields")) for one in page]}
        if page:
            end = start + len(page)
            paging: JsonObject = {"cursors": {"before": str(start), "after": str(end)}}
            if end < len(found):
                paging["next"] = str(request.url.include_query_params(after=end))
            body["paging"] = paging
        return JSONResponse(body)

    async def create(self, request: Request, record: RequestRecord) -> Response:
        self._own_account(request)
        body = parameters(request, record.body)
        try:
            wanted = TemplateToCreate.model_validate(body)
        except ValidationError as error:
            raise refusal_of(error) from None
        template = self._office.create(wanted, body["components"])
        shown = {"id": template.id, "status": template.status, "category": template.category}
        return JSONResponse(shown)

    async def delete(self, request: Request, _: RequestRecord) -> Response:
        self._own_account(request)
        name = request.query_params.get("name")
        if not name:
            raise GraphError(131008, "The parameter name is required.")
        self._office.delete(name, request.query_params.get("hsm_id"))
        return JSONResponse({"success": True})

    async def unpause(self, request: Request, _: RequestRecord) -> Response:
        self._office.unpause(self._office.book.get(request.path_params["template_id"]))
        return JSONResponse({"success": True})

    def read(self, request: Request, template: Template) -> Response:
        return JSONResponse(_shown(template, request.query_params.get("fields")))

    def edit(self, request: Request, template: Template, body: Any) -> Response:
        given = parameters(request, body)
        try:
            wanted = TemplateToEdit.model_validate(given)
        except ValidationError as error:
            raise refusal_of(error) from None
        self._office.edit(template, wanted, given.get("components"))
        return JSONResponse({"success": True})

    def _own_account(self, request: Request) -> None:
        waba_id = request.path_params["waba_id"]
        if waba_id != self._calls.simulator.business.waba_id:
            raise unknown_object(waba_id, request.method)


def _matches(template: JsonObject, query: Any) -> bool:
    wanted = {name: query[name] for name in FILTERS if name in query}
    return all(str(template[name]).lower() == value.lower() for name, value in wanted.items())


def _shown(template: Template, fields: str | None) -> JsonObject:
    whole = template.as_json()
    if not fields:
        return whole
    names = {ALWAYS_SHOWN, *(name.strip() for name in fields.split(","))}
    return {name: value for name, value in whole.items() if name in names}
