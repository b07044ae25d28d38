"""What has become of a message that we send, and the order in which that may change.

States only move up: Meta's statuses arrive in any order, more than once, and sometimes before the
answer to our own send. A rank leaves room between its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CLAIMED: Final = "claimed"  # a sender is calling Meta now, or died doing so
RETRY: Final = "retry"  # Meta surely did not take it; it will be sent again
UNSETTLED: Final = "unsettled"  # Meta may have taken it; a status will tell, or the window ends
SENT: Final = "sent"
FAILED: Final = "failed"

RANK: Final[dict[str, int]] = {
    CLAIMED: 0,
    RETRY: 0,
    UNSETTLED: 0,
    SENT: 10,
    FAILED: 20,  # above sent, below delivered: a later delivery proves the failure wrong
    "delivered": 30,
    "read": 40,
    "played": 50,
}
"""The statuses of Meta that are not here ("warning", "deleted") do not move a message."""

ACCEPTED: Final = frozenset({SENT, "delivered", "read", "played"})
"""States that say that Meta took the message."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """`since` is when the newest claim was made, in milliseconds; `attempts` counts claims."""

    state: str
    since: int
    attempts: int
    reason: str | None = None
    wamid: str | None = None
