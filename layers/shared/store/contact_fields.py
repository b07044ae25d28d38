"""The definitions of a workspace's custom fields, and the tags that it has used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from shared.contacts.fields import MOST_DEFINITIONS, FieldDefinition
from shared.json_types import JsonObject
from shared.store import cursors, keys
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

_TAG = r"[^\x00-\x1f]{1,60}"


class FieldNotFoundError(Exception):
    """There is no such custom field."""


class FieldExistsError(Exception):
    """There is a custom field of that key already."""


class FieldChangedError(Exception):
    """The field is no longer as it was read."""


class TooManyFieldsError(Exception):
    """The workspace has as many custom fields as it may."""


class ContactFields:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def all(self) -> dict[str, FieldDefinition]:
        """By key, in the order of keys: there are at most MOST_DEFINITIONS."""
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.contact_fields(self._tenant)}},
            ConsistentRead=True,
        )
        return {item["sk"]["S"]: _definition(item) for item in answer["Items"]}

    def create(self, definition: FieldDefinition, beside: Sequence[Write]) -> None:
        """Raises FieldExistsError or TooManyFieldsError."""
        if len(self.all()) >= MOST_DEFINITIONS:
            raise TooManyFieldsError
        self._put(definition, "attribute_not_exists(pk)", FieldExistsError(), beside)

    def change(
        self,
        known: FieldDefinition,
        name: str | None,
        choices: tuple[str, ...] | None,
        beside: Sequence[Write],
    ) -> FieldDefinition:
        """The definition with another name or other choices. Raises FieldChangedError."""
        changed = replace(
            known,
            name=name or known.name,
            choices=known.choices if choices is None else choices,
            revision=known.revision + 1,
        )
        self._put(changed, "revision = :before", FieldChangedError(known.key), beside)
        return changed

    def remove(self, key: str, beside: Sequence[Write]) -> None:
        """What contacts hold under the key stays with them. Raises FieldNotFoundError."""
        request = {
            "TableName": self._table,
            "Key": keys.key(keys.contact_fields(self._tenant), key),
            "ConditionExpression": "attribute_exists(pk)",
        }
        write = Write({"Delete": request}, FieldNotFoundError(key))
        commit(self._dynamodb, [write, *beside])

    def tags(self, limit: int, cursor: str | None) -> tuple[list[str], str | None]:
        """Tags in the order of letters, and the next page's cursor. Raises InvalidCursorError."""
        pk = keys.contact_tags(self._tenant)
        start: JsonObject = {}
        if cursor is not None:
            start["ExclusiveStartKey"] = keys.key(pk, cursors.decode(cursor, _TAG)[0])
        page = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            Limit=limit,
            **start,
        )
        last = page.get("LastEvaluatedKey")
        next_cursor = cursors.encode(last["sk"]["S"]) if last else None
        return [item["sk"]["S"] for item in page["Items"]], next_cursor

    def _put(
        self,
        definition: FieldDefinition,
        condition: str,
        refusal: Exception,
        beside: Sequence[Write],
    ) -> None:
        item = {
            **keys.key(keys.contact_fields(self._tenant), definition.key),
            "name": {"S": definition.name},
            "type": {"S": definition.type},
            "choices": {"S": json.dumps(definition.choices)},
            "created_at": {"N": str(definition.created_at)},
            "revision": {"N": str(definition.revision)},
        }
        request = {"TableName": self._table, "Item": item, "ConditionExpression": condition}
        if ":before" in condition:
            before = {"N": str(definition.revision - 1)}
            request["ExpressionAttributeValues"] = {":before": before}
        commit(self._dynamodb, [Write({"Put": request}, refusal), *beside])


def _definition(item: JsonObject) -> FieldDefinition:
    return FieldDefinition(
        key=item["sk"]["S"],
        name=item["name"]["S"],
        type=item["type"]["S"],
        choices=tuple(json.loads(item["choices"]["S"])),
        created_at=int(item["created_at"]["N"]),
        revision=int(item["revision"]["N"]),
    )
