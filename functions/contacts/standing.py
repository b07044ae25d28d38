"""What a contact agreed to, whether they are blocked, and making one of two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from contacts import place
from contacts.app import api, told
from contacts.shapes import FullContact, Merge, NewOptIn, OptInLine, OptInPage, shown
from shared.api import Cursor, Limit
from shared.aws import client
from shared.clock import now_ms
from shared.contacts.changes import changed
from shared.contacts.handing_over import merge_announced
from shared.contacts.record import ContactRecord
from shared.permissions import Permission
from shared.queues import send_all
from shared.store.contact_sides import Opted
from shared.store.transactions import Write


@api.endpoint("GET", "/v1/contacts/{contact_id}/opt-ins", permission=Permission.READ_CONTACTS)
def list_opt_ins(contact_id: str, limit: Limit = 50, cursor: Cursor = None) -> OptInPage:
    """List what a contact agreed to over time, newest first."""
    tenant = api.caller.workspace
    record = place.contacts(tenant).get(contact_id)
    found, next_cursor = place.sides(tenant, record.id).opt_history(limit, cursor)
    items = [
        OptInLine(kind=one.kind, state=one.state, source=one.source, at=one.at) for one in found
    ]
    return OptInPage(items=items, next_cursor=next_cursor)


@api.endpoint("POST", "/v1/contacts/{contact_id}/opt-ins", permission=Permission.EDIT_CONTACTS)
def record_opt_in(contact_id: str, body: NewOptIn) -> FullContact:
    """Record that a contact agreed to a kind of message, or took that back."""
    tenant, now = api.caller.workspace, now_ms()
    change = {"op": "opt", "kind": body.kind, "state": body.state, "source": body.source}

    def beside(record: ContactRecord) -> list[Write]:
        line = Opted(body.kind, body.state, body.source, now)
        entry = told("contact.opted", record.id, now, kind=body.kind, state=body.state)
        return [place.sides(tenant, record.id).opted(line), entry]

    return _change(contact_id, now, lambda record: changed(record, change, now), beside)


@api.endpoint("POST", "/v1/contacts/{contact_id}/block", permission=Permission.EDIT_CONTACTS)
def block_contact(contact_id: str) -> FullContact:
    """Block a contact: flows do not answer them, and nothing is sent to them."""
    return _set_blocked(contact_id, "contact.blocked", blocked=True)


@api.endpoint("POST", "/v1/contacts/{contact_id}/unblock", permission=Permission.EDIT_CONTACTS)
def unblock_contact(contact_id: str) -> FullContact:
    """Unblock a contact."""
    return _set_blocked(contact_id, "contact.unblocked", blocked=False)


@api.endpoint("POST", "/v1/contacts/{contact_id}/merge", permission=Permission.EDIT_CONTACTS)
def merge_contact(contact_id: str, body: Merge) -> FullContact:
    """Make one contact of two. What only the other knew is added to this one, and the other's id
    leads here from now on."""
    tenant, now = api.caller.workspace, now_ms()
    contacts = place.contacts(tenant)
    kept, other = contacts.get(contact_id), contacts.get(body.other_id)
    if kept.id != other.id:
        # Asked for before the write, so that no crash leaves notes or conversations behind.
        entry = merge_announced(tenant, other.id, kept.id, now)
        send_all(client("sqs"), place.settings().contacts_queue_url, [entry])
    entry_told = told("contact.merged", kept.id, now, other=other.id)
    both = place.merges(tenant).merge(kept.id, other.id, now, [entry_told])
    api.tell_revision(both.revision)
    return shown(both)


def _set_blocked(contact_id: str, action: str, *, blocked: bool) -> FullContact:
    now = now_ms()
    return _change(
        contact_id,
        now,
        lambda record: replace(record, blocked=blocked),
        lambda record: [told(action, record.id, now)],
    )


def _change(
    contact_id: str,
    now: int,
    make: Callable[[ContactRecord], ContactRecord],
    beside: Callable[[ContactRecord], Sequence[Write]],
) -> FullContact:
    tenant = api.caller.workspace

    def make_and_announce(before: ContactRecord) -> ContactRecord:
        after = make(before)
        if after != before:
            place.announce(tenant, before, now)
        return after

    record = place.contacts(tenant).change(
        contact_id, make_and_announce, now, lambda before, _: beside(before)
    )
    api.tell_revision(record.revision)
    return shown(record)
