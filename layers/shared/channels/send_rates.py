"""How fast a number may send, to everybody and to one person.

Both stay under what Meta allows: what customers write counts towards a number's throughput as well,
and what leaves us evenly does not arrive evenly.
"""

from __future__ import annotations

from typing import Final

from shared.pacing import SECOND, Pace

SHARE: Final = 0.75  # of a number's throughput
PAIR_EVERY: Final = 6 * SECOND
PAIR_BURST: Final = 40  # of the 45 that Meta takes at once
LINKED_PHONE: Final = Pace(every=2 * SECOND, ahead=2 * SECOND)
"""As somebody who types: what is faster looks like the automaton that it is."""
_AHEAD: Final = SECOND  # as long as a sender waits with a message in its hand


def of_number(per_second: int) -> Pace:
    """Evenly spaced: bursts of several senders would add up to more than a second may carry."""
    return Pace(every=round(SECOND / (per_second * SHARE)), ahead=_AHEAD)


def of_pair(burst: int = PAIR_BURST) -> Pace:
    """A burst goes at once; its debt is paid back one message every six seconds."""
    return Pace(every=PAIR_EVERY, ahead=(burst - 1) * PAIR_EVERY)
