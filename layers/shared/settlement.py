"""What a sender does next, decided from what stands and from what Meta answered. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from shared.channels.cloud_api import Accepted, Answer
from shared.channels.errors import Action
from shared.delivery import CLAIMED, UNSETTLED, Delivery

MAX_ATTEMPTS = 6
_MAX_BACKOFF_SECONDS = 600.0
_PAIR_BASE = 4  # Meta's own rule for one person: wait 4^n seconds
_FIRST_LOOK_SECONDS = 2.0
_LONGEST_LOOK_SECONDS = 15.0
_LOOKS_PER_WINDOW = 8  # bounds how many receives a silence costs, however long the window
_BACKING_OFF = {
    Action.RETRY: 2.0,
    Action.SLOW_NUMBER: 2.0,
    Action.SLOW_ACCOUNT: 2.0,
    Action.SLOW_PAIR: float(_PAIR_BASE),
}
"""Actions after which Meta surely did not take the message, with the base of their back-off."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Meta took it."""

    wamid: str


@dataclass(frozen=True, slots=True)
class WaitForReceipt:
    """Nobody knows. Look again after `seconds` whether a status has settled it."""

    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Meta surely did not take it; send again after `seconds`."""

    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It will not be sent: permanent, or tried too often."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Meta no longer takes the token. Everything of the number waits until people have put it
    right."""

    reason: str


@dataclass(frozen=True, slots=True)
class AlreadyDone:
    """An earlier delivery of this queue message did the work."""


Next: TypeAlias = Settle | WaitForReceipt | TryAgain | GiveUp | Hold | AlreadyDone


def after_answer(answer: Answer, attempts: int) -> Next:
    """`attempts` counts the sends so far, this one included; at least 1."""
    if isinstance(answer, Accepted):
        return Settle(answer.wamid)
    if answer.action is Action.UNSETTLED:
        return WaitForReceipt(answer.reason, _FIRST_LOOK_SECONDS)
    if answer.action is Action.TOKEN_DEAD:
        return Hold(answer.reason)
    base = _BACKING_OFF.get(answer.action)
    if base is None:
        return GiveUp(answer.reason)
    if attempts >= min(MAX_ATTEMPTS, answer.tries or MAX_ATTEMPTS):
        return GiveUp(f"Gave up after {attempts} tries. {answer.reason}")
    seconds = answer.retry_after or base ** (attempts - 1 if base == _PAIR_BASE else attempts)
    return TryAgain(answer.reason, min(seconds, _MAX_BACKOFF_SECONDS))


def when_not_claimed(delivery: Delivery, now: int, window_seconds: float) -> Next:
    """Somebody claimed the message before. `now` in milliseconds."""
    if delivery.state in (CLAIMED, UNSETTLED):
        waited = (now - delivery.since) / 1000
        reason = delivery.reason or "A sender stopped before it knew WhatsApp's answer"
        longest = max(_LONGEST_LOOK_SECONDS, window_seconds / _LOOKS_PER_WINDOW)
        rest = max(0.0, window_seconds - waited) + 1
        return WaitForReceipt(reason, min(max(_FIRST_LOOK_SECONDS, waited), longest, rest))
    return AlreadyDone()


def too_many_silences(attempts: int) -> bool:
    """Whether a message whose sends were all met with silence is given up instead of sent again;
    `attempts` counts the claim just made."""
    return attempts > MAX_ATTEMPTS
