"""Meta's answer, or a status, has told that somebody stopped marketing. A webhook of preferences
tells the same otherwise, so it goes the same way: through the lane of the person."""

from __future__ import annotations

from typing import Final

from shared.events import PREFERENCE, Event, LaneEvents, entry
from shared.queues import Entry

STOPPED_MARKETING: Final = 131050


def stop_entry(channel: str, contact: str, message: str | int, at: int) -> Entry:
    """`message` names the one that was refused, so that one refusal is one event."""
    told = Event(
        id=f"preference:{STOPPED_MARKETING}:{message}",
        kind=PREFERENCE,
        at=at,
        body={
            "type": "preference",
            "preference": {
                "category": "marketing_messages",
                "value": "stop",
                "detail": str(STOPPED_MARKETING),
            },
        },
    )
    return entry(LaneEvents(channel, contact, (told,)))
