"""Who changed what in a workspace. An entry is written in the transaction of the change itself, so
neither is ever there without the other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.ids import new_id
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.pages import below, rest
from shared.store.transactions import Write
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or an API key, with the name it had at the time."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """`action` is a stable "resource.verb" text; `target` the id of what was changed; `at` in
    milliseconds; `detail` never holds a secret."""

    actor: Actor
    action: str
    target: str
    at: int
    detail: Mapping[str, object] = field(default_factory=dict)


def entry(tenant: Tenant, table: str, change: Change) -> Write:
    """The member of a change's transaction that tells of it."""
    return Write(
        {
            "Put": {
                "TableName": table,
                "Item": {
                    **keys.key(tenant.id, keys.audit(change.at, new_id())),
                    "actor_id": {"S": change.actor.id},
                    "actor_name": {"S": change.actor.name},
                    "action": {"S": change.action},
                    "target": {"S": change.target},
                    "at": {"N": str(change.at)},
                    "detail": {"S": json.dumps(dict(change.detail))},
                },
            }
        }
    )


class AuditLog:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def newest(self, limit: int, cursor: str | None) -> tuple[list[tuple[str, Change]], str | None]:
        """Entries with their ids, newest first, and the next page's cursor.

        Raises InvalidCursorError.
        """
        items, next_cursor = below(
            self._dynamodb,
            self._table,
            self._tenant,
            keys.AUDIT,
            limit=limit,
            cursor=cursor,
            backwards=True,
        )
        return [(rest(item, keys.AUDIT), _change(item)) for item in items], next_cursor


def _change(item: JsonObject) -> Change:
    return Change(
        actor=Actor(item["actor_id"]["S"], item["actor_name"]["S"]),
        action=item["action"]["S"],
        target=item["target"]["S"],
        at=int(item["at"]["N"]),
        detail=json.loads(item["detail"]["S"]),
    )
