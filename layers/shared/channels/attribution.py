"""What one webhook body holds: messages by lane, statuses, and what nobody understands.

One body may carry many entries, changes, messages, numbers and tenants. Each change belongs to the
number in its own metadata. Nothing here raises, whatever the JSON holds.

`find` is on the webhook's hot path and only addresses things; `Event` objects are built behind the
queue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from shared.events import MESSAGE, Event, LaneEvents, Sender
from shared.json_types import JsonObject
from shared.lanes import Identity, contact_id

MESSAGE_TYPES = frozenset(
    {
        "audio",
        "button",
        "contacts",
        "document",
        "edit",
        "image",
        "interactive",
        "location",
        "order",
        "reaction",
        "request_welcome",
        "revoke",
        "sticker",
        "system",
        "text",
        "unknown",  # how older webhooks spell "unsupported"
        "unsupported",
        "video",
    }
)
MAX_NUMBER_ID = 64  # characters; a lane's name holds it
_BSUID = re.compile(r"[A-Z]{2}\.")
_MILLISECONDS_FROM = 10**12  # Meta's times are seconds; larger ones have been seen in milliseconds
_NOT_A_TIME_FROM = 10**14  # milliseconds in the year 5138; DynamoDB has no numbers of any length


class AddressedMessage(NamedTuple):
    """A message with its lane, and the contacts of its change, among which its sender's is."""

    channel: str
    contact: str
    message: JsonObject
    contacts: object


AddressedStatus: TypeAlias = tuple[str, JsonObject]
"""Channel, and Meta's status object."""


class NotUnderstood(NamedTuple):
    """`channel` is None where not even the number is known; `reason` a short name."""

    channel: str | None
    reason: str
    field: str
    body: JsonObject


@dataclass(slots=True)
class Found:
    messages: list[AddressedMessage] = field(default_factory=list)
    statuses: list[AddressedStatus] = field(default_factory=list)
    kept: list[NotUnderstood] = field(default_factory=list)


def find(payload: object) -> Found:
    """Address everything in a decoded body."""
    found = Found()
    if not isinstance(payload, dict) or payload.get("object") != "whatsapp_business_account":
        body = payload if isinstance(payload, dict) else {"value": payload}
        found.kept.append(NotUnderstood(None, "unknown_object", "", body))
        return found
    for entry in _list(payload.get("entry")):
        for change in _list(entry.get("changes") if isinstance(entry, dict) else None):
            if isinstance(change, dict):
                _find_in_change(found, entry, change)
    if not (found.messages or found.statuses or found.kept):
        found.kept.append(NotUnderstood(None, "nothing_inside", "", payload))
    return found


def lanes(messages: list[AddressedMessage], arrived_at: int) -> list[LaneEvents]:
    """Events by lane, in the order of the body. `arrived_at` (milliseconds) stands in for a time
    that a message does not carry."""
    events: dict[tuple[str, str], list[Event]] = {}
    for found in messages:
        event = _event(found, arrived_at)
        events.setdefault((found.channel, found.contact), []).append(event)
    return [
        LaneEvents(channel, contact, tuple(in_order))
        for (channel, contact), in_order in events.items()
    ]


def milliseconds(timestamp: object, otherwise: int) -> int:
    """Meta's time, text or number, seconds or milliseconds, as milliseconds."""
    try:
        number = int(str(timestamp))
    except ValueError:
        return otherwise
    if not 0 < number < _NOT_A_TIME_FROM:
        return otherwise
    return number if number >= _MILLISECONDS_FROM else number * 1000


def _find_in_change(found: Found, entry: JsonObject, change: JsonObject) -> None:
    name = change.get("field")
    value = change.get("value")
    channel = _channel(value)
    if name != "messages" or not isinstance(value, dict) or channel is None:
        reason = "no_number" if name == "messages" else "unknown_field"
        body = {"waba_id": entry.get("id"), **change}
        found.kept.append(NotUnderstood(channel, reason, str(name), body))
        return
    readable = _find_messages(found, channel, value) & _find_statuses(found, channel, value)
    if "errors" in value:
        found.kept.append(NotUnderstood(channel, "reported_errors", "messages", change))
    elif not readable or not (value.get("messages") or value.get("statuses")):
        found.kept.append(NotUnderstood(channel, "unknown_content", "messages", change))


def _find_messages(found: Found, channel: str, value: JsonObject) -> bool:
    """Whether the messages of a value, if it has any, are objects in a list."""
    messages = value.get("messages")
    contacts = value.get("contacts")
    objects = True
    for message in _list(messages):
        if isinstance(message, dict):
            _address(found, channel, message, contacts)
        else:
            objects = False
    return objects and (messages is None or isinstance(messages, list))


