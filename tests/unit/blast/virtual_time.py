"""Many processes with threads by a clock of their own, in one thread of Python: what waits is
passed over at once, and what runs is switched only where it waits, so that a run is the same each
time.

A process that is killed stops where it stands, and nothing of it ever runs again: no `finally`, as
by a power cut.
"""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final

from greenlet import getcurrent, greenlet

from tests.fakes import FakeClock

_NEVER: Final[list[Any]] = []  # what was killed: whatever is forgotten would run its `finally`


@dataclass(eq=False)
class Process:
    """`killed` tells whoever started it."""

    killed: Callable[[], None] = lambda: None
    alive: bool = True


class VirtualTime:
    """`clock` shows its milliseconds; within, times are microseconds since 1970."""

    def __init__(self, clock: FakeClock) -> None:
        self.now = clock.ms * 1000
        self._clock = clock
        self._hub = getcurrent()
        self._serial = itertools.count()
        self._waiting: list[tuple[int, int, Process, Any]] = []
        self._processes: dict[Any, Process] = {}

    @property
    def process(self) -> Process:
        """Whoever asks."""
        return self._processes[getcurrent()]

    def start(self, run: Callable[[], None], process: Process, at: int | None = None) -> None:
        """A thread of the process, now or at a time."""

        def whole() -> None:
            try:
                run()
            finally:
                del self._processes[getcurrent()]

        thread = greenlet(whole, parent=self._hub)
        self._processes[thread] = process
        self._wake(thread, process, at)

    def sleep(self, seconds: float) -> None:
        self.sleep_until(self.now + round(seconds * 1_000_000))

    def sleep_until(self, at: int) -> None:
        if getcurrent() is self._hub:
            raise RuntimeError("nobody is waited for outside of a process")
        if at > self.now:
            self._wake(getcurrent(), self.process, at)
            self._hub.switch()

    def park(self) -> Callable[[], None]:
        """What wakes whoever asks from its `wait`."""
        thread, process = getcurrent(), self.process
        return lambda: self._wake(thread, process, None)

    def wait(self) -> None:
        self._hub.switch()

    def kill(self, process: Process) -> None:
        """If it kills itself, this does not return."""
        process.alive = False
        process.killed()
        if self._processes.get(getcurrent()) is process:
            _NEVER.append(getcurrent())
            self._hub.switch()

    def run_until(self, at: int, is_over: Callable[[], bool] = lambda: False) -> None:
        """Whatever is to happen before, unless it is over sooner."""
        while self._waiting and self._waiting[0][0] <= at and not is_over():
            when, _, process, thread = heapq.heappop(self._waiting)
            if not process.alive:
                _NEVER.append(thread)
                continue
            self._show(when)
            thread.switch()
        if not is_over():
            self._show(at)

    def _show(self, at: int) -> None:
        self.now = max(self.now, at)
        self._clock.ms = self.now // 1000

    def _wake(self, thread: Any, process: Process, at: int | None) -> None:
        when = self.now if at is None else at
        heapq.heappush(self._waiting, (when, next(self._serial), process, thread))


@dataclass
class VirtualThreads:
    """`blast.spread.Spread` in a process of virtual time."""

    time: VirtualTime
    many: int
    _running: int = 0
    _jobs: deque[Callable[[], None]] = field(default_factory=deque)
    _errors: list[BaseException] = field(default_factory=list)
    _drained: Callable[[], None] | None = None

    def has_room(self, jobs: int) -> bool:
        return self._running + len(self._jobs) + jobs <= self.many

    def submit(self, job: Callable[[], None]) -> None:
        self._jobs.append(job)
        if self._running < self.many:
            self._running += 1
            self.time.start(self._work, self.time.process)

    def wait_until(self, at: int) -> None:
        self.time.sleep_until(at)

    def drain(self) -> None:
        if self._running:
            self._drained = self.time.park()
            self.time.wait()
            self._drained = None
        if self._errors:
            raise self._errors.pop()

    def _work(self) -> None:
        while self._jobs:
            try:
                self._jobs.popleft()()
            except Exception as error:
                self._errors.append(error)
        self._running -= 1
        if not self._running and self._drained:
            self._drained()

    def __enter__(self) -> VirtualThreads:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return


class FarAway:
    """A service's client whose calls take `seconds`, half of them until they have their effect:
    whoever dies meanwhile has done it or has not."""

    def __init__(self, client: Any, time: VirtualTime, seconds: float) -> None:
        self._client = client
        self._time = time
        self._half = seconds / 2
        self.exceptions = getattr(client, "exceptions", None)

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)

        def far(*args: Any, **params: Any) -> Any:
            self._time.sleep(self._half)
            try:
                return call(*args, **params)
            finally:
                self._time.sleep(self._half)

        self.__dict__[name] = far
        return far
