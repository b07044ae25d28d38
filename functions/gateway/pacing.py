"""Before each send: is the number held, has it room, has this person had enough for now.

All of it is asked before the message is claimed, so that waiting costs the message no try.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from shared.channels.kinds import BAILEYS
from shared.channels.send_rates import LINKED_PHONE, of_number, of_pair
from shared.clock import Clock
from shared.fifo_batch import NotYetError
from shared.pacing import SECOND, Pace, TooSoonError
from shared.store.directory import Number
from shared.store.paces import Paces

_HOLDS: Final = ((10, 60.0), (30, 600.0))
_LONG_HOLD_SECONDS: Final = 3600.0
_LONGEST_WAIT_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Guard:
    paces: Paces
    clock: Clock
    sleep: Callable[[float], None] = time.sleep
    pair: Pace = field(default_factory=of_pair)

    def let_pass(self, number: Number, contact: str, receives: int) -> None:
        """Returns when the message may go, after a second's wait at most. `receives` says how often
        its queue record was received. Raises NotYetError."""
        if number.held is not None:
            raise NotYetError(number.held, hold_seconds(receives))
        now = self.clock() * 1000
        place = number.tenant, number.phone_number_id
        try:
            self.paces.draw(*place, contact, self.pair, now)
        except TooSoonError as error:
            reason = "WhatsApp takes no more for this person right now"
            raise NotYetError(reason, error.wait / SECOND + 1) from error
        try:
            starts = self.paces.draw(*place, None, _pace_of(number), now)
        except TooSoonError as error:
            reason = "The number's throughput is reached"
            raise NotYetError(reason, wait_seconds(receives)) from error
        if starts > now:
            self.sleep((starts - now) / SECOND)

    def rest(self, number: Number, seconds: float) -> None:
        """Meta has said that the number sends too fast: nothing of it goes for so long."""
        until = self.clock() * 1000 + round(seconds * SECOND) + _pace_of(number).ahead
        self.paces.rest(number.tenant, number.phone_number_id, until)


def _pace_of(number: Number) -> Pace:
    return LINKED_PHONE if number.kind == BAILEYS else of_number(number.per_second)


def hold_seconds(receives: int) -> float:
    """A record that is held comes back often at first, so that a number that is put right sends
    again soon, and then seldom: its hundred receives last for three days."""
    return next((wait for most, wait in _HOLDS if receives <= most), _LONG_HOLD_SECONDS)


def wait_seconds(receives: int) -> float:
    """Spread out, since every lane of a busy number asks again."""
    return min(_LONGEST_WAIT_SECONDS, 1.5 ** min(receives, 20)) * random.uniform(0.5, 1.0)
