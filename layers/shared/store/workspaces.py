"""A tenant's workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.json_types import JsonObject
from shared.store import keys
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Workspace:
    """Times in milliseconds. `revision` counts renames; after `delete_after`, where one is set,
    the workspace is gone for everybody. `plan` is an id, None for the default; `people` how many
    are in it."""

    name: str
    created_at: int = 0
    revision: int = 1
    delete_after: int | None = None
    plan: str | None = None
    people: int = 1


class Workspaces:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def get(self) -> Workspace | None:
        item = self._get(self._tenant.id, keys.WORKSPACE)
        return workspace_of(item) if item else None

    def _get(self, pk: str, sk: str) -> Any:
        return self._dynamodb.get_item(TableName=self._table, Key=keys.key(pk, sk)).get("Item")


def workspace_of(item: JsonObject) -> Workspace:
    """From the record in DynamoDB's wire form."""
    delete_after = item.get("delete_after")
    return Workspace(
        name=item["name"]["S"],
        created_at=int(item.get("created_at", {"N": "0"})["N"]),
        revision=int(item.get("revision", {"N": "1"})["N"]),
        delete_after=int(delete_after["N"]) if delete_after else None,
        plan=item["plan"]["S"] if "plan" in item else None,
        people=int(item.get("people", {"N": "1"})["N"]),
    )
