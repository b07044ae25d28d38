"""A conversation and its contact's record: the copy that it keeps, and what it tells. Pure."""

from __future__ import annotations

from typing import Final

from shared.conversation import Contact, Conversation
from shared.events import CONTACT_CHANGED, Event
from shared.json_types import JsonObject

_SEEN_AGAIN_MS: Final = 3_600_000


def copied(profile: JsonObject | None, event: Event) -> JsonObject | None:
    """The copy after an event. Tidings may come late: the newest revision stays."""
    if event.kind != CONTACT_CHANGED:
        return profile
    if profile is not None and profile["revision"] >= event.body["revision"]:
        return profile
    return event.body


def scope(contact: Contact, profile: JsonObject | None) -> JsonObject:
    """What flows know as `contact`. Before there is a copy, what WhatsApp tells."""
    known = profile or {
        "id": contact.id,
        "phone": f"+{contact.wa_id}" if contact.wa_id else None,
        "tags": [],
        "fields": {},
        "opt_ins": {},
        "blocked": False,
    }
    return {
        **known,
        "name": known.get("name") or contact.name or "",
        "username": known.get("username") or contact.username or "",
    }


def seen(before: Conversation, contact: Contact, event: Event) -> tuple[JsonObject, ...]:
    """The effect that tells the contacts who is here: of a new conversation, of somebody known by
    something new, and once an hour of somebody who writes."""
    if event.sender is None:
        return ()
    is_news = contact != before.contact or event.at - before.told_at >= _SEEN_AGAIN_MS
    if not is_news:
        return ()
    change = {
        "op": "seen",
        "at": event.at,
        "name": contact.name,
        "username": contact.username,
    }
    if left := _left(before.contact, contact):
        change["left"] = left
    return ({"kind": "contact", "change": change},)


def _left(before: Contact, contact: Contact) -> list[list[str]]:
    """What the person was known by until now, and no longer is."""
    known = ((kind, getattr(before, kind)) for kind in ("bsuid", "wa_id", "lid"))
    return [[kind, value] for kind, value in known if value and value != getattr(contact, kind)]
