"""WhatsApp's windows: for how long after a customer's last message anything may be sent, and for
how long what is sent is free after an ad led them here. By the time on the message, as Meta counts;
milliseconds. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from shared.channels.times import milliseconds
from shared.json_types import JsonObject

SERVICE_MS: Final = 24 * 3600 * 1000
FREE_ENTRY_MS: Final = 72 * 3600 * 1000
CLOSED: Final = (
    "More than 24 hours since the customer's last message: WhatsApp takes templates only."
)
# Meta is not known to open the window for these, and what it refuses is worse than a template.
_OPEN_NOTHING: Final = frozenset(
    {"edit", "reaction", "request_welcome", "revoke", "system", "unknown", "unsupported"}
)
_STEPS_OF_A_CALL: Final = frozenset({"connect", "terminate"})
_FROM_ADS: Final = frozenset({"ad", "post"})


@dataclass(frozen=True, slots=True)
class Window:
    """Zero where nobody has written yet, or nobody came from an ad."""

    open_until: int = 0
    free_until: int = 0

    def after(self, message: JsonObject, at: int) -> Window:
        """With a customer's message, or a step of a call; one that comes late closes nothing."""
        if message.get("type") == "call":
            return self._after_call(message.get("call"), at)
        if message.get("type") in _OPEN_NOTHING:
            return self
        return Window(
            max(self.open_until, at + SERVICE_MS),
            max(self.free_until, at + FREE_ENTRY_MS) if _from_ad(message) else self.free_until,
        )

    def _after_call(self, call: object, at: int) -> Window:
        """A customer's call counts as a message of theirs, and so does one of ours that they take:
        from when it began."""
        if not isinstance(call, dict) or not _is_theirs_or_taken(call):
            return self
        began = milliseconds(call.get("start_time"), at)
        return replace(self, open_until=max(self.open_until, began + SERVICE_MS))

    def takes(self, message: JsonObject, now: int) -> bool:
        """Whether the message may be sent now. The free entry point changes prices only."""
        return message.get("type") == "template" or now < self.open_until


def _is_theirs_or_taken(call: JsonObject) -> bool:
    """How WhatsApp spells the steps varies."""
    event, status, direction = (
        str(call.get(name, "")).lower() for name in ("event", "status", "direction")
    )
    if direction == "user_initiated":
        return event in _STEPS_OF_A_CALL
    return event == "accepted" or (event == "terminate" and status == "completed")


def _from_ad(message: JsonObject) -> bool:
    referral = message.get("referral")
    return isinstance(referral, dict) and referral.get("source_type") in _FROM_ADS


def to_json(window: Window) -> JsonObject:
    return {"open_until": window.open_until, "free_until": window.free_until}


def from_json(stored: JsonObject | None) -> Window:
    return Window(**stored) if stored else Window()
