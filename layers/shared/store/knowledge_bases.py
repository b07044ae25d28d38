"""Knowledge bases of a workspace: what documents are collected in, and asked together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.partitions import items
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

MOST: Final = 100


class KnowledgeBaseNotFoundError(Exception):
    """The workspace has no such knowledge base."""


class KnowledgeBaseChangedError(Exception):
    """Somebody else changed the knowledge base since it was read."""


class TooManyKnowledgeBasesError(Exception):
    """The workspace has as many knowledge bases as any may have."""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """`settings` are how questions are answered from it, as JSON; an empty one means the defaults.
    `gate` is what publishing asks of its answers (see `gates`); empty: nothing. Times in
    milliseconds."""

    id: str
    name: str
    created_at: int
    description: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    gate: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 1


class KnowledgeBases:
    """`workspaces` is the table that the audit log is in."""

    def __init__(self, tenant: Tenant, table: str, workspaces: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._workspaces = workspaces
        self._dynamodb = dynamodb

    def all(self) -> list[KnowledgeBase]:
        """By their ids, which sort by time; there are never more than MOST."""
        pk = keys.knowledge_bases(self._tenant)
        return [_base(item) for item in items(self._dynamodb, self._table, pk)]

    def get(self, base_id: str) -> KnowledgeBase:
        """Raises KnowledgeBaseNotFoundError."""
        item = self._dynamodb.get_item(**self._place(base_id), ConsistentRead=True).get("Item")
        if item is None:
            raise KnowledgeBaseNotFoundError(base_id)
        return _base(item)

    def create(self, made: KnowledgeBase, *, by: Actor, at: int) -> None:
        """Raises TooManyKnowledgeBasesError."""
        if len(self.all()) >= MOST:
            raise TooManyKnowledgeBasesError
        self._put(made, "knowledge_base.created", by, at, before=None)

    def change(self, changed: KnowledgeBase, *, by: Actor, at: int) -> KnowledgeBase:
        """Store a changed copy of what was read. Raises KnowledgeBaseChangedError."""
        after = replace(changed, revision=changed.revision + 1)
        self._put(after, "knowledge_base.changed", by, at, before=changed.revision)
        return after

    def delete(self, base_id: str, *, by: Actor, at: int) -> None:
        """The record alone; its documents are removed one by one. Raises
        KnowledgeBaseNotFoundError."""
        gone = self.get(base_id)
        is_there = {"ConditionExpression": "attribute_exists(pk)"}
        delete = Write(
            {"Delete": {**self._place(base_id), **is_there}}, KnowledgeBaseNotFoundError(base_id)
        )
        told = self._tell("knowledge_base.deleted", gone, by, at)
        commit(self._dynamodb, [delete, told])

    def _put(
        self, base: KnowledgeBase, action: str, by: Actor, at: int, *, before: int | None
    ) -> None:
        condition: JsonObject = (
            {"ConditionExpression": "attribute_not_exists(pk)"}
            if before is None
            else {
                "ConditionExpression": "revision = :before",
                "ExpressionAttributeValues": {":before": {"N": str(before)}},
            }
        )
        put = {"TableName": self._table, "Item": self._item(base), **condition}
        write = Write({"Put": put}, KnowledgeBaseChangedError(base.id))
        commit(self._dynamodb, [write, self._tell(action, base, by, at)])

    def _tell(self, action: str, base: KnowledgeBase, by: Actor, at: int) -> Write:
        change = Change(by, action, base.id, at, {"name": base.name})
        return entry(self._tenant, self._workspaces, change)

    def _item(self, base: KnowledgeBase) -> JsonObject:
        return {
            **keys.key(keys.knowledge_bases(self._tenant), base.id),
            "name": {"S": base.name},
            "description": {"S": base.description},
            "settings": {"S": json.dumps(dict(base.settings))},
            "gate": {"S": json.dumps(dict(base.gate))},
            "created_at": {"N": str(base.created_at)},
            "revision": {"N": str(base.revision)},
        }

    def _place(self, base_id: str) -> JsonObject:
        return {
            "TableName": self._table,
            "Key": keys.key(keys.knowledge_bases(self._tenant), base_id),
        }


def _base(item: JsonObject) -> KnowledgeBase:
    return KnowledgeBase(
        id=item["sk"]["S"],
        name=item["name"]["S"],
        created_at=int(item["created_at"]["N"]),
        description=item["description"]["S"],
        settings=json.loads(item["settings"]["S"]),
        gate=json.loads(item["gate"]["S"]) if "gate" in item else {},
        revision=int(item["revision"]["N"]),
    )
