"""A shop's own server, for the local run: what flows call and webhooks are delivered to.

GET /orders/{number} answers the order that a number stands for; POST /webhooks keeps what it is
sent; both are shown at / and, for programs, at GET /webhooks. POST /answers {"statuses": […]} has
the next deliveries answered with these statuses. PUT /replies/{name} {"status", "body", "seconds"}
says what everything under /replies/{name}/ is answered from now on, and how late. Environment:
PORT.
"""

from __future__ import annotations

import asyncio
import html
import os
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

_KEPT: Final = 1000
_REFRESH_SECONDS: Final = 3
_ANY: Final = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_STATES: Final = ("received", "packed", "on its way", "delivered")


@dataclass(frozen=True)
class Delivered:
    """A webhook as it came; `at` in milliseconds."""

    at: int
    headers: dict[str, str]
    body: str
    answered: int


@dataclass
class Shop:
    delivered: deque[Delivered] = field(default_factory=lambda: deque(maxlen=_KEPT))
    statuses: deque[int] = field(default_factory=deque)
    replies: dict[str, dict[str, Any]] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self._page),
                Route("/orders/{number}", self._order),
                Route("/webhooks", self._take, methods=["POST"]),
                Route("/webhooks", self._list),
                Route("/answers", self._script, methods=["POST"]),
                Route("/replies/{name}", self._keep_reply, methods=["PUT"]),
                Route("/replies/{name}/{place:path}", self._reply, methods=_ANY),
            ]
        )

    async def _order(self, request: Request) -> Response:
        """Numbers are in use: what is none, or ends in 0, is no order."""
        number = request.path_params["number"]
        if not number.isdigit() or number.endswith("0"):
            return JSONResponse({"error": "There is no such order."}, status_code=404)
        state = _STATES[int(number) % len(_STATES)]
        return JSONResponse({"number": number, "state": state, "total": int(number[-4:]) * 1000})

    async def _take(self, request: Request) -> Response:
        status = self.statuses.popleft() if self.statuses else 200
        body = (await request.body()).decode(errors="replace")
        at = time.time_ns() // 1_000_000
        self.delivered.append(Delivered(at, dict(request.headers), body, status))
        return Response(status_code=status)

    async def _list(self, _request: Request) -> Response:
        return JSONResponse({"items": [asdict(one) for one in self.delivered]})

    async def _script(self, request: Request) -> Response:
        self.statuses.extend((await request.json())["statuses"])
        return Response(status_code=204)

    async def _keep_reply(self, request: Request) -> Response:
        self.replies[request.path_params["name"]] = await request.json()
        return Response(status_code=204)

    async def _reply(self, request: Request) -> Response:
        reply = self.replies.get(request.path_params["name"])
        if reply is None:
            return JSONResponse({"error": "There is no such reply."}, status_code=404)
        await asyncio.sleep(reply.get("seconds", 0))
        return JSONResponse(reply.get("body"), status_code=reply.get("status", 200))

    async def _page(self, _request: Request) -> Response:
        rows = "".join(
            f"<article><h2>{html.escape(one.headers.get('webhook-id', 'unsigned'))}</h2>"
            f"<pre>{html.escape(one.body)}</pre></article>"
            for one in reversed(self.delivered)
        )
        return HTMLResponse(
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            f'<meta http-equiv="refresh" content="{_REFRESH_SECONDS}"><title>The shop</title>'
            f"<h1>Webhooks received</h1>{rows or '<p>None yet.</p>'}</html>"
        )


def main() -> None:
    port = int(os.environ["PORT"])
    uvicorn.run(Shop().app(), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main()
