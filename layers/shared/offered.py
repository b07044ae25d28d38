"""The options of the newest question that a channel could only ask in text, so that an answer typed
as a number or in words is read as the tap that it stands for. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.channels.capabilities import SENDS, Option, chosen, options_of
from shared.channels.messages import kind_of
from shared.json_types import JsonObject

_OPEN_MS: Final = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Offered:
    """`kind` is that of the message, "interactive.list" for example; `until` in milliseconds."""

    kind: str
    options: tuple[Option, ...]
    until: int


def offered_by(message: JsonObject, channel_kind: str, now: int) -> Offered | None:
    """What a valid message of ours offers where the channel cannot show it; None where it offers
    nothing, or is shown as it is."""
    kind = kind_of(message)
    if kind in SENDS[channel_kind]:
        return None
    options = options_of(message)
    return Offered(kind, options, now + _OPEN_MS) if options else None


def as_tapped(message: JsonObject, offered: Offered | None, at: int) -> JsonObject | None:
    """The reply that a typed answer stands for; None where it stands for none. `at` is when it was
    written, in milliseconds."""
    if offered is None or at > offered.until or message.get("type") != "text":
        return None
    content = message.get("text")
    said = content.get("body") if isinstance(content, dict) else None
    option = chosen(said, offered.options) if isinstance(said, str) else None
    if option is None:
        return None
    kind = "list_reply" if offered.kind == "interactive.list" else "button_reply"
    reply = {"id": option.id, "title": option.title}
    beside = {name: value for name, value in message.items() if name not in ("type", "text")}
    return {**beside, "type": "interactive", "interactive": {"type": kind, kind: reply}}


def to_json(offered: Offered | None) -> JsonObject | None:
    if offered is None:
        return None
    options = [[one.id, one.title] for one in offered.options]
    return {"kind": offered.kind, "options": options, "until": offered.until}


def from_json(stored: JsonObject | None) -> Offered | None:
    if not stored:
        return None
    options = tuple(Option(id_, title) for id_, title in stored["options"])
    return Offered(stored["kind"], options, stored["until"])
