"""Contacts: list and search them, make, see and change one."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from contacts import place
from contacts.app import api, told
from contacts.shapes import ChangedContact, ContactPage, Fields, FullContact, NewContact, shown
from shared.api import Cursor, Limit, ProblemError
from shared.api.problems import CHANGED_MEANWHILE, INVALID_INPUT
from shared.clock import now_ms
from shared.contacts.fields import checked
from shared.contacts.ids import contact_id_at
from shared.contacts.record import ContactRecord, FieldValue
from shared.contacts.search import asked
from shared.field_error import FieldError
from shared.permissions import Permission
from shared.phone_numbers import searched
from shared.segments.filters import Condition, Filter
from shared.segments.matching import matcher
from shared.store.contact_lists import Wanted, everybody
from shared.tenancy import Tenant

Search = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=100,
        description="How a word, an address or a number begins: as it is dialled, or with a +",
    ),
]
Tagged = Annotated[
    str | None, Query(min_length=1, max_length=60, description="Only those with this tag")
]
Meant = Annotated[
    str | None,
    Query(pattern=r"^[0-9a-z]{1,64}$", description="Only those whom this segment means"),
]
Blocked = Annotated[bool | None, Query(description="Only those who are blocked, or are not")]
Opted = Annotated[
    str | None,
    Query(
        pattern=r"^(marketing|utility|authentication):(in|out|unknown)$",
        description="Only those of this state, for example marketing:in",
    ),
]


@api.endpoint("GET", "/v1/contacts", permission=Permission.READ_CONTACTS)
def list_contacts(
    *,
    search: Search = None,
    tag: Tagged = None,
    segment_id: Meant = None,
    blocked: Blocked = None,
    opt_in: Opted = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ContactPage:
    """List contacts, the newest first; what is searched for in the order of what was found."""
    tenant = api.caller.workspace
    lists = place.lists(tenant)
    conditions = _conditions(tag, blocked, opt_in)
    wanted = _wanted(tenant, conditions, segment_id)
    if search is None:
        found, next_cursor = lists.newest(limit, cursor, wanted)
    elif beginnings := asked(searched(search, lambda: place.home(tenant))):
        found, next_cursor = lists.search(beginnings, limit, cursor, wanted)
    else:
        found, next_cursor = [], None
    return ContactPage(items=[shown(record) for record in found], next_cursor=next_cursor)


@api.endpoint("POST", "/v1/contacts", permission=Permission.EDIT_CONTACTS, status=201)
def create_contact(body: NewContact) -> FullContact:
    """Add a contact."""
    if not (body.name or body.phone or body.email):
        needed = FieldError("name", "A contact needs a name, a number or an address")
        raise ProblemError(INVALID_INPUT, errors=[needed])
    tenant, now = api.caller.workspace, now_ms()
    record = ContactRecord(
        id="",
        name=body.name,
        email=body.email,
        language=body.language,
        tags=tuple(dict.fromkeys(body.tags)),
        fields=_fields(tenant, {}, body.fields),
    ).with_phone(body.phone)
    new = replace(record, id=contact_id_at(now))
    made = place.contacts(tenant).create(new, now, [told("contact.created", new.id, now)])
    api.tell_revision(made.revision)
    return shown(made)


@api.endpoint("GET", "/v1/contacts/{contact_id}", permission=Permission.READ_CONTACTS)
def get_contact(contact_id: str) -> FullContact:
    """Get a contact. The id of one that was merged into another leads to that."""
    record = place.contacts(api.caller.workspace).get(contact_id)
    api.tell_revision(record.revision)
    return shown(record)


@api.endpoint(
    "PATCH", "/v1/contacts/{contact_id}", permission=Permission.EDIT_CONTACTS, if_match=True
)
def change_contact(contact_id: str, body: ChangedContact) -> FullContact:
    """Change a contact."""
    tenant, now = api.caller.workspace, now_ms()
    contacts = place.contacts(tenant)
    before = contacts.get(contact_id)
    if before.revision != api.revision:
        raise ProblemError(CHANGED_MEANWHILE)
    after = _changed(tenant, before, body)
    if after != before:
        place.announce(tenant, before, now)
        entry = told("contact.updated", before.id, now, changed=sorted(body.model_fields_set))
        after = contacts.update(before, after, now, [entry])
    api.tell_revision(after.revision)
    return shown(after)


def _changed(tenant: Tenant, before: ContactRecord, body: ChangedContact) -> ContactRecord:
    given = body.model_fields_set
    texts = ("name", "email", "username", "language")
    named = {name: getattr(body, name) for name in texts if name in given}
    after = replace(before, **named)
    if "phone" in given:
        after = after.with_phone(body.phone)
    if "tags" in given:
        after = replace(after, tags=tuple(dict.fromkeys(body.tags or ())))
    if body.fields is not None:
        after = replace(after, fields=_fields(tenant, dict(before.fields), body.fields))
    return after


def _fields(tenant: Tenant, known: dict[str, FieldValue], given: Fields) -> dict[str, FieldValue]:
    """Raises ProblemError that names what does not fit."""
    if not given:
        return known
    kept, errors = checked(place.fields(tenant).all(), given)
    if errors:
        raise ProblemError(INVALID_INPUT, errors=errors)
    both = {**known, **kept}
    return {key: value for key, value in both.items() if value is not None}


def _conditions(tag: str | None, blocked: bool | None, opt_in: str | None) -> list[Condition]:
    conditions = []
    if tag is not None:
        conditions.append(Condition("tag", "has", tag))
    if blocked is not None:
        conditions.append(Condition("blocked", "is", blocked))
    if opt_in is not None:
        kind, _, state = opt_in.partition(":")
        conditions.append(Condition("opt_in", "is", state, kind))
    return conditions


def _wanted(tenant: Tenant, conditions: list[Condition], segment_id: str | None) -> Wanted:
    """Who is to be shown: those that all conditions and the segment mean."""
    now = now_ms()
    tests = [matcher(Filter("all", tuple(conditions)), now)] if conditions else []
    if segment_id is not None:
        tests.append(matcher(place.segments(tenant).get(segment_id).filter, now))
    if not tests:
        return everybody
    return lambda record: all(test(record) for test in tests)
