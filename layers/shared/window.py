"""WhatsApp's windows: for how long after a customer's last message anything may be sent, and for
how long what is sent is free after an ad led them here. By the time on the message, as Meta counts;
milliseconds. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.json_types import JsonObject

SERVICE_MS: Final = 24 * 3600 * 1000
FREE_ENTRY_MS: Final = 72 * 3600 * 1000
CLOSED: Final = (
    "More than 24 hours since the customer's last message: WhatsApp takes templates only."
)
# Meta is not known to open the window for these, and what it refuses is worse than a template.
_OPEN_NOTHING: Final = frozenset(
    {"reaction", "request_welcome", "system", "unknown", "unsupported"}
)
_FROM_ADS: Final = frozenset({"ad", "post"})


@dataclass(frozen=True, slots=True)
class Window:
    """Zero where nobody has written yet, or nobody came from an ad."""

    open_until: int = 0
    free_until: int = 0

    def after(self, message: JsonObject, at: int) -> Window:
        """With a customer's message; one that comes late closes nothing."""
        if message.get("type") in _OPEN_NOTHING:
            return self
        return Window(
            max(self.open_until, at + SERVICE_MS),
            max(self.free_until, at + FREE_ENTRY_MS) if _from_ad(message) else self.free_until,
        )

    def takes(self, message: JsonObject, now: int) -> bool:
        """Whether the message may be sent now. The free entry point changes prices only."""
        return message.get("type") == "template" or now < self.open_until


def _from_ad(message: JsonObject) -> bool:
    referral = message.get("referral")
    return isinstance(referral, dict) and referral.get("source_type") in _FROM_ADS


def to_json(window: Window) -> JsonObject:
    return {"open_until": window.open_until, "free_until": window.free_until}


def from_json(stored: JsonObject | None) -> Window:
    return Window(**stored) if stored else Window()