def _find_statuses(found: Found, channel: str, value: JsonObject) -> bool:
    """Whether the statuses of a value, if it has any, are objects in a list."""
    statuses = value.get("statuses")
    if statuses is None:
        return True
    objects = [(channel, status) for status in _list(statuses) if isinstance(status, dict)]
    found.statuses += objects
    return isinstance(statuses, list) and len(objects) == len(statuses)


def _address(found: Found, channel: str, message: JsonObject, contacts: object) -> None:
    kind = message.get("type")
    event_id = _id(message.get("id"))
    if not isinstance(kind, str) or kind not in MESSAGE_TYPES:
        found.kept.append(NotUnderstood(channel, "unknown_type", "messages", message))
        return
    if "group_id" in message:
        found.kept.append(NotUnderstood(channel, "group_message", "messages", message))
        return
    wa_id, bsuid = _sender_ids(message, contacts)
    if not event_id or not (bsuid or wa_id):
        found.kept.append(NotUnderstood(channel, "no_sender_or_id", "messages", message))
        return
    strongest = ("bsuid", bsuid) if bsuid else ("wa_id", wa_id or "")
    contact = contact_id(channel, *strongest)
    found.messages.append(AddressedMessage(channel, contact, message, contacts))


def _event(found: AddressedMessage, arrived_at: int) -> Event:
    message = found.message
    profile = _matching(found.contacts, *_ids(message.get("from"), message.get("from_user_id")))
    profile = profile.get("profile", {}) if isinstance(profile.get("profile"), dict) else {}
    username = (_text(profile.get("username")) or "").removeprefix("@")
    return Event(
        id=message["id"],
        kind=MESSAGE,
        at=milliseconds(message.get("timestamp"), arrived_at),
        body=message,
        sender=Sender(
            identities=_identities(*_sender_ids(message, found.contacts)),
            name=_text(profile.get("name")),
            username=username or None,
            becomes=_becomes(message.get("system")),
        ),
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _channel(value: object) -> str | None:
    metadata = value.get("metadata") if isinstance(value, dict) else None
    channel = metadata.get("phone_number_id") if isinstance(metadata, dict) else None
    if not isinstance(channel, str) or len(channel) > MAX_NUMBER_ID:
        return None
    return channel if channel.isascii() and channel.isalnum() else None


def _sender_ids(message: JsonObject, contacts: object) -> tuple[str | None, str | None]:
    """Number and business-scoped id of who sent it: from the message, completed from the contact
    that matches it by id (never by position)."""
    wa_id, bsuid = _ids(message.get("from"), message.get("from_user_id"))
    if wa_id and bsuid:
        return wa_id, bsuid
    contact = _matching(contacts, wa_id, bsuid)
    contact_wa_id, contact_bsuid = _ids(contact.get("wa_id"), contact.get("user_id"))
    return wa_id or contact_wa_id, bsuid or contact_bsuid


def _matching(contacts: object, wa_id: str | None, bsuid: str | None) -> JsonObject:
    for contact in _list(contacts):
        if not isinstance(contact, dict):
            continue
        contact_wa_id, contact_bsuid = _ids(contact.get("wa_id"), contact.get("user_id"))
        if (bsuid and bsuid == contact_bsuid) or (wa_id and wa_id == contact_wa_id):
            return contact
    return {}


def _becomes(system: object) -> tuple[Identity, ...]:
    if not isinstance(system, dict):
        return ()
    return _identities(*_ids(system.get("wa_id") or system.get("new_wa_id"), system.get("user_id")))


def _ids(phone: object, user_id: object) -> tuple[str | None, str | None]:
    """A phone number without "+", and a business-scoped id, which some webhooks put in the phone's
    place."""
    wa_id, bsuid = _id(phone), _id(user_id)
    if wa_id is None or wa_id.isdigit():
        return wa_id, bsuid
    if _BSUID.match(wa_id):
        return None, bsuid or wa_id
    return wa_id.removeprefix("+") or None, bsuid


def _identities(wa_id: str | None, bsuid: str | None) -> tuple[Identity, ...]:
    pairs = (("bsuid", bsuid), ("wa_id", wa_id))
    return tuple(Identity(kind, value) for kind, value in pairs if value)


def _id(value: object) -> str | None:
    """Meta's ids are ASCII; other text may be half of a surrogate pair, which has no bytes."""
    return value if isinstance(value, str) and value and value.isascii() else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
