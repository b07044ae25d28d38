"""Workspaces that are to be removed, and how far the removal is. They stand together in the
directory, so that nobody has to look for them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.partitions import items
from shared.store.transactions import Write


@dataclass(frozen=True, slots=True)
class Round:
    """One look at every store, for these workspaces. `table` is the place of the table in a fixed
    order, `start` the key after which it goes on; `found` counts what was removed."""

    tenants: tuple[str, ...]
    table: int = 0
    start: JsonObject | None = None
    found: int = 0

    @classmethod
    def of(cls, tenants: Iterable[str]) -> Round:
        return cls(tuple(tenants))

    def with_found(self, removed: int) -> Round:
        return replace(self, found=self.found + removed)

    def after(self, last: JsonObject | None) -> Round:
        """Behind a page that ended with this key; None ends the table."""
        if last is not None:
            return replace(self, start=last)
        return replace(self, start=None, table=self.table + 1)


class Deletions:
    def __init__(self, table: str, dynamodb: Any) -> None:
        self._table = table
        self._dynamodb = dynamodb

    def due(self, now: int) -> list[str]:
        """Ids of the workspaces whose time was over at `now` (milliseconds)."""
        found = items(self._dynamodb, self._table, keys.DELETIONS)
        return [
            item["sk"]["S"].removeprefix(keys.DUE)
            for item in found
            if item["sk"]["S"].startswith(keys.DUE) and int(item["delete_after"]["N"]) <= now
        ]

    def round(self) -> Round | None:
        """The one that is under way."""
        item = self._dynamodb.get_item(TableName=self._table, Key=_ROUND, ConsistentRead=True).get(
            "Item"
        )
        if item is None:
            return None
        return Round(
            tenants=tuple(json.loads(item["tenants"]["S"])),
            table=int(item["table"]["N"]),
            start=json.loads(item["start"]["S"]),
            found=int(item["found"]["N"]),
        )

    def keep(self, now: Round) -> None:
        item = {
            **_ROUND,
            "tenants": {"S": json.dumps(now.tenants)},
            "table": {"N": str(now.table)},
            "start": {"S": json.dumps(now.start)},
            "found": {"N": str(now.found)},
        }
        self._dynamodb.put_item(TableName=self._table, Item=item)

    def end(self, now: Round, *, gone: bool) -> None:
        """The round is over; `gone` says that nothing is left of its workspaces."""
        if gone:
            for tenant in now.tenants:
                self._forget(keys.key(keys.tenant_record(tenant), keys.TENANT))
                self._forget(keys.key(keys.DELETIONS, keys.due(tenant)))
        self._forget(_ROUND)

    def _forget(self, key: JsonObject) -> None:
        self._dynamodb.delete_item(TableName=self._table, Key=key)


_ROUND = keys.key(keys.DELETIONS, "ROUND")


def due(table: str, tenant_id: str, delete_after: int) -> Write:
    """The member of a transaction that has a workspace removed after a time (milliseconds)."""
    item = {
        **keys.key(keys.DELETIONS, keys.due(tenant_id)),
        "delete_after": {"N": str(delete_after)},
    }
    return Write({"Put": {"TableName": table, "Item": item}})


def not_due(table: str, tenant_id: str) -> Write:
    key = keys.key(keys.DELETIONS, keys.due(tenant_id))
    return Write({"Delete": {"TableName": table, "Key": key}})
