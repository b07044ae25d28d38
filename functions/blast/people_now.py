"""The contacts of recipients as they are now: the audience was frozen hours or days ago."""

from __future__ import annotations

from collections.abc import Sequence

from shared.contacts.record import ContactRecord
from shared.lanes import Identity
from shared.store.contacts import Contacts
from shared.store.recipient_items import Recipient


def records_of(contacts: Contacts, some: Sequence[Recipient]) -> dict[int, ContactRecord]:
    """By number, of one block. Whoever became a contact meanwhile, or was merged into another, is
    found by number and id: what they wish counts as well."""
    records = contacts.many([one.contact_id for one in some if one.contact_id])
    found = {one.number: records[one.contact_id] for one in some if one.contact_id in records}
    others = {one.number: _identities(one) for one in some if one.number not in found}
    ids = contacts.known_by([identity for those in others.values() for identity in those])
    records = contacts.many(ids.values())
    for number, those in others.items():
        known = next((ids[one] for one in those if ids.get(one) in records), None)
        if known is not None:
            found[number] = records[known]
    return found


def _identities(one: Recipient) -> list[Identity]:
    known = (("wa_id", one.phone), ("bsuid", one.bsuid))
    return [Identity(kind, value) for kind, value in known if value]
