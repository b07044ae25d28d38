"""One thing after another, never faster than so many a second."""

from __future__ import annotations

from collections.abc import Callable

from shared.clock import Clock


class Pace:
    """The first waits too: what went on before a new run began counts as well."""

    def __init__(self, per_second: int, clock: Clock, sleep: Callable[[float], None]) -> None:
        self._interval = 1000 / per_second
        self._clock = clock
        self._sleep = sleep
        self._next = clock() + self._interval

    def wait(self) -> None:
        left = self._next - self._clock()
        if left > 0:
            self._sleep(left / 1000)
        self._next = max(self._next, self._clock()) + self._interval
