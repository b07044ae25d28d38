"""What the WhatsApp Business app on a phone adds to a number: echoes, history, and standing by."""

from __future__ import annotations

from typing import Any

from shared.channels.found import AccountChange, Found
from shared.channels.persons import listed, objects
from shared.events import ECHO, HISTORY, HISTORY_ECHO, STANDBY
from shared.json_types import JsonObject

_KEPT_BESIDE = ("metadata", "errors")


def find_echoes(found: Found, channel: str, value: JsonObject) -> bool:
    """What somebody typed on the phone; it goes to the lane of whom it was written to."""
    return _address_all(
        found,
        channel,
        value.get("message_echoes"),
        value.get("contacts"),
        kind=ECHO,
        field_name="smb_message_echoes",
    )


def find_standby(found: Found, channel: str, value: JsonObject) -> bool:
    """What another handler of the number reads and writes; seen in one of two places."""
    inner = value.get("standby")
    seen = inner if isinstance(inner, dict) else value
    statuses = [one for one in listed(seen.get("statuses")) if isinstance(one, dict)]
    found.statuses += [(channel, status) for status in statuses]
    understood = bool(statuses)
    for kind, name in ((STANDBY, "messages"), (ECHO, "message_echoes")):
        understood |= _address_all(
            found, channel, seen.get(name), seen.get("contacts"), kind=kind, field_name="standby"
        )
    return understood


def find_history(found: Found, channel: str, value: JsonObject) -> bool:
    """What was written before the number was connected, in chunks; its media come afterwards and
    take the place of what was left out."""
    understood = False
    for chunk in listed(value.get("history")):
        if not isinstance(chunk, dict):
            continue
        beside = {name: chunk[name] for name in _KEPT_BESIDE if name in chunk}
        found.account.append(AccountChange(None, channel, "history", None, beside))
        understood = True
        for thread in listed(chunk.get("threads")):
            if isinstance(thread, dict):
                _find_thread(found, channel, thread, _own_number(value))
    for kind, name in ((HISTORY, "messages"), (HISTORY_ECHO, "message_echoes")):
        media = [_late_media(one) for one in listed(value.get(name)) if isinstance(one, dict)]
        understood |= _address_all(
            found, channel, media, value.get("contacts"), kind=kind, field_name="history"
        )
    return understood


def _find_thread(found: Found, channel: str, thread: JsonObject, own: str) -> None:
    context = thread.get("context")
    known = context if isinstance(context, dict) else {}
    phone, user_id = known.get("wa_id") or thread.get("id"), known.get("user_id")
    profile = {"username": known.get("username")}
    contacts = [{"wa_id": phone, "user_id": user_id, "profile": profile}]
    for message in listed(thread.get("messages")):
        if isinstance(message, dict):
            ours = "to" in message or "to_user_id" in message or _digits(message.get("from")) == own
            found.address(
                channel,
                message,
                contacts,
                phone=phone,
                user_id=user_id,
                kind=HISTORY_ECHO if ours else HISTORY,
                field_name="history",
            )


def _address_all(
    found: Found, channel: str, messages: Any, contacts: object, *, kind: str, field_name: str
) -> bool:
    """Whether there was a list of objects alone. The other side of an echo is whom it is to."""
    side = "to" if kind in (ECHO, HISTORY_ECHO) else "from"
    found_here, is_whole = objects(messages)
    for message in found_here:
        if message.get("group_id"):
            found.keep(channel, "group_message", field_name, message)
            continue
        found.address(
            channel,
            message,
            contacts,
            phone=message.get(side),
            user_id=message.get(f"{side}_user_id"),
            kind=kind,
            field_name=field_name,
        )
    return bool(found_here) and is_whole


def _late_media(message: JsonObject) -> JsonObject:
    """An edit of the placeholder that has the same id."""
    kind = str(message.get("type"))
    beside = ("from", "from_user_id", "to", "to_user_id", "timestamp", "history_context")
    return {
        **{name: message[name] for name in beside if name in message},
        "id": f"{message.get('id')}:media",
        "type": "edit",
        "edit": {
            "original_message_id": message.get("id"),
            "message": {"type": kind, kind: message.get(kind)},
        },
    }


def _own_number(value: JsonObject) -> str:
    metadata = value.get("metadata")
    return _digits(metadata.get("display_phone_number") if isinstance(metadata, dict) else None)


def _digits(phone: object) -> str:
    return "".join(char for char in str(phone or "-") if char.isdigit()) or "-"
