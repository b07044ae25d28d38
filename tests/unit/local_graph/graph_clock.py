"""A stand-in whose time is set by hand, called over HTTP in process."""

import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from local.graph.app import application_for
from local.graph.deliveries import DeliveryDesk
from local.graph.held_answers import HeldAnswers
from local.graph.lifecycle import Lifecycle
from local.graph.retry_policy import RetryPolicy
from local.graph.simulator import Simulator
from tests.unit.local_graph.graph_builders import (
    BUSINESS,
    NOW_MS,
    Receiver,
    no_sleep,
    run,
    settle,
    text_body,
)

TOKEN = "EAAG-token"
APP_SECRET = "secret-of-the-app"
NUMBER = f"/v25.0/{BUSINESS.phone_number_id}"
ACCOUNT = f"/v25.0/{BUSINESS.waba_id}"
ANA = "628125550100"


@dataclass
class Stage:
    client: httpx.AsyncClient
    simulator: Simulator
    receiver: Receiver
    clock: list[int] = field(default_factory=lambda: [NOW_MS])

    def later(self, seconds: float) -> None:
        self.clock[0] += round(seconds * 1000)

    async def call(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {TOKEN}", **arguments.pop("headers", {})}
        response = await self.client.request(method, path, headers=headers, **arguments)
        await settle()
        return response

    async def send(self, **changes: Any) -> int:
        """Meta's code of the refusal, 0 when it was accepted."""
        response = await self.call("POST", f"{NUMBER}/messages", json=text_body(**changes))
        return 0 if response.status_code == 200 else int(response.json()["error"]["code"])

    async def says(self, customer: str = "ana", **gesture: Any) -> httpx.Response:
        path = f"/phone/api/customers/{customer}/messages"
        return await self.call("POST", path, json=gesture or {"text": "Halo"})

    async def rules(self, **change: Any) -> None:
        response = await self.call("POST", "/_admin/rules", json=change)
        assert response.status_code == 200

    def told(self, field_name: str) -> list[dict[str, Any]]:
        """The values of the webhooks of this field."""

        bodies = [json.loads(body) for body in self.receiver.bodies]
        changes = [body["entry"][0]["changes"][0] for body in bodies]
        return [change["value"] for change in changes if change["field"] == field_name]


def on_stage(scenario: Callable[[Stage], Awaitable[None]]) -> None:
    async def main() -> None:
        receiver, clock = Receiver(), [NOW_MS]
        desk = DeliveryDesk(receiver, RetryPolicy(attempts=1), lambda: clock[0], no_sleep)
        simulator = Simulator(
            BUSINESS,
            desk,
            Lifecycle(0.0, no_sleep),
            now_ms=lambda: clock[0],
            randomness=random.Random(7),
            review_seconds=0,
        )
        application = application_for(
            simulator,
            HeldAnswers(),
            access_token=TOKEN,
            app_secret=APP_SECRET,
            phone_dist=None,
        )
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://graph") as client:
            await scenario(Stage(client, simulator, receiver, clock))
        await settle()

    run(main)
