"""A thousand sends with every tenth answer lost and every twentieth an error: each goes out once.

The other side is the stand-in for Meta's own core: it checks every message as strictly as Meta.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

from local.graph.acceptance import answer
from local.graph.business import Business
from local.graph.deliveries import DeliveryDesk
from local.graph.graph_errors import GraphError, answer_body
from local.graph.lifecycle import Lifecycle
from local.graph.message_request import SendRequest, message_request
from local.graph.retry_policy import RetryPolicy
from local.graph.rules import Rules
from local.graph.simulator import Simulator
from local.graph.statuses import progress_webhook
from shared.channels.cloud_api import Answer, Refused, read_answer
from shared.channels.errors import Action
from shared.json_types import JsonObject
from tests.unit.gateway.gateway_parts import connect_number, outbound, sender_with
from tests.unit.gateway.quick_table import QuickTable
from tests.unit.gateway.sending_world import Plug, World

SENDS = 1000
LOST, FAILING = 0.10, 0.05
STATUS_AFTER_SECONDS = {"sent": 1, "delivered": 3}


class SimulatedMeta:
    """The stand-in's core behind the sender's port. What it accepts it tells by statuses; an error
    of its own may come before it accepted, or after."""

    def __init__(self, world: World, randomness: random.Random) -> None:
        self.world = world
        self.accepted: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self._randomness = randomness
        number = world.number
        self._business = Business("Toko", number.phone_number_id, "1", "+1 555 000 1111")
        desk = DeliveryDesk(_never, RetryPolicy(), world.clock)
        self._simulator = Simulator(
            self._business, desk, Lifecycle(0), now_ms=world.clock, randomness=randomness
        )
        self._simulator.traffic.rules = Rules(throughput=None)

    def send(self, phone_number_id: str, token: str, payload: JsonObject) -> Answer:
        luck = self._randomness.random()
        if luck < FAILING / 2:
            self.outcomes["5xx, not accepted"] += 1
            return read_answer(503, b"<html>")
        try:
            body = self._accept(payload)
        except GraphError as error:
            self.outcomes[f"refused {error.code}"] += 1
            return read_answer(error.http_status, _bytes(answer_body(error, "trace")))
        if luck < FAILING:
            self.outcomes["5xx, accepted"] += 1
            return read_answer(500, b"")
        if luck < FAILING + LOST:
            self.outcomes["answer lost"] += 1
            return Refused(Action.UNSETTLED, "timeout")
        self.outcomes["answered"] += 1
        return read_answer(200, _bytes(body))

    def mark_read(self, phone_number_id: str, token: str, wamid: str, typing: bool) -> None:
        raise AssertionError("not asked for")

    def _accept(self, payload: JsonObject) -> JsonObject:
        request = message_request(payload)
        assert isinstance(request, SendRequest)
        message = self._simulator.accept(request, statuses=False)
        self.accepted[payload["biz_opaque_callback_data"]] += 1
        for name, seconds in STATUS_AFTER_SECONDS.items():
            at = self.world.clock() // 1000 + seconds
            body = progress_webhook(self._business, message, name, at)
            (status,) = body["entry"][0]["changes"][0]["value"]["statuses"]
            self.world.status_later(seconds, status)
        return answer(message)


def test_a_thousand_sends_go_out_once_each(dynamodb: Any, measured: Callable[[str], None]) -> None:
    table = QuickTable(dynamodb)
    stage = World(connect_number(dynamodb), table, [], [], Plug({}))
    meta = SimulatedMeta(stage, random.Random(2026))
    stage.sender = sender_with(table, stage.sqs, meta, stage.clock)
    contacts = [f"contact{number:017d}" for number in range(SENDS)]
    for number, contact in enumerate(contacts):
        to = {"wa_id": f"4917{number:08d}"}
        stage.enqueue(outbound(stage.number, 1, contact=contact, to=to))
    stage.run_dry(most=10 * SENDS)

    duplicates = sum(count - 1 for count in meta.accepted.values())
    lost = sum(f"kabar:1:{contact}:1" not in meta.accepted for contact in contacts)
    states = Counter(stage.delivery(contact, 1).state for contact in contacts)
    told = ", ".join(f"{outcome} {count}" for outcome, count in sorted(meta.outcomes.items()))
    measured(f"{SENDS} sends ({told}): {duplicates} duplicates, {lost} lost")
    assert meta.outcomes["answer lost"] > 0.07 * SENDS
    assert meta.outcomes["5xx, accepted"] and meta.outcomes["5xx, not accepted"]
    assert (duplicates, lost) == (0, 0)
    assert states == {"delivered": SENDS}
    assert stage.sqs.sent["dead"] == []


def _bytes(body: JsonObject) -> bytes:
    return json.dumps(body).encode()


async def _never(_: bytes) -> int:
    raise AssertionError("its webhooks are told through the world")
