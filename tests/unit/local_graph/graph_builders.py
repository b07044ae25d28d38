"""Requests and a simulator for the tests of the stand-in for Meta."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.graph.acceptance import AcceptedMessage, accept_message
from local.graph.business import Business
from local.graph.customers import demo_directory
from local.graph.deliveries import DeliveryDesk, ReceiverUnreachableError
from local.graph.lifecycle import Lifecycle
from local.graph.message_request import SendRequest, message_request
from local.graph.retry_policy import RetryPolicy
from local.graph.rules import Rules
from local.graph.simulator import Simulator

ANA_PHONE = "628125550100"
CITRA_ID = "ID.10000000000000000003"
WAMID = "wamid.EXAMPLE000000000000000080=="
NOW_MS = 1_795_430_400_123
TURNS = 50

BUSINESS = Business(
    name="Toko Kabar",
    phone_number_id="200300400500600",
    waba_id="100200300400500",
    display_phone_number="+1 555-000-1111",
)


def text_body(words: str = "Halo", **changes: Any) -> dict[str, Any]:
    """A text to Ana; a change to None leaves the key out."""
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": ANA_PHONE,
        "type": "text",
        "text": {"body": words},
        **changes,
    }
    return {key: value for key, value in body.items() if value is not None}


def body_of(kind: str, content: Any, **changes: Any) -> dict[str, Any]:
    """A message of any other type to Ana."""
    return text_body(**{"text": None, "type": kind, kind: content, **changes})


def interactive_body(content: dict[str, Any]) -> dict[str, Any]:
    return body_of("interactive", {"body": {"text": "Choose"}, **content})


def send_request(body: dict[str, Any]) -> SendRequest:
    request = message_request(body)
    assert isinstance(request, SendRequest)
    return request


def accepted(body: dict[str, Any]) -> AcceptedMessage:
    return accept_message(send_request(body), demo_directory(), wamid=WAMID, at_ms=NOW_MS)


def outbound_examples() -> list[tuple[str, dict[str, Any]]]:
    """`(section, body)` of each outbound example of the wire reference."""
    path = Path(__file__).parents[2] / "fixtures" / "whatsapp_reference" / "outbound.json"
    return [(example["section"], example["body"]) for example in json.loads(path.read_text())]


WITHOUT_WINDOWS = Rules(window_hours=None)


@dataclass
class Receiver:
    """A webhook receiver that answers from a list, then 200."""

    answers: list[int | None] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def __call__(self, body: bytes) -> int:
        self.bodies.append(body)
        answer = self.answers.pop(0) if self.answers else 200
        if answer is None:
            raise ReceiverUnreachableError("ConnectError")
        return answer

    @property
    def values(self) -> list[dict[str, Any]]:
        """The value of each webhook."""
        return [json.loads(body)["entry"][0]["changes"][0]["value"] for body in self.bodies]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """`(wamid, status)` in the order received."""
        updates = [value["statuses"][0] for value in self.values if "statuses" in value]
        return [(update["id"], update["status"]) for update in updates]


async def no_sleep(_: float) -> None:
    await asyncio.sleep(0)


def simulator_with(
    receiver: Receiver, attempts: int = 3, rules: Rules = WITHOUT_WINDOWS
) -> Simulator:
    """The templates are reviewed at once."""
    desk = DeliveryDesk(receiver, RetryPolicy(attempts=attempts), lambda: NOW_MS, no_sleep)
    simulator = Simulator(
        BUSINESS,
        desk,
        Lifecycle(0.0, no_sleep),
        now_ms=lambda: NOW_MS,
        randomness=random.Random(7),
        review_seconds=0,
    )
    simulator.traffic.rules = rules
    return simulator


async def settle() -> None:
    """Lets everything that is ready run."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await asyncio.wait_for(scenario(), 5)

    asyncio.run(main())
