"""What the WhatsApp app on a phone tells of itself once it shares its number: whom its phone book
names, and how far its history has come."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from gateway.attention import Attention
from shared.channels.inbound.account import AppContact, AppContacts, HistorySync
from shared.contacts.record import ContactRecord
from shared.lanes import Identity
from shared.observability import count
from shared.store.channels import Channel
from shared.store.contact_items import IdentityTakenError
from shared.store.contacts import Contacts
from shared.tenancy import Tenant

DECLINED: Final = "declined"
_REMOVED: Final = "remove"
_LONGEST_NAME: Final = 200
_DIGITS: Final = re.compile(r"[1-9][0-9]{6,14}")


def apply_history(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: HistorySync, at: int
) -> bool:
    """Kept as percent, or DECLINED where the business shares none."""
    told = DECLINED if event.error is not None else str(event.progress or 0)
    for channel in channels:
        attention.channels(tenant).set_health(channel.id, at=at, history=told)
    return bool(channels)


def apply_app_contacts(contacts: Contacts, event: AppContacts, at: int) -> None:
    """Who is in the phone book becomes a contact, and gets its name there unless people have given
    another. Who is taken out of it stays: what was said here is no part of that book."""
    for one in event.changes:
        identities = _identities(one)
        if identities and one.action.lower() != _REMOVED:
            _keep(contacts, identities, (one.full_name or one.first_name)[:_LONGEST_NAME], at)


def _keep(contacts: Contacts, identities: tuple[Identity, ...], name: str, at: int) -> None:
    known = contacts.known_by(identities)
    for id_ in set(known.values()):
        contacts.change(id_, lambda record: replace(record, name=record.name or name or None), at)
    if known:
        return
    phone = next((f"+{one.value}" for one in identities if one.kind == "wa_id"), None)
    record = ContactRecord("", name=name or None, phone=phone, identities=identities)
    try:
        contacts.create(record, at)
        count("AppContactsMade")
    except IdentityTakenError:
        return  # they have written at this very moment


def _identities(one: AppContact) -> tuple[Identity, ...]:
    digits = _DIGITS.fullmatch("".join(sign for sign in one.phone if sign.isdigit()))
    return (
        *((Identity("wa_id", digits[0]),) if digits else ()),
        *((Identity("bsuid", one.user_id),) if one.user_id else ()),
    )
