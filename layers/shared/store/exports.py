"""Exports of a workspace's data, or of one contact's: asked for, made in the background, kept for
seven days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.ids import new_id
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

PREFIX: Final = "exports/"
KEPT_SECONDS: Final = 7 * 24 * 3600
WAITING: Final = "waiting"
RUNNING: Final = "running"
DONE: Final = "done"
FAILED: Final = "failed"


class ExportNotFoundError(Exception):
    """There is no such export: never asked for, or too old."""


@dataclass(frozen=True, slots=True)
class Export:
    """`contact_id` is None for the whole workspace; `done` counts records. Times: `created_at` in
    milliseconds, `expires_at` in seconds."""

    id: str
    contact_id: str | None
    status: str
    done: int
    reason: str | None
    created_at: int
    expires_at: int


def object_key(tenant: Tenant, export_id: str) -> str:
    return f"{tenant.id}/{PREFIX}{export_id}.zip"


class Exports:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def create(self, contact_id: str | None, *, by: Actor, at: int) -> Export:
        made = Export(new_id(), contact_id, WAITING, 0, None, at, at // 1000 + KEPT_SECONDS)
        item = {
            **self._key(made.id),
            "status": {"S": made.status},
            "done": {"N": "0"},
            "created_at": {"N": str(made.created_at)},
            "expires_at": {"N": str(made.expires_at)},
        }
        if contact_id is not None:
            item["contact_id"] = {"S": contact_id}
        action = "workspace.exported" if contact_id is None else "contact.exported"
        change = Change(by, action, contact_id or self._tenant.id, at, {"export": made.id})
        commit(
            self._dynamodb,
            [
                Write({"Put": {"TableName": self._table, "Item": item}}),
                entry(self._tenant, self._table, change),
            ],
        )
        return made

    def get(self, export_id: str, now: int) -> Export:
        """`now` in milliseconds. Raises ExportNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(export_id), ConsistentRead=True
        ).get("Item")
        if item is None or int(item["expires_at"]["N"]) * 1000 <= now:
            raise ExportNotFoundError(export_id)
        return Export(
            id=export_id,
            contact_id=item["contact_id"]["S"] if "contact_id" in item else None,
            status=item["status"]["S"],
            done=int(item["done"]["N"]),
            reason=item["reason"]["S"] if "reason" in item else None,
            created_at=int(item["created_at"]["N"]),
            expires_at=int(item["expires_at"]["N"]),
        )

    def tell(self, export_id: str, status: str, done: int, reason: str | None = None) -> None:
        """How far it is. Raises ExportNotFoundError."""
        values = {":status": {"S": status}, ":done": {"N": str(done)}}
        reasoned = ", reason = :reason" if reason else ""
        if reason:
            values[":reason"] = {"S": reason}
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(export_id),
                UpdateExpression=f"SET #status = :status, done = :done{reasoned}",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues=values,
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            raise ExportNotFoundError(export_id) from error

    def _key(self, export_id: str) -> JsonObject:
        return keys.key(self._tenant.id, keys.export(export_id))
