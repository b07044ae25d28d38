"""The queue `Contacts`: what others want changed in contacts, in order per conversation or contact.

A conversation names its person by their identities, everybody else by the contact's id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.queues import Entry, encode
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `id` is the same however often it is handed over; `at` in milliseconds;
    `body` as in `shared.contacts.changes`."""

    id: str
    at: int
    body: JsonObject


def entry_of_conversation(
    tenant: Tenant,
    channel: str,
    conversation: str,
    identities: Sequence[Identity],
    changes: Sequence[Change],
) -> Entry:
    """Everything that a commit wants changed, as one entry: SQS may take a part of a batch, and a
    later change must not come before an earlier one. `conversation` is its contact's lane id."""
    body = {
        "v": 1,
        "tenant": tenant.id,
        "channel": channel,
        "conversation": conversation,
        "identities": [[one.kind, one.value] for one in identities],
        "changes": [[change.id, change.at, change.body] for change in changes],
    }
    return _entry(body, f"{tenant.id}#{conversation}", [change.id for change in changes])


def entry_of_contact(tenant: Tenant, contact_id: str, changes: Sequence[Change]) -> Entry:
    body = {
        "v": 1,
        "tenant": tenant.id,
        "contact": contact_id,
        "changes": [[change.id, change.at, change.body] for change in changes],
    }
    return _entry(body, f"{tenant.id}#{contact_id}", [change.id for change in changes])


def announcement(tenant: Tenant, contact_id: str, revision: int, at: int) -> Entry:
    """Sent *before* a record is written, so that no crash leaves the conversations behind."""
    body = {"op": "announce", "revision": revision}
    change = Change(f"announce:{contact_id}:{revision}:{at}", at, body)
    return entry_of_contact(tenant, contact_id, [change])


def merge_announced(tenant: Tenant, contact_id: str, into: str, at: int) -> Entry:
    """The same for a contact that is about to become another: its notes are to follow."""
    change = Change(f"merged:{contact_id}:{into}:{at}", at, {"op": "merged", "into": into})
    return entry_of_contact(tenant, contact_id, [change])


def changes_of(body: JsonObject) -> list[Change]:
    return [Change(*one) for one in body["changes"]]


def _entry(body: JsonObject, group: str, ids: Sequence[str]) -> Entry:
    dedup = hashlib.sha256("\n".join((group, *ids)).encode()).hexdigest()
    return Entry(encode(body), group, dedup)
