"""Units, calls and dollars per 1,000 recipients, counted on the real handlers: the audience frozen,
paced, sent to, told of as sent and delivered at once, and as read later, by everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from benchmarks.metering import Meter
from benchmarks.prices import CLOUDFLARE_USD_PER_MILLION, LAMBDA_ARM_GB_SECOND, USD_PER_MILLION
from tests.builders import sqs_record, status
from tests.unit.blast.campaign_workers import INBOUND
from tests.unit.blast.campaign_world import CampaignWorld

PEOPLE: Final = 200
_TOLD_TOGETHER: Final = 20  # people whose statuses one invocation is given
_DELIVERER_GB: Final = 1.0
_PER: Final = 1000
# The blueprint's: a row for the recipient, one for each of four states that it goes through, one
# for the campaign's counter with each; a queue's message written, read and deleted; a request.
_BLUEPRINT: Final = {"d1_row_written": 10.0, "queue_operation": 3.0, "worker_request": 2.0}


@dataclass(frozen=True, slots=True)
class Cost:
    """Per 1,000 recipients. Queue calls are sends and, as Lambda makes them at most, a receive and
    a delete of each message; those of the lanes are FIFO. What the lanes do with the messages
    afterwards is `message_cost`'s."""

    step: str
    write_units: float = 0
    read_units: float = 0
    queue_calls: float = 0
    fifo_calls: float = 0
    gb_seconds: float = 0

    @property
    def usd(self) -> float:
        return (
            self.write_units * USD_PER_MILLION["dynamodb_write_unit"]
            + self.read_units * USD_PER_MILLION["dynamodb_read_unit"]
            + self.queue_calls * USD_PER_MILLION["sqs_standard_request"]
            + self.fifo_calls * USD_PER_MILLION["sqs_fifo_request"]
        ) / 1e6 + self.gb_seconds * LAMBDA_ARM_GB_SECOND


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
    calls = _counted_calls(world.sqs)
    costs = []
    with meter.reading() as frozen:
        world.start()
    costs.append(_cost("freeze the audience", frozen, calls))
    with meter.reading() as sent:
        world.run_for(1)
    costs.append(_cost("pace and deliver", sent, calls))
    with meter.reading() as told:
        _tell(world, "sent", "delivered")
        _tell(world, "read")
    costs.append(_cost("three statuses each", told, calls))
    return costs


def deliverers(worker_seconds: float, people: int) -> Cost:
    """The Lambda time of the workers that send, most of which they wait for WhatsApp."""
    share = _PER / people
    return Cost("the senders' Lambda", gb_seconds=worker_seconds * _DELIVERER_GB * share)


def together(costs: Sequence[Cost]) -> Cost:
    sums = {
        one.name: sum(getattr(cost, one.name) for cost in costs)
        for one in fields(Cost)
        if one.name != "step"
    }
    return Cost("together", **sums)


def _tell(world: CampaignWorld, *names: str) -> None:
    callbacks = [callback for callback, _ in world.meta.accepted]
    for start in range(0, len(callbacks), _TOLD_TOGETHER):
        statuses = [
            [world.channel, status(name, callback=callback)]
            for callback in callbacks[start : start + _TOLD_TOGETHER]
            for name in names
        ]
        record = {"v": 1, "statuses": statuses, "kept": [], "at": world.clock()}
        assert world.receipts.run([sqs_record(record)]) == []


def _counted_calls(sqs: Any) -> Counter[bool]:
    """Of FIFO queues (True) and of others, so far."""
    calls: Counter[bool] = Counter()
    send, hold = sqs.send_message_batch, sqs.change_message_visibility

    def counted_send(**params: Any) -> Any:
        calls[params["QueueUrl"] == INBOUND] += 1 + 2 * len(params["Entries"])
        return send(**params)

    def counted_hold(**params: Any) -> Any:
        calls[False] += 1
        return hold(**params)

    sqs.send_message_batch, sqs.change_message_visibility = counted_send, counted_hold
    return calls


def _cost(step: str, meter: Meter, calls: Counter[bool]) -> Cost:
    share = _PER / PEOPLE
    cost = Cost(
        step,
        meter.write_units * share,
        meter.read_units * share,
        calls[False] * share,
        calls[True] * share,
    )
    calls.clear()
    return cost
