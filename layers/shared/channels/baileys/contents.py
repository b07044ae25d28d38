"""What a message of WhatsApp itself holds, in Meta's shape. Nothing here raises."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.channels.inbound.fields import flag, number, obj, objs, text
from shared.json_types import JsonObject

_WRAPPED: Final = (
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "documentWithCaptionMessage",
)
_SILENT: Final = frozenset(
    {"protocolMessage", "messageContextInfo", "senderKeyDistributionMessage"}
)
_REVOKE: Final = (0, "REVOKE")
_EDIT: Final = (14, "MESSAGE_EDIT")
_MOST_WRAPPINGS: Final = 4
_CARD_NUMBER: Final = re.compile(r"TEL([^:\n]*):([^\r\n]+)", re.IGNORECASE)
_ON_WHATSAPP: Final = re.compile(r"waid=([0-9]+)")


def content_of(message: object, media_id: str) -> JsonObject | None:
    """`type` and the object that it names; None for what says nothing to people (keys, settings).
    `media_id` is the message's own id, which its file is fetched by."""
    inner = _unwrapped(message)
    changed = _change(inner)
    if changed is not None:
        return changed
    for name, read in _READERS.items():
        if name in inner:
            found = read(inner[name], media_id)
            return found if found is not None else _unsupported(name)
    named = next((name for name in inner if name not in _SILENT), None)
    return _unsupported(named) if named else None


def quoted_id(message: object) -> str:
    """The id of the message that this one answers, or empty."""
    inner = _unwrapped(message)
    contents = (one for one in inner.values() if isinstance(one, dict))
    return next((id_ for one in contents if (id_ := text(obj(one, "contextInfo"), "stanzaId"))), "")


def _unwrapped(message: object) -> JsonObject:
    inner = message if isinstance(message, dict) else {}
    for _ in range(_MOST_WRAPPINGS):
        wrapping = next((name for name in _WRAPPED if name in inner), None)
        if wrapping is None:
            break
        inner = obj(obj(inner, wrapping), "message")
    return inner


def _change(inner: JsonObject) -> JsonObject | None:
    """A message taken back, or worded anew, where it is one."""
    edited = obj(obj(inner, "editedMessage"), "message")
    protocol = obj(edited, "protocolMessage") or obj(inner, "protocolMessage")
    target = text(obj(protocol, "key"), "id")
    if not target:
        return None
    if protocol.get("type", 0) in _REVOKE:
        return {"type": "revoke", "revoke": {"original_message_id": target}}
    if protocol.get("type") in _EDIT:
        content = content_of(protocol.get("editedMessage"), target)
        if content is not None and content["type"] != "edit":
            return {"type": "edit", "edit": {"original_message_id": target, "message": content}}
    return None


def _text(value: Any, _: str) -> JsonObject | None:
    body = value if isinstance(value, str) else text(value, "text")
    return {"type": "text", "text": {"body": body}} if body else None


def _media(kind: str) -> Callable[[Any, str], JsonObject | None]:
    def read(value: Any, media_id: str) -> JsonObject | None:
        if not isinstance(value, dict):
            return None
        content: JsonObject = {"id": media_id, "mime_type": text(value, "mimetype")}
        # The service makes other bytes of what was recorded.
        if kind != "audio" and (sha256 := _sha256(value.get("fileSha256"))):
            content["sha256"] = sha256
        for ours, theirs in (("caption", "caption"), ("filename", "fileName")):
            if said := text(value, theirs):
                content[ours] = said
        for ours, theirs in (("voice", "ptt"), ("animated", "isAnimated")):
            if flag(value, theirs):
                content[ours] = True
        return {"type": kind, kind: content}

    return read


def _sha256(value: object) -> str:
    """In base64: as text, or as bytes in the ways in which JSON has them."""
    if isinstance(value, str):
        return value
    listed = value.get("data", list(value.values())) if isinstance(value, dict) else value
    try:
        return b64encode(bytes(listed)).decode() if isinstance(listed, list) else ""
    except (ValueError, TypeError):
        return ""


def _location(value: Any, _: str) -> JsonObject | None:
    latitude, longitude = number(value, "degreesLatitude"), number(value, "degreesLongitude")
    if latitude is None or longitude is None:
        return None
    named = {name: said for name in ("name", "address", "url") if (said := text(value, name))}
    return {
        "type": "location",
        "location": {"latitude": latitude, "longitude": longitude, **named},
    }


def _contact(value: Any, _: str) -> JsonObject | None:
    return {"type": "contacts", "contacts": [_card(value)]} if isinstance(value, dict) else None


def _contacts(value: Any, _: str) -> JsonObject | None:
    cards = [_card(one) for one in objs(value, "contacts")]
    return {"type": "contacts", "contacts": cards} if cards else None


def _card(value: JsonObject) -> JsonObject:
    phones = [
        {"phone": phone.strip(), **({"wa_id": known[1]} if known else {})}
        for about, phone in _CARD_NUMBER.findall(text(value, "vcard")[:10_000])
        for known in (_ON_WHATSAPP.search(about),)
    ]
    return {"name": {"formatted_name": text(value, "displayName")}, "phones": phones}


def _reaction(value: Any, _: str) -> JsonObject | None:
    target = text(obj(value, "key"), "id")
    reaction = {"message_id": target, "emoji": text(value, "text")}
    return {"type": "reaction", "reaction": reaction} if target else None


def _button_reply(id_name: str) -> Callable[[Any, str], JsonObject | None]:
    def read(value: Any, _: str) -> JsonObject | None:
        id_ = text(value, id_name)
        reply = {"id": id_, "title": text(value, "selectedDisplayText") or id_}
        return _interactive("button_reply", reply) if id_ else None

    return read


def _list_reply(value: Any, _: str) -> JsonObject | None:
    id_ = text(obj(value, "singleSelectReply"), "selectedRowId")
    return _interactive("list_reply", {"id": id_, "title": text(value, "title")}) if id_ else None


def _interactive(kind: str, reply: JsonObject) -> JsonObject:
    return {"type": "interactive", "interactive": {"type": kind, kind: reply}}


def _unsupported(name: str) -> JsonObject:
    return {"type": "unsupported", "unsupported": {"type": name.removesuffix("Message")}}


_READERS: Final[Mapping[str, Callable[[Any, str], JsonObject | None]]] = {
    "conversation": _text,
    "extendedTextMessage": _text,
    "imageMessage": _media("image"),
    "videoMessage": _media("video"),
    "audioMessage": _media("audio"),
    "documentMessage": _media("document"),
    "stickerMessage": _media("sticker"),
    "reactionMessage": _reaction,
    "locationMessage": _location,
    "contactMessage": _contact,
    "contactsArrayMessage": _contacts,
    "buttonsResponseMessage": _button_reply("selectedButtonId"),
    "templateButtonReplyMessage": _button_reply("selectedId"),
    "listResponseMessage": _list_reply,
}
"""By the name that the content lives under."""
