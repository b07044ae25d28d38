"""A tenant's workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Workspace:
    """Times in milliseconds. `revision` counts changes of name and place; after `delete_after`,
    where one is set, the workspace is gone for everybody. `plan` is an id, None for the default;
    `people` how many are in it. `time_zone` is an IANA name, `language` that of most customers
    ("id"), `country_code` what their numbers begin with ("62"); None: not told."""

    name: str
    created_at: int = 0
    revision: int = 1
    delete_after: int | None = None
    plan: str | None = None
    people: int = 1
    time_zone: str | None = None
    language: str | None = None
    country_code: str | None = None


PLACE: Final = ("time_zone", "language", "country_code")
"""What is told of where a workspace is."""


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


def scope_of(tenant: Tenant, workspace: Workspace | None) -> JsonObject:
    """What flows know as `workspace`."""
    if workspace is None:
        return {"id": tenant.id}
    place = {name: getattr(workspace, name) for name in PLACE}
    return {"id": tenant.id, "name": workspace.name, **place}


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
        **{name: item[name]["S"] for name in PLACE if name in item},
    )
