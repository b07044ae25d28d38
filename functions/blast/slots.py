"""When the messages of a chunk may go: moments drawn from the number's pace, which others use too.

What leaves late falls on top of what follows it, perhaps from another worker, and a second holds
more than the number may. So whoever misses its moment draws another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from shared.clock import Clock
from shared.pacing import SECOND, Pace, TooSoonError
from shared.store.directory import Number
from shared.store.paces import Paces

AHEAD: Final = SECOND // 5  # less than conversations may run ahead: theirs go first
# The room that the pacer leaves in a second (`planning.rate`), less the way to WhatsApp.
LATE: Final = SECOND // 25
_CLOCK: Final = SECOND // 1000  # what it does not show
_LATE_AHEAD: Final = SECOND // 2  # before what has not been claimed yet


@dataclass(frozen=True, slots=True)
class Slots:
    """Moments in microseconds since 1970."""

    paces: Paces
    number: Number
    every: int
    clock: Clock

    def draw(self, messages: int) -> int:
        """When the first of so many may go, the others `every` after it. Raises TooSoonError."""
        return self._draw(messages, AHEAD)

    def kept(self, at: int, wait_until: Callable[[int], None]) -> None:
        """Returns at that moment, or at another if it was missed.

        Each is further ahead than the one before: where drawing is slow, it is over before its
        moment.
        """
        wait_until(at)
        lead = 0
        while (late := self._now() - at) > LATE:
            lead += late
            at = self._another(lead, wait_until)
            wait_until(at)

    def _another(self, lead: int, wait_until: Callable[[int], None]) -> int:
        while True:
            try:
                return self._draw(1, _LATE_AHEAD, lead)
            except TooSoonError as error:
                wait_until(self._now() + error.wait + _CLOCK)

    def _draw(self, messages: int, ahead: int, lead: int = 0) -> int:
        pace, number = Pace(self.every * messages, ahead), self.number
        now = self._now() + lead
        return self.paces.draw(number.tenant, number.phone_number_id, None, pace, now)

    def _now(self) -> int:
        return self.clock() * 1000
