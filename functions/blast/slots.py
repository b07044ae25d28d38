"""When the messages of a chunk may go: moments drawn from the number's pace, which others use too.

What leaves late falls on top of what follows it, perhaps from another worker, and a second holds
more than the number may. So a moment lies as far ahead as it lately took to be ready for one, and
whoever misses it all the same draws another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from shared.clock import Clock
from shared.pacing import SECOND, Pace, TooSoonError
from shared.store.directory import Number
from shared.store.paces import Paces

# With the way to WhatsApp, less than the room that the pacer leaves in a second (`planning.rate`).
LATE: Final = SECOND // 50
# What was drawn or claimed ahead of its moment is lost when a worker dies: so both are short, and
# longer only where tables are slow.
_LEAST_LEAD: Final = SECOND // 10
_MOST_LEAD: Final = SECOND // 2
_RUNS_AHEAD: Final = SECOND // 10  # with the lead, less than conversations: theirs go first
_LATE_AHEAD: Final = SECOND // 2  # before what has not been claimed yet
_CLOCK: Final = SECOND // 1000  # what it does not show
_KEPT_OF_PEAK: Final = 0.95


@dataclass(slots=True)
class Readying:
    """How long a worker's draws and claims lately took, microseconds: peaks that fade. `least` is
    allowed for them in any case. Called by many threads, which may overlook each other's."""

    least: int = _LEAST_LEAD
    drawing: float = 0
    claiming: float = 0

    def drew(self, took: int) -> None:
        self.drawing = max(took, self.drawing * _KEPT_OF_PEAK)

    def claimed(self, took: int) -> None:
        self.claiming = max(took, self.claiming * _KEPT_OF_PEAK)

    @property
    def lead(self) -> int:
        """How long before its moment a call is claimed, and a moment lies ahead at least."""
        return min(_MOST_LEAD, max(self.least, round(self.drawing + self.claiming)))


@dataclass(frozen=True, slots=True)
class Slots:
    """Moments in microseconds since 1970. `readying` is the worker's, for all its chunks."""

    paces: Paces
    number: Number
    every: int
    clock: Clock
    readying: Readying = field(default_factory=Readying)

    @property
    def lead(self) -> int:
        return self.readying.lead

    def draw(self, messages: int) -> int:
        """When the first of so many may go, the others `every` after it. Raises TooSoonError."""
        return self._draw(messages, _RUNS_AHEAD, self.lead)

    def claimed(self, took: int) -> None:
        """A claim took so many microseconds."""
        self.readying.claimed(took)

    def kept(self, at: int, wait_until: Callable[[int], None]) -> None:
        """Returns at that moment, or at another if it was missed.

        What drawing took is added ahead of the next moment: where tables are slow, it is over
        before it is known. Only that: whatever lies before the moment is lost to everybody.
        """
        wait_until(at)
        lead = 0
        while (asked := self._now()) - at > LATE:
            try:
                at = self._draw(1, _LATE_AHEAD, lead)
            except TooSoonError as error:
                wait_until(asked + error.wait + _CLOCK)
                continue
            lead += self._now() - asked
            wait_until(at)

    def _draw(self, messages: int, ahead: int, lead: int) -> int:
        pace, number, asked = Pace(self.every * messages, ahead), self.number, self._now()
        at = self.paces.draw(number.tenant, number.phone_number_id, None, pace, asked + lead)
        self.readying.drew(self._now() - asked)
        return at

    def _now(self) -> int:
        return self.clock() * 1000
