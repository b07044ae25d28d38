"""The items that a contact is made of, and the writes between two states of its record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from shared.contacts.ids import shard
from shared.contacts.record import ContactRecord, from_json, text_of, to_json
from shared.contacts.search import terms_of
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store import keys
from shared.store.transactions import Write
from shared.tenancy import Tenant


class ContactChangedError(Exception):
    """The record is no longer as it was read."""


class IdentityTakenError(Exception):
    """Another contact is known by this number or id."""

    def __init__(self, identity: Identity) -> None:
        super().__init__(identity.kind)
        self.identity = identity


def record_key(tenant: Tenant, contact_id: str) -> JsonObject:
    return keys.key(keys.contacts(tenant, shard(contact_id)), keys.contact(contact_id))


def who_key(tenant: Tenant, identity: Identity) -> JsonObject:
    return keys.key(keys.who(tenant, identity.kind, shard(identity.value)), identity.value)


def record_of(item: JsonObject) -> ContactRecord:
    return from_json(
        item["sk"]["S"].removeprefix(keys.CONTACT),
        int(item["revision"]["N"]),
        _seen_at(item),
        json.loads(item["body"]["S"]),
    )


TRAITS: Final = "body, seen_at"


def traits_of(item: JsonObject) -> ContactRecord:
    """Of an item's TRAITS alone: what a filter asks about, without id and revision. An answer is
    taken apart attribute by attribute, which is half of what looking at very many costs."""
    return from_json("", 0, _seen_at(item), json.loads(item["body"]["S"]))


def record_item(tenant: Tenant, record: ContactRecord) -> JsonObject:
    item = {
        **record_key(tenant, record.id),
        "revision": {"N": str(record.revision)},
        "body": {"S": _body(record)},
    }
    if record.last_seen_at is not None:
        item["seen_at"] = {"N": str(record.last_seen_at)}
    return item


def term_items(tenant: Tenant, record: ContactRecord) -> list[JsonObject]:
    pk = keys.contacts(tenant, shard(record.id))
    return [keys.key(pk, keys.term(term, record.id)) for term in sorted(terms_of(record))]


def created(tenant: Tenant, table: str, record: ContactRecord) -> list[Write]:
    """Raises, when committed, IdentityTakenError or ContactChangedError."""
    return [
        Write(
            {
                "Put": {
                    "TableName": table,
                    "Item": record_item(tenant, record),
                    "ConditionExpression": "attribute_not_exists(pk)",
                }
            },
            ContactChangedError(record.id),
        ),
        *(claimed(tenant, table, one, record.id) for one in record.identities),
        *(Write({"Put": {"TableName": table, "Item": one}}) for one in term_items(tenant, record)),
    ]


def updated(tenant: Tenant, table: str, before: ContactRecord, after: ContactRecord) -> list[Write]:
    """From one revision to the next, as `created`."""
    return [
        rewritten(tenant, table, before, after),
        *_identities_moved(tenant, table, before, after),
        *terms_moved(tenant, table, before, after),
    ]


def rewritten(tenant: Tenant, table: str, before: ContactRecord, after: ContactRecord) -> Write:
    """The record alone. When the person was seen last is left as it is."""
    return Write(
        {
            "Update": {
                "TableName": table,
                "Key": record_key(tenant, after.id),
                "UpdateExpression": "SET revision = :after, body = :body",
                "ConditionExpression": "revision = :before",
                "ExpressionAttributeValues": {
                    ":before": {"N": str(before.revision)},
                    ":after": {"N": str(after.revision)},
                    ":body": {"S": _body(after)},
                },
            }
        },
        ContactChangedError(after.id),
    )


def removed(tenant: Tenant, table: str, record: ContactRecord) -> list[Write]:
    """The record and its terms. Its identities are another's from now on, or go separately."""
    return [
        Write(
            {
                "Delete": {
                    "TableName": table,
                    "Key": record_key(tenant, record.id),
                    "ConditionExpression": "revision = :before",
                    "ExpressionAttributeValues": {":before": {"N": str(record.revision)}},
                }
            },
            ContactChangedError(record.id),
        ),
        *(
            Write({"Delete": {"TableName": table, "Key": key}})
            for key in term_items(tenant, record)
        ),
    ]


def next_revision(before: ContactRecord, after: ContactRecord, at: int) -> ContactRecord:
    return replace(after, revision=before.revision + 1, updated_at=at)


def claimed(tenant: Tenant, table: str, identity: Identity, contact_id: str) -> Write:
    """Makes the identity lead to a contact, unless it leads to another."""
    return Write(
        {
            "Put": {
                "TableName": table,
                "Item": {**who_key(tenant, identity), "contact_id": {"S": contact_id}},
                "ConditionExpression": "attribute_not_exists(pk) OR contact_id = :id",
                "ExpressionAttributeValues": {":id": {"S": contact_id}},
            }
        },
        IdentityTakenError(identity),
    )


def terms_moved(
    tenant: Tenant, table: str, before: ContactRecord, after: ContactRecord
) -> Iterator[Write]:
    pk = keys.contacts(tenant, shard(after.id))
    old, new = terms_of(before), terms_of(after)
    for term in sorted(new - old):
        yield Write({"Put": {"TableName": table, "Item": keys.key(pk, keys.term(term, after.id))}})
    for term in sorted(old - new):
        place = {"TableName": table, "Key": keys.key(pk, keys.term(term, after.id))}
        yield Write({"Delete": place})


def _identities_moved(
    tenant: Tenant, table: str, before: ContactRecord, after: ContactRecord
) -> Iterator[Write]:
    for identity in after.identities:
        if identity not in before.identities:
            yield claimed(tenant, table, identity, after.id)
    for identity in before.identities:
        if identity not in after.identities:
            yield Write({"Delete": {"TableName": table, "Key": who_key(tenant, identity)}})


def _seen_at(item: JsonObject) -> int | None:
    return int(item["seen_at"]["N"]) if "seen_at" in item else None


def _body(record: ContactRecord) -> str:
    return text_of(to_json(record))
