"""Objects by their id alone: media, templates, uploads (sections 4 and 5.1)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.graph.edge.graph_call import GraphCalls
from local.graph.edge.media_routes import MediaEndpoint
from local.graph.edge.template_routes import TemplateEndpoint
from local.graph.graph_errors import unknown_object
from local.graph.journal import RequestRecord


class ObjectEndpoint:
    def __init__(
        self, calls: GraphCalls, media: MediaEndpoint, templates: TemplateEndpoint
    ) -> None:
        self._calls = calls
        self._media = media
        self._templates = templates

    def routes(self) -> list[BaseRoute]:
        handle = self._calls.endpoint(self.object)
        methods = ["GET", "POST", "DELETE"]
        return [Route("/{version}/{object_id}", handle, methods=methods)]

    async def object(self, request: Request, record: RequestRecord) -> Response:
        object_id, method = request.path_params["object_id"], request.method
        simulator = self._calls.simulator
        if object_id.startswith("upload:"):
            return await self._media.append(request, object_id)
        own = {
            simulator.business.phone_number_id: simulator.onboarding.number,
            simulator.business.waba_id: simulator.onboarding.account,
        }
        if object_id in own and method == "GET":
            return JSONResponse(own[object_id]())
        if simulator.media.has(object_id) and method == "GET":
            return self._media.look_up(request, simulator.media.get(object_id))
        if simulator.media.has(object_id) and method == "DELETE":
            simulator.media.delete(object_id)
            return JSONResponse({"success": True})
        if simulator.templates.book.has(object_id) and method != "DELETE":
            template = simulator.templates.book.get(object_id)
            if method == "GET":
                return self._templates.read(request, template)
            return self._templates.edit(request, template, record.body)
        raise unknown_object(object_id, method)
