"""Sends at their times: many at once, since each waits for WhatsApp's answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Protocol

from shared.clock import Clock


class Spread(Protocol):
    """Runs jobs; an error in one is raised by `drain`."""

    def has_room(self, jobs: int) -> bool:
        """Whether so many more would all run at once."""

    def submit(self, job: Callable[[], None]) -> None: ...

    def wait_until(self, at: int) -> None:
        """Microseconds since 1970."""

    def drain(self) -> None:
        """Returns when all jobs are done."""


class Threads:
    """`many` of them for as long as a chunk lasts."""

    def __init__(self, many: int, clock: Clock) -> None:
        self._many = many
        self._pool = ThreadPoolExecutor(many)
        self._clock = clock
        self._futures: list[Future[None]] = []

    def has_room(self, jobs: int) -> bool:
        return sum(not one.done() for one in self._futures) + jobs <= self._many

    def submit(self, job: Callable[[], None]) -> None:
        self._futures.append(self._pool.submit(job))

    def wait_until(self, at: int) -> None:
        left = at / 1_000_000 - time.time()
        if left > 0:
            time.sleep(left)

    def drain(self) -> None:
        futures, self._futures = self._futures, []
        for future in futures:
            future.result()

    def __enter__(self) -> Threads:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True)
