"""Serves the built dashboard as CloudFront does: static files, the page for every other address,
the web stack's headers, and a `config.json` made at deploy time. Beside it, the outbox.

Environment: PORT, DIST (the built files' folder), CONFIG (the text of config.json), CONNECT_TO (the
origin that the page calls, and the local AWS).
"""

from __future__ import annotations

import os
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local import outbox
from local.web_headers import cache_control, web_headers

_PAGE = "index.html"


class PageOrFile(StaticFiles):
    """A file when there is one; the page for addresses that only the page's router knows."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or "." in Path(path).name:
                raise
            return await super().get_response(_PAGE, scope)


class WithHeaders:
    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers["cache-control"] = cache_control(scope["path"])
            await send(message)

        await self._app(scope, receive, send_more)


def app(dist: Path, config: str, connect_to: str) -> ASGIApp:
    async def send_config(_request: Request) -> Response:
        return Response(config, media_type="application/json")

    pages = Starlette(
        routes=[
            Route("/config.json", send_config),
            *outbox.routes(connect_to),
            Mount("/", PageOrFile(directory=dist, html=True)),
        ]
    )
    return WithHeaders(pages, web_headers([connect_to], [connect_to]))


def main() -> None:
    served = app(Path(os.environ["DIST"]), os.environ["CONFIG"], os.environ["CONNECT_TO"])
    uvicorn.run(served, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")


if __name__ == "__main__":
    main()
