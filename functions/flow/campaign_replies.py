"""Whether what a customer says answers a campaign's message. Pure.

It does when it quotes that message, or taps one of its buttons (which quotes it too); and what
quotes nothing, when a campaign's message came within the last REPLY_WINDOW_MS: the newest one is
meant. Each campaign is answered once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.conversation import short_hash
from shared.json_types import JsonObject

REPLY_WINDOW_MS: Final = 72 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class CampaignReply:
    """To be told to the campaign: its person has answered, and perhaps opted out with that."""

    campaign: str
    recipient: str
    opted_out: bool = False


def sent(campaign: str, recipient: str | None, wamid: str | None, at: int) -> JsonObject:
    """What a conversation remembers of a campaign's message. The id is kept in short: a state is
    read with every message."""
    remembered: JsonObject = {"campaign": campaign, "recipient": recipient, "at": at}
    return {**remembered, "message": short_hash(wamid)} if wamid else remembered


def answered(campaigns: Sequence[JsonObject], message: JsonObject, at: int) -> JsonObject | None:
    """The campaign's message, as it is remembered, that `message` answers. `at` in milliseconds."""
    context = message.get("context")
    quoted = context.get("id") if isinstance(context, dict) else None
    if isinstance(quoted, str) and quoted:
        known = short_hash(quoted)
        return next((one for one in campaigns if one.get("message") == known), None)
    recent = [one for one in campaigns if one["at"] <= at <= one["at"] + REPLY_WINDOW_MS]
    return max(recent, key=lambda one: int(one["at"]), default=None)


def with_answer(campaigns: Sequence[JsonObject], of: JsonObject) -> tuple[JsonObject, ...]:
    """The same, that one answered."""
    return tuple({**one, "replied": True} if one == of else one for one in campaigns)
