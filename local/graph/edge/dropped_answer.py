"""No answer at all: the caller sees the connection close."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from local.graph.edge.closable_protocol import CLOSE_CONNECTION


class ConnectionDroppedError(Exception):
    """Raised under servers that cannot close a connection from inside."""


class DroppedAnswer(Response):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        close = scope.get(CLOSE_CONNECTION)
        if close is None:
            raise ConnectionDroppedError("the answer was dropped on purpose")
        close()
        await until_caller_left(Request(scope, receive))


async def until_caller_left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
