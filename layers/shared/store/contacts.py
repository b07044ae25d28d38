"""The contacts of a workspace. A record, the identities that lead to it and the terms it is found
by change together; a write is conditional on the revision that was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from shared.contacts.ids import contact_id_at
from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store import keys
from shared.store.contact_items import (
    ContactChangedError,
    created,
    next_revision,
    record_key,
    record_of,
    updated,
    who_key,
)
from shared.store.transactions import BusyError, Write, commit
from shared.tenancy import Tenant

_TRIES: Final = 6
_MOST_KEYS: Final = 100  # of one BatchGetItem


class ContactNotFoundError(Exception):
    """There is no such contact, nor was there one that is merged into another."""


class Contacts:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def get(self, contact_id: str) -> ContactRecord:
        """Of a merged one, what it was merged into. Raises ContactNotFoundError."""
        for _ in range(_TRIES):
            item = self._item(record_key(self._tenant, contact_id))
            if item is not None:
                return record_of(item)
            alias = self._item(keys.key(keys.beside_contact(self._tenant, contact_id), keys.ALIAS))
            if alias is None:
                break
            contact_id = alias["contact_id"]["S"]
        raise ContactNotFoundError(contact_id)

    def known_by(self, identities: Sequence[Identity]) -> dict[Identity, str]:
        """The ids of the contacts that these identities lead to; unknown ones are left out."""
        wanted = list(dict.fromkeys(identities))
        found = {
            (item["pk"]["S"], item["sk"]["S"]): str(item["contact_id"]["S"])
            for item in self._batch([who_key(self._tenant, one) for one in wanted])
        }
        places = {one: who_key(self._tenant, one) for one in wanted}
        return {
            one: found[place]
            for one, key in places.items()
            if (place := (key["pk"]["S"], key["sk"]["S"])) in found
        }

    def many(self, contact_ids: Iterable[str]) -> dict[str, ContactRecord]:
        """By id; those that are not there (or merged) are left out."""
        items = self._batch([record_key(self._tenant, one) for one in dict.fromkeys(contact_ids)])
        return {record.id: record for record in map(record_of, items)}

    def create(self, record: ContactRecord, at: int, beside: Sequence[Write] = ()) -> ContactRecord:
        """Store a new one, which gets its id here when it has none. `beside` is written in the same
        transaction. Raises IdentityTakenError."""
        new = replace(
            record,
            id=record.id or contact_id_at(at),
            revision=1,
            created_at=at,
            updated_at=at,
        )
        commit(self._dynamodb, [*created(self._tenant, self._table, new), *beside])
        self.remember_tags(new.tags)
        return new

    def update(
        self, before: ContactRecord, after: ContactRecord, at: int, beside: Sequence[Write] = ()
    ) -> ContactRecord:
        """Write what was made of a record that was read; nothing when nothing was. Raises
        ContactChangedError or IdentityTakenError."""
        if after == before and not beside:
            return before
        after = next_revision(before, after, at)
        self.remember_tags([tag for tag in after.tags if tag not in before.tags])
        commit(self._dynamodb, [*updated(self._tenant, self._table, before, after), *beside])
        return after

    def change(
        self,
        contact_id: str,
        make: Callable[[ContactRecord], ContactRecord],
        at: int,
        beside: Callable[[ContactRecord, ContactRecord], Sequence[Write]] = lambda *_: (),
    ) -> ContactRecord:
        """Read, make, write; again when somebody else wrote meanwhile. `make` may be asked more
        than once. Raises ContactNotFoundError, BusyError, IdentityTakenError."""
        for _ in range(_TRIES):
            before = self.get(contact_id)
            after = make(before)
            if after == before:
                return before
            try:
                return self.update(before, after, at, beside(before, after))
            except ContactChangedError:
                continue
        raise BusyError

    def touch(self, contact_id: str, at: int) -> None:
        """The person was seen. No new revision: whoever edits the record need not know."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=record_key(self._tenant, contact_id),
                UpdateExpression="SET seen_at = :at",
                ConditionExpression="attribute_exists(pk)"
                " AND (attribute_not_exists(seen_at) OR seen_at < :at)",
                ExpressionAttributeValues={":at": {"N": str(at)}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def remember_tags(self, tags: Iterable[str]) -> None:
        """Keep them among the workspace's tags. Beside the record's own write, because everybody
        who uses a tag would wait for everybody else's transaction."""
        for tag in tags:
            item = keys.key(keys.contact_tags(self._tenant), tag)
            self._dynamodb.put_item(TableName=self._table, Item=item)

    def _item(self, key: JsonObject) -> JsonObject | None:
        answer = self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        found: JsonObject | None = answer.get("Item")
        return found

    def _batch(self, wanted: Sequence[JsonObject]) -> list[JsonObject]:
        items: list[JsonObject] = []
        for start in range(0, len(wanted), _MOST_KEYS):
            asked: Any = {
                self._table: {
                    "Keys": list(wanted[start : start + _MOST_KEYS]),
                    "ConsistentRead": True,
                }
            }
            for _ in range(_TRIES):
                answer = self._dynamodb.batch_get_item(RequestItems=asked)
                items += answer["Responses"].get(self._table, [])
                asked = answer.get("UnprocessedKeys")
                if not asked:
                    break
            else:
                raise BusyError
        return items
