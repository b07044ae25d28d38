"""An HTTP protocol that lets the application close the connection instead of answering."""

from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

CLOSE_CONNECTION = "kabar.close_connection"


class ClosableProtocol(H11Protocol):
    """Puts a function that closes the connection into the scope of each request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        application: Any = self.app

        async def closable(scope: Scope, receive: Receive, send: Send) -> None:
            scope[CLOSE_CONNECTION] = self.transport.close
            await application(scope, receive, send)

        self.app: Any = closable
