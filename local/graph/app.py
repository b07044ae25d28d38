"""Puts the stand-in together: the core, its three edges, and what must be closed at the end."""

import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from local.graph.deliveries import DeliveryDesk
from local.graph.edge.admin_routes import admin_routes
from local.graph.edge.graph_routes import graph_routes
from local.graph.edge.phone_page import phone_page
from local.graph.edge.phone_routes import phone_routes
from local.graph.held_answers import HeldAnswers
from local.graph.lifecycle import Lifecycle
from local.graph.settings import Settings
from local.graph.simulator import Simulator
from local.graph.webhook_post import WebhookPost

# Front-end development serves the page from another port of this machine.
LOOPBACK_ORIGIN = r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?"


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class StandIn:
    application: Starlette
    simulator: Simulator
    held: HeldAnswers

    def let_go(self) -> None:
        """Ends streams and held answers, so that the server can stop."""
        self.simulator.events.close()
        self.held.release()


def stand_in(settings: Settings) -> StandIn:
    post = WebhookPost(settings.webhook_url, settings.app_secret)
    simulator = Simulator(
        settings.business,
        DeliveryDesk(post, settings.retry, now_ms),
        Lifecycle(settings.status_delay_seconds),
        now_ms=now_ms,
        randomness=random.SystemRandom(),
        review_seconds=settings.review_seconds,
    )
    held = HeldAnswers()

    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        yield
        simulator.stop()
        await post.close()

    application = application_for(
        simulator,
        held,
        access_token=settings.access_token,
        app_secret=settings.app_secret,
        phone_dist=settings.phone_dist,
    )
    application.router.lifespan_context = closing
    return StandIn(application, simulator, held)


def application_for(
    simulator: Simulator,
    held: HeldAnswers,
    *,
    access_token: str,
    app_secret: str,
    phone_dist: Path | None,
) -> Starlette:
    return Starlette(
        routes=[
            Route("/", front_door),
            admin_routes(simulator, held),
            phone_routes(simulator),
            *phone_page(phone_dist),
            *graph_routes(simulator, access_token, app_secret, held),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origin_regex=LOOPBACK_ORIGIN,
                allow_methods=["GET", "POST", "DELETE"],
                allow_headers=["content-type"],
            )
        ],
    )


async def front_door(_: Request) -> Response:
    return PlainTextResponse("A local stand-in for Meta's Graph API. The phone is at /phone/\n")
