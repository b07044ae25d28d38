"""The phone page's own API: what customers see and do."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from local.graph.chat_events import customer_json
from local.graph.chats import Chat
from local.graph.customers import UnknownCustomerError, UnusableNameError
from local.graph.edge.json_body import listed, problem, read_body, refused
from local.graph.gestures import Gesture, UnusableGestureError
from local.graph.graph_errors import GraphError
from local.graph.live_events import LiveEvents
from local.graph.simulator import Simulator, UnusableTextError

KEEP_ALIVE_SECONDS = 15.0

Handler = Callable[[Request], Awaitable[Response]]


class Preference(BaseModel):
    """Of marketing."""

    model_config = ConfigDict(extra="forbid")

    marketing: Literal["stop", "resume"]


class CustomerToAdd(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    hide_number: bool = False


def phone_routes(simulator: Simulator) -> BaseRoute:
    phone = PhoneEndpoint(simulator)
    customer = "/customers/{customer_id}"
    return Mount(
        "/phone/api",
        routes=[
            Route("/state", phone.state),
            Route("/customers", explained(phone.join), methods=["POST"]),
            Route(f"{customer}/messages", explained(phone.messages)),
            Route(f"{customer}/messages", explained(phone.say), methods=["POST"]),
            Route(f"{customer}/seen", explained(phone.see), methods=["POST"]),
            Route(f"{customer}/preferences", explained(phone.prefer), methods=["POST"]),
            Route("/media/{media_id}", phone.media),
            Route("/events", phone.events),
        ],
    )


def explained(handle: Handler) -> Handler:
    """Answers with a plain sentence when a request cannot be followed."""

    async def handled(request: Request) -> Response:
        try:
            return await handle(request)
        except ValidationError as error:
            return refused(error)
        except UnknownCustomerError as error:
            return problem(404, error.args[0])
        except (UnusableNameError, UnusableTextError, UnusableGestureError) as error:
            return problem(400, str(error))

    return handled


class PhoneEndpoint:
    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    async def state(self, _: Request) -> Response:
        simulator = self._simulator
        return JSONResponse(
            {
                "business": {
                    "name": simulator.business.name,
                    "display_phone_number": simulator.business.display_phone_number,
                    "phone_number_id": simulator.business.phone_number_id,
                },
                "customers": [
                    customer_json(customer, simulator.chats.chat(customer.id))
                    for customer in simulator.customers
                ],
            }
        )

    async def join(self, request: Request) -> Response:
        wanted = await read_body(request, CustomerToAdd)
        customer = self._simulator.customer_joins(wanted.name, hide_number=wanted.hide_number)
        return JSONResponse(customer_json(customer, Chat()), status_code=201)

    async def messages(self, request: Request) -> Response:
        customer = self._simulator.customers.get(request.path_params["customer_id"])
        chat = self._simulator.chats.chat(customer.id)
        return listed(message.as_json() for message in chat.messages)

    async def say(self, request: Request) -> Response:
        gesture = await read_body(request, Gesture)
        message = self._simulator.customer_does(request.path_params["customer_id"], gesture)
        return JSONResponse(message.as_json(), status_code=201)

    async def prefer(self, request: Request) -> Response:
        wish = await read_body(request, Preference)
        self._simulator.customer_prefers(request.path_params["customer_id"], wish.marketing)
        return Response(status_code=204)

    async def media(self, request: Request) -> Response:
        try:
            media = self._simulator.media.get(request.path_params["media_id"])
        except GraphError:
            return Response(status_code=404)
        # Nothing that was sent may run as a page of this origin.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(media.data, media_type=media.mime_type, headers=headers)

    async def see(self, request: Request) -> Response:
        self._simulator.customer_sees(request.path_params["customer_id"])
        return Response(status_code=204)

    async def events(self, _: Request) -> Response:
        return StreamingResponse(
            event_stream(self._simulator.events),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )


async def event_stream(events: LiveEvents) -> AsyncIterator[str]:
    """Server-sent events; comments keep the connection alive."""
    yield "retry: 1000\n\n"
    async for event in events.listen(KEEP_ALIVE_SECONDS):
        yield ": still here\n\n" if event is None else f"data: {json.dumps(event)}\n\n"
