"""The real workers of campaigns on Lambda, queues, tables and WhatsApp by virtual time."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Final
from unittest import mock

from blast.in_time import THREADS
from blast.slots import Readying
from shared.json_types import JsonObject
from shared.observability import metrics
from shared.queues import encode, retry_after
from shared.standard_batch import run_each
from tests.builders import status
from tests.fakes import FakeClock
from tests.unit.blast.campaign_workers import CHUNKS, PACES, Workers
from tests.unit.blast.quick_tables import QuickTables
from tests.unit.blast.virtual_lambda import VirtualQueue, VirtualSqs
from tests.unit.blast.virtual_meta import Faults, VirtualMeta
from tests.unit.blast.virtual_time import FarAway, Process, VirtualThreads, VirtualTime

_MINUTE: Final = 60_000_000
_DYNAMODB, _SQS = 0.004, 0.008  # seconds a call
_RECEIPTS: Final = "receipts"
_TIMEOUT: Final = 60
_TIME_LEFT: Final = 20  # as Deliver's handler wants it
_STATUSES_EVERY: Final = 1_000_000
_STATUSES_TOGETHER: Final = 100


class VirtualStack:
    """`tables` as they are without any way to them, for whoever looks from outside."""

    def __init__(self, faults: Faults, seed: int = 7) -> None:
        random.seed(seed)
        self.tables = QuickTables()
        self.clock = FakeClock()
        self.time = VirtualTime(self.clock)
        self.meta = VirtualMeta(self.time, faults, seed, self._accepted)
        self.sqs = VirtualSqs()
        self.told = 0
        self.minutes = 0
        self._to_tell: dict[str, list[JsonObject]] = defaultdict(list)
        self._outside = Process()
        far, queues = FarAway(self.tables, self.time, _DYNAMODB), FarAway(self.sqs, self.time, _SQS)
        self._workers = Workers(far, queues, self.clock)
        self.chunks = VirtualQueue(self.time, 6 * _TIMEOUT, self._deliver)
        self.sqs.queues = {
            CHUNKS: self.chunks,
            PACES: VirtualQueue(self.time, 6 * _TIMEOUT, self._pacer),
            _RECEIPTS: VirtualQueue(self.time, 6 * _TIMEOUT, self._receipts),
        }
        self.sqs.heard = self._heard

    def run(
        self, minutes: int, is_over: Callable[[], bool] = lambda: False, *, within: bool = False
    ) -> None:
        """A minute at a time, until it is over; `within` looks for that all the time, and stops in
        the middle of a minute."""
        with self._alone():
            for _ in range(minutes):
                self.minute(is_over if within else lambda: False)
                if is_over():
                    return

    def minute(self, is_over: Callable[[], bool] = lambda: False) -> None:
        self.minutes += 1
        self._look(_MINUTE, is_over)

    def first_look(self, seconds: int) -> None:
        """When a campaign starts, so many seconds before the next minute's."""
        with self._alone():
            self._look(seconds * 1_000_000)

    def _look(self, until_next: int, is_over: Callable[[], bool] = lambda: False) -> None:
        self._send(PACES, [{"v": 1}])
        self.time.run_until(self.time.now + until_next, is_over)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Whoever waits does it by virtual time, and nobody writes metrics."""
        sleep = mock.patch("time.sleep", self.time.sleep)
        with sleep, mock.patch.object(metrics, "add_metric"):
            yield

    def _deliver(self) -> Callable[[JsonObject], JsonObject]:
        sqs, threads = self._workers.sqs, partial(VirtualThreads, self.time, THREADS)
        deliver = self._workers.deliver(self.meta, threads, self.time.sleep, Readying())

        def handler(event: JsonObject) -> JsonObject:
            began = self.time.now

            def has_time() -> bool:
                return self.time.now - began < (_TIMEOUT - _TIME_LEFT) * 1_000_000

            come_back = partial(retry_after, sqs, CHUNKS)
            return run_each(event["Records"], lambda one: deliver.run(one, has_time), come_back)

        return handler

    def _pacer(self) -> Callable[[JsonObject], JsonObject]:
        pacer = self._workers.pacer()
        return lambda event: run_each(event["Records"], pacer.run)

    def _receipts(self) -> Callable[[JsonObject], JsonObject]:
        receipts = self._workers.receipts()

        def handler(event: JsonObject) -> JsonObject:
            failed = receipts.run(event["Records"])
            return {"batchItemFailures": [{"itemIdentifier": one} for one in failed]}

        return handler

    def _accepted(self, number: str, callback: str, wamid: str) -> None:
        told = status("delivered", callback=callback)
        told["id"] = wamid
        if not self._to_tell[number]:
            at = self.time.now + _STATUSES_EVERY
            self.time.start(lambda: self._tell(number), self._outside, at)
        self._to_tell[number].append(told)

    def _tell(self, number: str) -> None:
        """The statuses of the last second, as the webhook hands them to the receipts' queue."""
        statuses = self._to_tell.pop(number)
        for start in range(0, len(statuses), _STATUSES_TOGETHER):
            those = [[number, one] for one in statuses[start : start + _STATUSES_TOGETHER]]
            body = {"v": 1, "statuses": those, "kept": [], "at": self.clock()}
            self._send(_RECEIPTS, [body])

    def _send(self, queue: str, bodies: Sequence[JsonObject]) -> None:
        for body in bodies:
            self.sqs.queues[queue].send(encode(body), 0)

    def _heard(self, url: str, entry: Any) -> None:
        self.told += url == "inbound"
        with suppress(KeyError):
            del entry["MessageBody"]
