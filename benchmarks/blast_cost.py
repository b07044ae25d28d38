"""Units, calls and dollars per 1,000 recipients, counted on the real handlers: the audience frozen,
paced, sent to, and each person's three statuses in one batch of the receipts worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from benchmarks.metering import Meter
from benchmarks.prices import CLOUDFLARE_USD_PER_MILLION, USD_PER_MILLION
from tests.builders import sqs_record, status
from tests.unit.blast.campaign_world import CampaignWorld

PEOPLE: Final = 200
_TOLD_TOGETHER: Final = 20  # statuses of people that one invocation is given
_PER: Final = 1000
# The blueprint's: a row for the recipient, one for each of four states that it goes through, one
# for the campaign's counter with each; a queue's message written, read and deleted; a request.
_BLUEPRINT: Final = {"d1_row_written": 10.0, "queue_operation": 3.0, "worker_request": 2.0}


@dataclass(frozen=True, slots=True)
class Cost:
    """Per 1,000 recipients. Queue calls are sends and, as Lambda makes them, receives and
    deletes. What their lanes do with the messages afterwards is `message_cost`'s."""

    step: str
    write_units: float
    read_units: float
    queue_calls: float

    @property
    def usd(self) -> float:
        return (
            self.write_units * USD_PER_MILLION["dynamodb_write_unit"]
            + self.read_units * USD_PER_MILLION["dynamodb_read_unit"]
            + self.queue_calls * USD_PER_MILLION["sqs_standard_request"]
        ) / 1e6


def blueprint_usd() -> float:
    """The Cloudflare design's, per 1,000 recipients."""
    each = sum(many * CLOUDFLARE_USD_PER_MILLION[what] for what, many in _BLUEPRINT.items())
    return each * _PER / 1e6


def run(dynamodb: Any) -> list[Cost]:
    """Attaches a meter to the client: nothing else should use it afterwards."""
    world = CampaignWorld(dynamodb)
    world.add_contacts(PEOPLE)
    meter = Meter()
    meter.attach(dynamodb)
    sends = _counted_queue(world.sqs)
    costs = []
    with meter.reading() as frozen:
        world.start()
    costs.append(_cost("freeze the audience", frozen, sends))
    with meter.reading() as sent:
        world.run_for(1)
    costs.append(_cost("pace and deliver", sent, sends))
    with meter.reading() as told:
        _tell(world)
    costs.append(_cost("three statuses each", told, sends))
    return costs


def _tell(world: CampaignWorld) -> None:
    callbacks = [callback for callback, _ in world.meta.accepted]
    for start in range(0, len(callbacks), _TOLD_TOGETHER):
        statuses = [
            [world.channel, status(name, callback=callback)]
            for callback in callbacks[start : start + _TOLD_TOGETHER]
            for name in ("sent", "delivered", "read")
        ]
        record = {"v": 1, "statuses": statuses, "kept": [], "at": world.clock()}
        assert world.receipts.run([sqs_record(record)]) == []


def _counted_queue(sqs: Any) -> list[int]:
    """Messages sent so far, each with its send; receives and deletes are counted as many."""
    calls: list[int] = []
    send = sqs.send_message_batch

    def counted(**params: Any) -> Any:
        calls.append(1 + 2 * len(params["Entries"]))
        return send(**params)

    sqs.send_message_batch = counted
    return calls


def _cost(step: str, meter: Meter, calls: list[int]) -> Cost:
    share = _PER / PEOPLE
    queue = sum(calls)
    calls.clear()
    return Cost(step, meter.write_units * share, meter.read_units * share, queue * share)
