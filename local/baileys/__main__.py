"""Runs the stand-in on loopback. Environment: PORT, API_KEY, WEBHOOK_BASE_URL."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from local.baileys.hand import Hand
from local.baileys.phones import Phones
from local.baileys.service import Service
from local.baileys.webhooks import Webhooks

_PAGE: Final = Path(__file__).parent / "page.html"


def application(phones: Phones, api_key: str) -> Starlette:
    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        yield
        await phones.webhooks.close()

    async def page(_: Request) -> Response:
        return FileResponse(_PAGE)

    return Starlette(
        routes=[Route("/", page), *Hand(phones).routes(), *Service(phones, api_key).routes()],
        lifespan=closing,
    )


def main() -> None:
    phones = Phones(Webhooks(os.environ["WEBHOOK_BASE_URL"]))
    app = application(phones, os.environ["API_KEY"])
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")


if __name__ == "__main__":
    main()
