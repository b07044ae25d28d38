"""Waking a conversation later: what travels in the queue `Timers`.

A timer says for which lane, with which correlation, and when. Whoever wants one sends it to the
queue at once; the consumer (`flow/timers.py`) keeps it until its time, however far that is.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.json_types import JsonObject
from shared.queues import MAX_DELAY_SECONDS, Entry, encode


@dataclass(frozen=True, slots=True)
class Timer:
    """`due` in milliseconds since 1970. The same timer twice is one timer."""

    tenant_id: str
    channel: str
    contact: str
    correlation: str
    due: int


def to_body(timer: Timer) -> JsonObject:
    return {
        "v": 1,
        "tenant": timer.tenant_id,
        "channel": timer.channel,
        "contact": timer.contact,
        "correlation": timer.correlation,
        "due": timer.due,
    }


def from_body(body: JsonObject) -> Timer:
    return Timer(
        tenant_id=body["tenant"],
        channel=body["channel"],
        contact=body["contact"],
        correlation=body["correlation"],
        due=body["due"],
    )


def seconds_left(due: int, now: int) -> int:
    """Whole seconds, never too few: what is due comes late rather than early."""
    return max(0, -((now - due) // 1000))


def timer_entry(timer: Timer, now: int) -> Entry:
    """The timer for the queue: with its delay when the queue can keep it so long, else at once, for
    the consumer to put it by."""
    left = seconds_left(timer.due, now)
    delay = left if left <= MAX_DELAY_SECONDS else 0
    return Entry(encode(to_body(timer)), group=timer.tenant_id, delay=delay)
