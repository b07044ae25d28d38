"""What a campaign's message carries to WhatsApp, and every status of it brings back. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PREFIX: Final = "kabar:c:"
_EVENT: Final = "campaign:"
_FORM: Final = re.compile(r"kabar:c:([0-9a-z]{1,40}):([0-9]{1,7})-([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class RecipientRef:
    """A recipient of a campaign: recipients lie in blocks, each with its number there."""

    campaign: str
    block: int
    number: int

    @property
    def id(self) -> str:
        return f"{self.block}-{self.number}"


def callback_data(ref: RecipientRef) -> str:
    """It names no tenant, since statuses are input."""
    return f"{_PREFIX}{ref.campaign}:{ref.id}"


def read_callback_data(text: object) -> RecipientRef | None:
    """What `callback_data` wrote; None for anybody else's text."""
    found = _FORM.fullmatch(text) if isinstance(text, str) else None
    return RecipientRef(found[1], int(found[2]), int(found[3])) if found else None


def event_id(ref: RecipientRef) -> str:
    """Of the event by which a conversation is told of the message."""
    return f"{_EVENT}{ref.campaign}:{ref.id}"


def ref_of_event(id_: str) -> RecipientRef | None:
    """What `event_id` wrote."""
    campaign, _, recipient = id_.removeprefix(_EVENT).rpartition(":")
    return recipient_ref(campaign, recipient) if id_.startswith(_EVENT) else None


def recipient_ref(campaign: str, id_: str) -> RecipientRef | None:
    return read_callback_data(f"{_PREFIX}{campaign}:{id_}")
