"""What has become of a campaign's message for one person, and how that may change. Pure.

Within one try a state only moves up, as in `shared.delivery`. A message that WhatsApp surely did
not deliver may be tried again: a new try, with a rank of zero. What was delivered never is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.channels.errors import Action, classify
from shared.delivery import CLAIMED, FAILED, RANK, SENT, UNSETTLED

QUEUED: Final = "queued"
WAITING: Final = "waiting"  # WhatsApp surely did not deliver it; it is tried again at a time
REPLIED: Final = "replied"
SKIPPED: Final = "skipped"  # we decided not to send it
CANCELLED: Final = "cancelled"
DELIVERED: Final = "delivered"
READ: Final = "read"

RANKS: Final[Mapping[str, int]] = {
    **RANK,
    QUEUED: 0,
    WAITING: 0,
    REPLIED: 60,
    SKIPPED: 90,
    CANCELLED: 90,
}
PENDING: Final = (QUEUED, WAITING, CLAIMED, UNSETTLED)
IN_FLIGHT: Final = (CLAIMED, UNSETTLED)
REACHED: Final[Mapping[str, tuple[str, ...]]] = {
    SENT: (SENT, DELIVERED, READ, REPLIED),
    DELIVERED: (DELIVERED, READ, REPLIED),
    READ: (READ, REPLIED),
    REPLIED: (REPLIED,),
}
"""For each step of the funnel the states that are at least so far."""
OUTCOMES: Final = (QUEUED, SENT, DELIVERED, READ, REPLIED, FAILED, SKIPPED, CANCELLED)


def outcome_of(state: str) -> str:
    """As people are told."""
    if state in PENDING:
        return QUEUED
    return READ if state == "played" else state


@dataclass(frozen=True, slots=True)
class Class:
    """A class of failures or skips. `after` is how many milliseconds after it a message is tried
    again by itself, `rounds` how often; a `retryable` one may be tried again by people."""

    words: str
    retryable: bool = True
    after: int | None = None
    rounds: int = 0


_HOUR: Final = 3_600_000
CAPPED: Final = "frequency_capped"
CLASSES: Final[Mapping[str, Class]] = {
    CAPPED: Class(
        "WhatsApp held it back: the person has had much marketing lately",
        after=24 * _HOUR,  # Meta limits those further who are tried sooner
        rounds=3,
    ),
    "undeliverable": Class("The number is not on WhatsApp or cannot receive it", retryable=False),
    "stopped_marketing": Class("The person stopped marketing", retryable=False),
    "experiment": Class("The person is part of a WhatsApp experiment", retryable=False),
    "window_closed": Class("More than 24 hours since the person's last message"),
    "too_fast": Class("WhatsApp asked to slow down, again and again"),
    "template": Class("The template was refused"),
    "number": Class("The number or account may not send"),
    "file": Class("The file could not be sent"),
    "no_word": Class("WhatsApp never said whether it took the message"),
    "refused": Class("WhatsApp refused the message"),
    # Of skips:
    "opted_out": Class("The person opted out", retryable=False),
    "blocked": Class("The contact is blocked", retryable=False),
    "no_number": Class("The contact has no number", retryable=False),
    "variable_missing": Class("A value of the message is missing", retryable=False),
    "message_invalid": Class("The message would be invalid for this person", retryable=False),
    "cap_reached": Class("The person has had as many campaigns as they may", retryable=False),
    "no_window": Class("The person has not written in the last 24 hours", retryable=False),
    "repeated": Class("The same person is in the audience already", retryable=False),
}
_BY_CODE: Final[Mapping[int, str]] = {
    131049: CAPPED,
    131050: "stopped_marketing",
    130472: "experiment",
    131047: "window_closed",
    131026: "undeliverable",
    131030: "undeliverable",
    131021: "undeliverable",
    130497: "undeliverable",
    131052: "file",
    131053: "file",
    131014: "file",
}
_BY_ACTION: Final[Mapping[Action, str]] = {
    Action.SLOW_PAIR: "too_fast",
    Action.SLOW_NUMBER: "too_fast",
    Action.SLOW_ACCOUNT: "too_fast",
    Action.RETRY: "too_fast",
    Action.PAUSE_TEMPLATE: "template",
    Action.PAUSE_CAMPAIGN: "number",
    Action.TOKEN_DEAD: "number",
    Action.UNSETTLED: "no_word",
}


def class_of(code: int | None) -> str:
    """The class of a failure by Meta's error code."""
    if code is None:
        return "refused"
    return _BY_CODE.get(code) or _BY_ACTION.get(classify(400, code).action, "refused")


def retry_at(class_: str, rounds: int, now: int) -> int | None:
    """When a message that failed so is tried again by itself, None if it is not; `rounds` counts
    how often that was done before."""
    found = CLASSES[class_]
    return now + found.after if found.after is not None and rounds < found.rounds else None
