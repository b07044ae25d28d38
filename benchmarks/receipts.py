"""Receipts: how many a second one core applies, and what each writes, coalesced against naively.

The real worker on a table that takes writes and does nothing: what is measured is ours alone. Each
message gets its three statuses; Lambda's batch holds as many webhooks as production's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any

from gateway.receipts import Receipts, Settings
from shared.json_types import JsonObject
from shared.store.directory import Number
from tests.builders import AT, PHONE_NUMBER_ID, sqs_record, status

MESSAGES = 1000
NAMES = ("sent", "delivered", "read")
WEBHOOKS_PER_BATCH = 100
STATUSES_PER_WEBHOOK = 30
CONTACT = "abcdefghijklmnopqrstuvwx"
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """`write_units` per receipt: a delivery stays under one kB, so a write costs one."""

    case: str
    per_second: float
    write_units: float


class _Table:
    """Takes every write."""

    class exceptions:  # noqa: N801
        class ConditionalCheckFailedException(Exception):  # noqa: N818
            pass

    def __init__(self) -> None:
        self.writes = 0

    def update_item(self, **_: Any) -> JsonObject:
        self.writes += 1
        return {}


class _Numbers:
    def get(self, phone_number_id: str) -> Number:
        return Number(phone_number_id, "ws_bench", "+62", "Toko", "flow", b"")


def run() -> list[Row]:
    """The statuses of a message come together, as in a campaign, or one per batch."""
    cases: dict[str, Callable[[], Iterator[list[JsonObject]]]] = {
        "coalesced: a batch at a time": lambda: _batches(WEBHOOKS_PER_BATCH),
        "naive: a write per status": lambda: _batches(1, 1),
    }
    return [_measured(case, batches) for case, batches in cases.items()]


def _batches(webhooks: int, statuses: int = STATUSES_PER_WEBHOOK) -> Iterator[list[JsonObject]]:
    every = [
        [PHONE_NUMBER_ID, status(name, callback=f"kabar:1:{CONTACT}:{seq}")]
        for seq in range(MESSAGES)
        for name in NAMES
    ]
    records = [
        sqs_record(
            {"v": 1, "at": AT * 1000, "statuses": every[start : start + statuses], "kept": []},
            id_=f"r{start}",
        )
        for start in range(0, len(every), statuses)
    ]
    for start in range(0, len(records), webhooks):
        yield records[start : start + webhooks]


def _measured(case: str, batches: Callable[[], Iterator[list[JsonObject]]]) -> Row:
    receipts = MESSAGES * len(NAMES)
    best, writes = float("inf"), 0
    for _ in range(ROUNDS):
        table = _Table()
        numbers: Any = _Numbers()
        settings = Settings(
            "conversations",
            "campaigns",
            "directory",
            "inspection",
            "inbound",
            "contacts",
            "account",
            "overflow",
        )
        worker = Receipts(settings, numbers, table, None, lambda: None)
        ready = list(batches())
        with redirect_stdout(StringIO()):  # metrics
            start = time.process_time()
            for batch in ready:
                assert worker.run(batch) == []
            best = min(best, time.process_time() - start)
        writes = table.writes
    return Row(case, receipts / best, writes / receipts)
