"""Whom a part of a webhook is about: a number, a business-scoped id, or both. Never raises."""

from __future__ import annotations

import re
from typing import Any

from shared.events import Sender
from shared.json_types import JsonObject
from shared.lanes import Identity

_BSUID = re.compile(r"[A-Z]{2}\.")


def person_of(phone: object, user_id: object, contacts: object) -> tuple[str | None, str | None]:
    """Number and business-scoped id, completed from the contact that matches them by id (never by
    position)."""
    wa_id, bsuid = ids(phone, user_id)
    if wa_id and bsuid:
        return wa_id, bsuid
    contact = matching(contacts, wa_id, bsuid)
    contact_wa_id, contact_bsuid = ids(contact.get("wa_id"), contact.get("user_id"))
    return wa_id or contact_wa_id, bsuid or contact_bsuid


def sender_of(
    wa_id: str | None, bsuid: str | None, contacts: object, system: object = None
) -> Sender:
    """What a webhook tells of a person; `system` is the object of a system message."""
    profile = matching(contacts, wa_id, bsuid).get("profile")
    profile = profile if isinstance(profile, dict) else {}
    username = (text(profile.get("username")) or "").removeprefix("@")
    return Sender(
        identities=_identities(wa_id, bsuid),
        name=text(profile.get("name")),
        username=username or None,
        becomes=_becomes(system),
    )


def matching(contacts: object, wa_id: str | None, bsuid: str | None) -> JsonObject:
    for contact in listed(contacts):
        if not isinstance(contact, dict):
            continue
        contact_wa_id, contact_bsuid = ids(contact.get("wa_id"), contact.get("user_id"))
        if (bsuid and bsuid == contact_bsuid) or (wa_id and wa_id == contact_wa_id):
            return contact
    return {}


def ids(phone: object, user_id: object) -> tuple[str | None, str | None]:
    """A phone number without "+", and a business-scoped id, which some webhooks put in the phone's
    place."""
    wa_id, bsuid = an_id(phone), an_id(user_id)
    if wa_id is None or wa_id.isdigit():
        return wa_id, bsuid
    if _BSUID.match(wa_id):
        return None, bsuid or wa_id
    return wa_id.removeprefix("+") or None, bsuid


def an_id(value: object) -> str | None:
    """Meta's ids are ASCII; other text may be half of a surrogate pair, which has no bytes."""
    return value if isinstance(value, str) and value and value.isascii() else None


def text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def objects(value: object) -> tuple[list[JsonObject], bool]:
    """The objects of a list, and whether there is nothing else: absent is nothing."""
    found = [one for one in listed(value) if isinstance(one, dict)]
    return found, value is None or (isinstance(value, list) and len(found) == len(value))


def _becomes(system: object) -> tuple[Identity, ...]:
    if not isinstance(system, dict):
        return ()
    return _identities(*ids(system.get("wa_id") or system.get("new_wa_id"), system.get("user_id")))


def _identities(wa_id: str | None, bsuid: str | None) -> tuple[Identity, ...]:
    pairs = (("bsuid", bsuid), ("wa_id", wa_id))
    return tuple(Identity(kind, value) for kind, value in pairs if value)
