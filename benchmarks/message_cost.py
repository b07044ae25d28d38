"""AWS calls and units per inbound message, counted on the real handlers; two messages have three
answers.

One conversation is driven through webhook, flow worker, sender and receipts, warm. The handlers are
production's; DynamoDB is moto, SQS a queue in memory whose calls are counted the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto import mock_aws

from account.metering import Metering
from account.metering import Settings as MeteringSettings
from benchmarks.metering import Meter
from benchmarks.prices import USD_PER_MILLION
from tests.builders import (
    AT,
    PHONE_NUMBER_ID,
    sqs_record,
    status,
    text_message,
    value,
    webhook_body,
)
from tests.house import House
from tests.table_streams import forget_told

WARM_UP_ROUNDS = 40  # enough that the remembered event ids are at their full number
ROUNDS = 20
SECONDS_APART = 10  # at the pace that WhatsApp allows to one person


@dataclass(frozen=True, slots=True)
class Row:
    """Per inbound message. `calls` by operation; queue receives and deletes are Lambda's, billed
    to us, and left out here."""

    handler: str
    calls: dict[str, float]
    write_units: float
    read_units: float

    @property
    def usd_per_million(self) -> float:
        queue = sum(number for call, number in self.calls.items() if call.startswith("sqs."))
        return (
            self.write_units * USD_PER_MILLION["dynamodb_write_unit"]
            + self.read_units * USD_PER_MILLION["dynamodb_read_unit"]
            + queue * USD_PER_MILLION["sqs_fifo_request"]
        )


def run() -> list[Row]:
    with mock_aws():
        house, meter = House(), Meter()
        meter.attach(house.dynamodb)
        _count_queue_calls(house.sqs, meter)
        for round_ in range(WARM_UP_ROUNDS):
            for step in _steps(house, round_):
                step()
        totals = [Meter() for _ in HANDLERS]
        for round_ in range(WARM_UP_ROUNDS, WARM_UP_ROUNDS + ROUNDS):
            answered = len(house.meta.accepted)
            for total, step in zip(totals, _steps(house, round_), strict=True):
                with meter.reading() as inside:
                    step()
                total.add(inside)
            assert len(house.meta.accepted) > answered, "a message was not answered"
    return [
        *(_row(name, total) for name, total in zip(HANDLERS, totals, strict=True)),
        _metering_in_company(),
    ]


HANDLERS = ("webhook", "flow worker", "sender", "receipts", "metering (a message alone)")
COMPANY = 50  # conversations that say something within the metering's window


def _steps(house: House, round_: int) -> list[Callable[[], object]]:
    """One message in, its answers out, and the three statuses of the last one in one webhook."""
    # Who says the same again and again is taken for a bot.
    words, at = f"kurang baik {round_}", AT + round_ * SECONDS_APART
    house.clock.advance(SECONDS_APART)
    message = text_message(words, id_=f"wamid.in.{round_}", at=at)
    return [
        lambda: house.post(webhook_body(value(messages=[message]))),
        house.work,
        house.send,
        lambda: house.receipts.run([_statuses(house)]),
        lambda: _meter(house),
    ]


def _metering_in_company() -> Row:
    """The same message and answer, of each of many conversations in one window."""
    with mock_aws():
        house, meter = House(), Meter()
        for one in range(COMPANY):
            message = text_message("Halo", id_=f"wamid.{one}", wa_id=f"62811{one:06d}", bsuid=None)
            house.post(webhook_body(value(messages=[message])))
        house.work()
        house.send()
        meter.attach(house.dynamodb)
        _meter(house)
    return Row(
        f"metering ({COMPANY} conversations together)",
        {call: number / COMPANY for call, number in sorted(meter.calls.items())},
        meter.write_units / COMPANY,
        meter.read_units / COMPANY,
    )


def _meter(house: House) -> None:
    Metering(MeteringSettings("usage"), house.dynamodb).run(forget_told("conversations"))


def _statuses(house: House) -> Any:
    callback = house.meta.accepted[-1]["biz_opaque_callback_data"]
    names = ("sent", "delivered", "read")
    found = [[PHONE_NUMBER_ID, status(name, callback=callback)] for name in names]
    return sqs_record({"v": 1, "at": AT * 1000, "statuses": found, "kept": []})


def _count_queue_calls(sqs: Any, meter: Meter) -> None:
    send = sqs.send_message_batch

    def counted(**params: Any) -> Any:
        meter.calls["sqs.SendMessageBatch"] += 1
        return send(**params)

    sqs.send_message_batch = counted


def _row(name: str, total: Meter) -> Row:
    return Row(
        name,
        {call: number / ROUNDS for call, number in sorted(total.calls.items())},
        total.write_units / ROUNDS,
        total.read_units / ROUNDS,
    )
