"""Whether anything may be sent to somebody now: WhatsApp's window is open, and nobody has blocked
them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.json_types import JsonObject
from shared.window import CLOSED, Window

BLOCKED: Final = "The contact is blocked: nothing is sent to them until they are unblocked."


@dataclass(frozen=True, slots=True)
class Standing:
    """`windowed`: whether the channel has a window at all (see `channels.kinds`)."""

    window: Window
    blocked: bool = False
    windowed: bool = True

    def refusal(self, message: JsonObject, now: int) -> str | None:
        """BLOCKED or CLOSED; None when the message may be sent. `now` in milliseconds."""
        if self.blocked:
            return BLOCKED
        return None if not self.windowed or self.window.takes(message, now) else CLOSED
