"""Contacts: records, what leads to them, and what stands beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Final

from account.stores.place import Person, Place
from account.stores.told import Told
from shared.contacts.ids import SHARDS
from shared.contacts.record import ContactRecord, to_json
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store import keys
from shared.store.contact_fields import ContactFields
from shared.store.contact_items import ContactChangedError, record_of, removed, who_key
from shared.store.contacts import ContactNotFoundError, Contacts
from shared.store.partitions import items, remove_partition
from shared.store.transactions import BusyError, commit
from shared.tenancy import Tenant

_TRIES: Final = 6
_OURS: Final = frozenset({"effects", "forgotten_until"})  # of a record's JSON


def person_of(tenant: Tenant, record: ContactRecord) -> Person:
    """By what all stores know the contact."""
    places = (place.partition(".") for place in record.conversations)
    lanes = tuple((channel, lane) for channel, _, lane in places)
    return Person(tenant, record.id, record.identities, lanes, record.former)


def forget(place: Place, person: Person, *, again: bool) -> int:
    del again
    tenant, table = person.tenant, place.names.contacts_table
    beside = keys.beside_contact(tenant, person.contact_id)
    return (
        remove_partition(place.dynamodb, table, beside)
        + sum(_forget_identity(place, person, one) for one in person.identities)
        + _forget_record(place, person)
    )


def _forget_record(place: Place, person: Person) -> int:
    tenant, table = person.tenant, place.names.contacts_table
    for _ in range(_TRIES):
        try:
            record = Contacts(tenant, table, place.dynamodb).get(person.contact_id)
        except ContactNotFoundError:
            return 0
        # What it is known by since it was asked for goes too.
        for identity in record.identities:
            _forget_identity(place, person, identity)
        try:
            commit(place.dynamodb, removed(tenant, table, record))
        except ContactChangedError:
            continue
        return 1
    raise BusyError


def _forget_identity(place: Place, person: Person, identity: Identity) -> int:
    """Unless it is another's by now."""
    try:
        place.dynamodb.delete_item(
            TableName=place.names.contacts_table,
            Key=who_key(person.tenant, identity),
            ConditionExpression="contact_id = :id",
            ExpressionAttributeValues={":id": {"S": person.contact_id}},
        )
    except place.dynamodb.exceptions.ConditionalCheckFailedException:
        return 0
    return 1


def tell(place: Place, person: Person) -> Iterator[Told]:
    contacts = Contacts(person.tenant, place.names.contacts_table, place.dynamodb)
    with suppress(ContactNotFoundError):
        yield from _told(place, person.tenant, contacts.get(person.contact_id))


def tell_all(place: Place, tenant: Tenant) -> Iterator[Told]:
    table = place.names.contacts_table
    for shard in range(SHARDS):
        for item in items(place.dynamodb, table, keys.contacts(tenant, shard), keys.CONTACT):
            yield from _told(place, tenant, record_of(item))
    for field in ContactFields(tenant, table, place.dynamodb).all().values():
        yield "contact_fields", asdict(field)
    for item in items(place.dynamodb, table, keys.segments(tenant)):
        filter_ = json.loads(item["filter"]["S"])
        yield "segments", {"id": item["sk"]["S"], "name": item["name"]["S"], "filter": filter_}
    for item in items(place.dynamodb, table, keys.contact_tags(tenant)):
        yield "contact_tags", {"tag": item["sk"]["S"]}


def _told(place: Place, tenant: Tenant, record: ContactRecord) -> Iterator[Told]:
    known = {name: value for name, value in to_json(record).items() if name not in _OURS}
    yield "contacts", {"id": record.id, "last_seen_at": record.last_seen_at, **known}
    beside = keys.beside_contact(tenant, record.id)
    for item in items(place.dynamodb, place.names.contacts_table, beside):
        kind, _, name = item["sk"]["S"].partition("#")
        if kind == "NOTE":
            yield "notes", {"contact": record.id, **_plain(item)}
        elif kind == "OPT":
            yield "opt_ins", {"contact": record.id, "at_and_kind": name, **_plain(item)}


def _plain(item: JsonObject) -> JsonObject:
    return {
        name: next(iter(value.values())) for name, value in item.items() if name not in ("pk", "sk")
    }
