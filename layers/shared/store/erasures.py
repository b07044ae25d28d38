"""Contacts that are to be forgotten. A request is on record until everything of the person is gone
from every store; then it is gone too, and the audit log alone tells, by id."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant


class NothingToEraseError(Exception):
    """There is no such request: never made, or done with."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """`person` says by what the stores know the contact; `requested_at` in milliseconds."""

    contact_id: str
    person: JsonObject
    requested_by: Actor
    requested_at: int


class Erasures:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def request(self, erasure: Erasure) -> None:
        """Asked again, it stays as it was asked first."""
        item = {
            **self._key(erasure.contact_id),
            "person": {"S": json.dumps(erasure.person)},
            "actor_id": {"S": erasure.requested_by.id},
            "actor_name": {"S": erasure.requested_by.name},
            "requested_at": {"N": str(erasure.requested_at)},
        }
        put = {
            "TableName": self._table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        try:
            commit(
                self._dynamodb,
                [
                    Write({"Put": put}, _AskedBeforeError()),
                    self._tell(erasure, "contact.erasure_requested", erasure.requested_at),
                ],
            )
        except _AskedBeforeError:
            return

    def get(self, contact_id: str) -> Erasure:
        """Raises NothingToEraseError."""
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(contact_id), ConsistentRead=True
        ).get("Item")
        if item is None:
            raise NothingToEraseError(contact_id)
        return Erasure(
            contact_id=contact_id,
            person=json.loads(item["person"]["S"]),
            requested_by=Actor(item["actor_id"]["S"], item["actor_name"]["S"]),
            requested_at=int(item["requested_at"]["N"]),
        )

    def done(self, erasure: Erasure, at: int) -> None:
        """Done again it changes nothing."""
        gone = {
            "TableName": self._table,
            "Key": self._key(erasure.contact_id),
            "ConditionExpression": "attribute_exists(pk)",
        }
        try:
            commit(
                self._dynamodb,
                [
                    Write({"Delete": gone}, NothingToEraseError(erasure.contact_id)),
                    self._tell(erasure, "contact.erased", at),
                ],
            )
        except NothingToEraseError:
            return

    def _tell(self, erasure: Erasure, action: str, at: int) -> Write:
        change = Change(erasure.requested_by, action, erasure.contact_id, at)
        return entry(self._tenant, self._table, change)

    def _key(self, contact_id: str) -> JsonObject:
        return keys.key(self._tenant.id, keys.erasure(contact_id))


class _AskedBeforeError(Exception):
    """The request is on record."""
