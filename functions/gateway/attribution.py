"""Split one webhook body into events of lanes, statuses, and what is kept for people to look at.

One body may carry many entries, changes, messages, numbers and tenants. Each change belongs to the
number in its own metadata. Nothing here raises, whatever the JSON holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

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
_BSUID = re.compile(r"[A-Z]{2}\.")
_MILLISECONDS_FROM = 10**12  # Meta's times are seconds; larger ones have been seen in milliseconds


@dataclass(slots=True)
class Split:
    """`lanes`: events by lane, in the order of the body. `statuses`: `{"channel", "status"}` with
    Meta's status object. `kept`: `{"channel", "reason", "field", "at", "body"}`."""

    lanes: list[LaneEvents] = field(default_factory=list)
    statuses: list[JsonObject] = field(default_factory=list)
    kept: list[JsonObject] = field(default_factory=list)


def split(payload: object, arrived_at: int) -> Split:
    """`payload` is the decoded body; `arrived_at` milliseconds, for what carries no time."""
    return _Splitter(arrived_at).run(payload)


class _Splitter:
    def __init__(self, arrived_at: int) -> None:
        self._arrived_at = arrived_at
        self._split = Split()
        self._events: dict[tuple[str, str], list[Event]] = {}

    def run(self, payload: object) -> Split:
        if not isinstance(payload, dict) or payload.get("object") != "whatsapp_business_account":
            self._keep(None, "unknown_object", "", payload)
            return self._split
        for entry in _objects(payload.get("entry")):
            for change in _objects(entry.get("changes")):
                self._change(entry, change)
        self._split.lanes = [
            LaneEvents(channel, contact, tuple(events))
            for (channel, contact), events in self._events.items()
        ]
        return self._split

    def _change(self, entry: JsonObject, change: JsonObject) -> None:
        name = str(change.get("field", ""))
        value = change.get("value")
        channel = _channel(value)
        if name != "messages" or not isinstance(value, dict):
            self._keep(channel, "unknown_field", name, {"waba_id": entry.get("id"), **change})
            return
        if channel is None:
            self._keep(None, "no_number", name, {"waba_id": entry.get("id"), **change})
            return
        contacts = list(_objects(value.get("contacts")))
        messages = list(_objects(value.get("messages")))
        statuses = list(_objects(value.get("statuses")))
        for message in messages:
            self._message(channel, message, contacts)
        for status in statuses:
            self._split.statuses.append({"channel": channel, "status": status})
        if value.get("errors") or not (messages or statuses):
            reason = "reported_errors" if value.get("errors") else "unknown_content"
            self._keep(channel, reason, name, change)

    def _message(self, channel: str, message: JsonObject, contacts: list[JsonObject]) -> None:
        kind = message.get("type")
        event_id = message.get("id")
        if kind not in MESSAGE_TYPES:
            self._keep(channel, "unknown_type", "messages", message)
            return
        if message.get("group_id"):
            self._keep(channel, "group_message", "messages", message)
            return
        sender = _sender(message, contacts)
        if not isinstance(event_id, str) or not event_id or sender is None:
            self._keep(channel, "no_sender_or_id", "messages", message)
            return
        contact = contact_id(channel, sender.identities[0])
        self._events.setdefault((channel, contact), []).append(
            Event(
                id=event_id,
                kind=MESSAGE,
                at=milliseconds(message.get("timestamp"), self._arrived_at),
                body=message,
                sender=sender,
            )
        )

    def _keep(self, channel: str | None, reason: str, name: str, body: object) -> None:
        self._split.kept.append(
            {
                "channel": channel,
                "reason": reason,
                "field": name,
                "at": self._arrived_at,
                "body": body if isinstance(body, dict) else {"value": body},
            }
        )


def milliseconds(timestamp: object, otherwise: int) -> int:
    """Meta's time, text or number, seconds or milliseconds, as milliseconds."""
    try:
        number = int(str(timestamp))
    except (TypeError, ValueError, OverflowError):
        return otherwise
    if number <= 0:
        return otherwise
    return number if number >= _MILLISECONDS_FROM else number * 1000


def _objects(value: object) -> Iterator[JsonObject]:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield item


def _channel(value: object) -> str | None:
    match value:
        case {"metadata": {"phone_number_id": str(channel)}} if (
            channel.isascii() and channel.isalnum()
        ):
            return channel
    return None


def _sender(message: JsonObject, contacts: list[JsonObject]) -> Sender | None:
    """Who sent it: from the message, completed from the contact that matches it by id (never by
    position)."""
    wa_id, bsuid = _ids(message.get("from"), message.get("from_user_id"))
    contact = _matching(contacts, wa_id, bsuid)
    contact_wa_id, contact_bsuid = _ids(contact.get("wa_id"), contact.get("user_id"))
    identities = _identities(wa_id or contact_wa_id, bsuid or contact_bsuid)
    if not identities:
        return None
    profile = contact.get("profile")
    profile = profile if isinstance(profile, dict) else {}
    return Sender(
        identities=identities,
        name=_text(profile.get("name")),
        username=(_text(profile.get("username")) or "").removeprefix("@") or None,
        becomes=_becomes(message.get("system")),
    )


def _matching(contacts: list[JsonObject], wa_id: str | None, bsuid: str | None) -> JsonObject:
    for contact in contacts:
        contact_wa_id, contact_bsuid = _ids(contact.get("wa_id"), contact.get("user_id"))
        if (bsuid and bsuid == contact_bsuid) or (wa_id and wa_id == contact_wa_id):
            return contact
    return {}


def _becomes(system: object) -> tuple[Identity, ...]:
    if not isinstance(system, dict):
        return ()
    wa_id, bsuid = _ids(system.get("wa_id") or system.get("new_wa_id"), system.get("user_id"))
    return _identities(wa_id, bsuid)


def _ids(phone: object, user_id: object) -> tuple[str | None, str | None]:
    """A phone number without "+", and a business-scoped id, which some webhooks put in the phone's
    place."""
    wa_id, bsuid = _text(phone), _text(user_id)
    if wa_id and _BSUID.match(wa_id):
        wa_id, bsuid = None, bsuid or wa_id
    return (wa_id.removeprefix("+") if wa_id else None), bsuid


def _identities(wa_id: str | None, bsuid: str | None) -> tuple[Identity, ...]:
    pairs = (("bsuid", bsuid), ("wa_id", wa_id))
    return tuple(Identity(kind, value) for kind, value in pairs if value)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
