"""What texts and rules see as `message`: the contact's last one."""

from __future__ import annotations

from typing import Final

from flow.engine.events import Said
from shared.json_types import JsonObject

_KEPT_CHARACTERS: Final = 1000


def message_of(said: Said) -> JsonObject:
    """The scope `message`: Meta's object, with the words and the tapped id in one place."""
    message = {**said.message, "text": said.text, "payload": said.payload}
    return message if said.referral is None else {**message, "referral": said.referral}


def kept(message: JsonObject) -> JsonObject:
    """What later steps can still name of it."""
    text = str(message.get("text") or "")[:_KEPT_CHARACTERS]
    parts = {"text": text, "payload": message.get("payload"), "type": message.get("type")}
    return {name: value for name, value in parts.items() if value}
