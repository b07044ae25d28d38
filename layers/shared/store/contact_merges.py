"""Making one contact of two. The losing id becomes an alias in the transaction that moves record
and identities; what stands beside the record follows (see `contacts.changes`, op "merged")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from shared.contacts.merging import merged
from shared.contacts.record import MOST_IDENTITIES, ContactRecord, TooManyError
from shared.lanes import Identity
from shared.store import keys
from shared.store.contact_items import (
    ContactChangedError,
    removed,
    rewritten,
    terms_moved,
    who_key,
)
from shared.store.contacts import Contacts
from shared.store.transactions import BusyError, Write, commit
from shared.tenancy import Tenant

_TRIES = 5


class SameContactError(Exception):
    """The two are one already."""


class ContactMerges:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb
        self._contacts = Contacts(tenant, table, dynamodb)

    def merge(
        self, kept_id: str, other_id: str, at: int, beside: Sequence[Write] = ()
    ) -> ContactRecord:
        """The record of both. Raises ContactNotFoundError, SameContactError, TooManyError or
        BusyError."""
        for _ in range(_TRIES):
            kept, other = self._contacts.get(kept_id), self._contacts.get(other_id)
            if kept.id == other.id:
                raise SameContactError(kept.id)
            try:
                return self._commit(kept, other, at, beside)
            except ContactChangedError:
                continue
        raise BusyError

    def _commit(
        self, kept: ContactRecord, other: ContactRecord, at: int, beside: Sequence[Write]
    ) -> ContactRecord:
        both = merged(kept, other)
        if len(both.identities) > MOST_IDENTITIES:
            raise TooManyError("identities")
        if other.last_seen_at is not None:
            self._contacts.touch(kept.id, other.last_seen_at)
        # Newer than either: conversations of both have copies of theirs.
        both = replace(both, revision=max(kept.revision, other.revision) + 1, updated_at=at)
        writes = [
            rewritten(self._tenant, self._table, kept, both),
            *terms_moved(self._tenant, self._table, kept, both),
            *removed(self._tenant, self._table, other),
            *(self._take_over(one, kept, other) for one in other.identities),
            self._alias(other.id, kept.id),
        ]
        commit(self._dynamodb, [*writes, *beside])
        return both

    def _take_over(self, identity: Identity, kept: ContactRecord, other: ContactRecord) -> Write:
        return Write(
            {
                "Put": {
                    "TableName": self._table,
                    "Item": {**who_key(self._tenant, identity), "contact_id": {"S": kept.id}},
                    "ConditionExpression": "contact_id = :other",
                    "ExpressionAttributeValues": {":other": {"S": other.id}},
                }
            },
            ContactChangedError(other.id),
        )

    def _alias(self, contact_id: str, leads_to: str) -> Write:
        place = keys.key(keys.beside_contact(self._tenant, contact_id), keys.ALIAS)
        item = {**place, "contact_id": {"S": leads_to}}
        return Write({"Put": {"TableName": self._table, "Item": item}})
