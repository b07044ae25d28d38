"""What one webhook body holds: events by lane, statuses, account matters, and what nobody knows.

One body may carry many entries, changes, messages, numbers and tenants. Each change belongs to the
number in its own metadata; what concerns an account has none. Nothing here raises, whatever the
JSON holds. `find` is on the webhook's hot path and only addresses things; `Event` objects are built
behind the queue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from shared.channels.coexistence import find_echoes, find_history, find_standby
from shared.channels.found import AccountChange, AddressedMessage, Found
from shared.channels.persons import an_id, listed, sender_of
from shared.channels.sidelines import find_calls, find_preferences
from shared.channels.times import milliseconds
from shared.events import Event, LaneEvents
from shared.json_types import JsonObject

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
ACCOUNT_FIELDS: Final = frozenset(
    {
        "account_alerts",
        "account_review_update",
        "account_settings_update",
        "account_update",
        "automatic_events",
        "business_capability_update",
        "business_username_updates",
        "flows",
        "message_template_components_update",
        "message_template_quality_update",
        "message_template_status_update",
        "messaging_handovers",
        "partner_solutions",
        "payment_configuration_update",
        "phone_number_name_update",
        "phone_number_quality_update",
        "security",
        "smb_app_state_sync",
        "template_category_update",
        "template_correct_category_detection",
    }
)
GROUP_FIELDS: Final = frozenset(
    {
        "group_lifecycle_update",
        "group_participants_update",
        "group_settings_update",
        "group_status_update",
    }
)
BESIDE_MESSAGES: Final = frozenset({"conversation_context", "user_actions"})
"""Told with messages or without: clicks, and what another handler sums up when it hands over."""
MAX_NUMBER_ID = 64  # characters; a lane's name holds it

Finder: TypeAlias = Callable[[Found, str, JsonObject], bool]
"""Finds what a value of a channel holds; answers whether it understood all of it."""


def find(payload: object) -> Found:
    """Address everything in a decoded body."""
    found = Found()
    if not isinstance(payload, dict) or payload.get("object") != "whatsapp_business_account":
        body = payload if isinstance(payload, dict) else {"value": payload}
        found.keep(None, "unknown_object", "", body)
        return found
    for entry in listed(payload.get("entry")):
        for change in listed(entry.get("changes") if isinstance(entry, dict) else None):
            if isinstance(change, dict):
                _find_in_change(found, entry, change)
    if not (found.messages or found.statuses or found.account or found.kept):
        found.keep(None, "nothing_inside", "", payload)
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


def _find_in_change(found: Found, entry: JsonObject, change: JsonObject) -> None:
    name = change.get("field")
    value = change.get("value")
    if not isinstance(name, str) or not isinstance(value, dict):
        found.keep(None, "unknown_field", str(name), {"waba_id": entry.get("id"), **change})
        return
    channel = _channel(value)
    if name in ACCOUNT_FIELDS:
        found.account.append(_account_change(entry, channel, name, value))
        return
    finder = FINDERS.get(name)
    if finder is None or channel is None:
        unknown = "group_event" if name in GROUP_FIELDS else "unknown_field"
        reason = "no_number" if finder else unknown
        found.keep(channel, reason, name, {"waba_id": entry.get("id"), **change})
    elif not finder(found, channel, value):
        found.keep(channel, "unknown_content", name, change)
    elif "errors" in value:
        found.keep(channel, "reported_errors", name, change)


def _account_change(
    entry: JsonObject, channel: str | None, name: str, value: JsonObject
) -> AccountChange:
    """A partner's changes come under the id of a portfolio, and name the account inside."""
    info = value.get("waba_info")
    inside = info.get("waba_id") if isinstance(info, dict) else None
    time = entry.get("time")
    return AccountChange(
        an_id(inside) or an_id(entry.get("id")),
        channel,
        name,
        time if isinstance(time, int | str) else None,
        value,
    )


def _find_messages_and_statuses(found: Found, channel: str, value: JsonObject) -> bool:
    readable = find_messages(found, channel, value) & find_statuses(found, channel, value)
    something = value.get("messages") or value.get("statuses") or "errors" in value
    for name in BESIDE_MESSAGES & value.keys():
        seen = {"contacts": value.get("contacts"), name: value[name]}
        found.account.append(AccountChange(None, channel, name, None, seen))
        something = True
    return readable and bool(something)


def find_messages(found: Found, channel: str, value: JsonObject) -> bool:
    """Whether the messages of a value, if it has any, are objects in a list."""
    messages = value.get("messages")
    contacts = value.get("contacts")
    objects = True
    for message in listed(messages):
        if isinstance(message, dict):
            _address(found, channel, message, contacts)
        else:
            objects = False
    return objects and (messages is None or isinstance(messages, list))


def find_statuses(found: Found, channel: str, value: JsonObject) -> bool:
    """Whether the statuses of a value, if it has any, are objects in a list."""
    statuses = value.get("statuses")
    if statuses is None:
        return True
    objects = [(channel, status) for status in listed(statuses) if isinstance(status, dict)]
    found.statuses += objects
    return isinstance(statuses, list) and len(objects) == len(statuses)


FINDERS: Final[dict[str, Finder]] = {
    "messages": _find_messages_and_statuses,
    "smb_message_echoes": find_echoes,
    "history": find_history,
    "standby": find_standby,
    "calls": find_calls,
    "user_preferences": find_preferences,
}


def _address(found: Found, channel: str, message: JsonObject, contacts: object) -> None:
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in MESSAGE_TYPES:
        found.keep(channel, "unknown_type", "messages", message)
    elif message.get("group_id"):
        found.keep(channel, "group_message", "messages", message)
    else:
        user_id = message.get("from_user_id") or _previous_user_id(message)
        if not (user_id or message.get("from")):
            user_id = message.get("from_parent_user_id")  # it can be written to as well
        found.address(channel, message, contacts, phone=message.get("from"), user_id=user_id)


def _previous_user_id(message: JsonObject) -> object:
    system = message.get("system")
    return system.get("previous_user_id") if isinstance(system, dict) else None


def _event(found: AddressedMessage, arrived_at: int) -> Event:
    message = found.message
    return Event(
        id=found.event_id,
        kind=found.kind,
        at=milliseconds(message.get("timestamp"), arrived_at),
        body=message,
        sender=sender_of(found.wa_id, found.bsuid, found.contacts, message.get("system")),
    )


def _channel(value: JsonObject) -> str | None:
    metadata = value.get("metadata")
    channel = metadata.get("phone_number_id") if isinstance(metadata, dict) else None
    if not isinstance(channel, str) or len(channel) > MAX_NUMBER_ID:
        return None
    return channel if channel.isascii() and channel.isalnum() else None
