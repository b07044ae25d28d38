"""A workspace comes into being, is renamed, and goes, after a time in which it can be brought back.

The record is the workspace's own; a copy of its name is in the directory, for people who are in
several workspaces and may read none but the one they work in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.deletions import due, not_due
from shared.store.members import OWNER, Member, joining
from shared.store.tables import Tables
from shared.store.transactions import Write, commit
from shared.store.workspaces import Workspace, workspace_of
from shared.tenancy import Tenant
from shared.usage.plans import Plan

GRACE_SECONDS: Final = 14 * 24 * 3600


class WorkspaceExistsError(Exception):
    """There is a workspace of that id already."""


class WorkspaceNotFoundError(Exception):
    """The workspace is not there."""


class RevisionError(Exception):
    """Somebody else changed the workspace since it was read."""


class DeletionStateError(Exception):
    """The workspace is to be deleted already, or is not."""


_ACTIONS: Final = {
    "name": "workspace.renamed",
    "time_zone": "workspace.time_zone_changed",
    "language": "workspace.language_changed",
    "country_code": "workspace.country_code_changed",
}


class Lifecycle:
    def __init__(self, tenant: Tenant, tables: Tables, dynamodb: Any) -> None:
        self._tenant = tenant
        self._tables = tables
        self._dynamodb = dynamodb

    def create(self, name: str, *, by: Actor, at: int) -> Workspace:
        """With `by` as its first owner, who works in it from now on; `by.name` is their address.

        Raises WorkspaceExistsError.
        """
        workspace = Workspace(name, created_at=at)
        record = {
            **keys.key(self._tenant.id, keys.WORKSPACE),
            "name": {"S": name},
            "created_at": {"N": str(at)},
            "revision": {"N": str(workspace.revision)},
            "owners": {"N": "1"},
            "people": {"N": "1"},
        }
        twin = {
            **keys.key(keys.tenant_record(self._tenant.id), keys.TENANT),
            "name": {"S": name},
        }
        commit(
            self._dynamodb,
            [
                Write(
                    {
                        "Put": {
                            "TableName": self._tables.workspaces,
                            "Item": record,
                            "ConditionExpression": "attribute_not_exists(pk)",
                        }
                    },
                    WorkspaceExistsError(self._tenant.id),
                ),
                Write({"Put": {"TableName": self._tables.directory, "Item": twin}}),
                *joining(self._tenant, self._tables, Member(by.id, by.name, OWNER, at)),
                self._tell(by, "workspace.created", at, name=name),
            ],
        )
        return workspace

    def get(self) -> Workspace:
        """Raises WorkspaceNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._tables.workspaces,
            Key=keys.key(self._tenant.id, keys.WORKSPACE),
            ConsistentRead=True,
        ).get("Item")
        if item is None:
            raise WorkspaceNotFoundError(self._tenant.id)
        return workspace_of(item)

    def change(self, wanted: Mapping[str, str], revision: int, *, by: Actor, at: int) -> Workspace:
        """A new `name`, or another place (see `PLACE`). `revision` is the one that was read.
        Raises WorkspaceNotFoundError or RevisionError."""
        before = self.get()
        new = {field: text for field, text in wanted.items() if getattr(before, field) != text}
        named: JsonObject = {
            "UpdateExpression": "SET #name = :name",
            "ExpressionAttributeNames": {"#name": "name"},
            "ExpressionAttributeValues": {":name": {"S": new.get("name", before.name)}},
        }
        sets = ["revision = revision + :one", *(f"#{field} = :{field}" for field in new)]
        changed: JsonObject = {
            "UpdateExpression": f"SET {', '.join(sets)}",
            "ConditionExpression": "revision = :revision",
            "ExpressionAttributeValues": {
                ":one": {"N": "1"},
                ":revision": {"N": str(revision)},
                **{f":{field}": {"S": text} for field, text in new.items()},
            },
        }
        if new:
            changed["ExpressionAttributeNames"] = {f"#{field}": field for field in new}
        told = [
            self._tell(by, _ACTIONS[field], at, before=getattr(before, field), after=text)
            for field, text in new.items()
        ]
        self._update(changed, RevisionError(revision), named, *told)
        after: dict[str, Any] = {"revision": revision + 1, **new}
        return replace(before, **after)

    def set_plan(self, plan: Plan, *, by: Actor, at: int) -> Workspace:
        """Raises WorkspaceNotFoundError."""
        before = self.get()
        planned: JsonObject = {
            "UpdateExpression": "SET #plan = :plan",
            "ExpressionAttributeNames": {"#plan": "plan"},
            "ExpressionAttributeValues": {":plan": {"S": plan.id}},
        }
        self._update(
            {**planned, "ConditionExpression": "attribute_exists(pk)"},
            WorkspaceNotFoundError(self._tenant.id),
            planned,
            self._tell(by, "workspace.plan_changed", at, before=before.plan, after=plan.id),
        )
        return replace(before, plan=plan.id)

    def schedule_deletion(self, *, by: Actor, at: int) -> Workspace:
        """Raises WorkspaceNotFoundError or DeletionStateError."""
        workspace = self.get()
        after = at + GRACE_SECONDS * 1000
        dated: JsonObject = {
            "UpdateExpression": "SET delete_after = :after",
            "ExpressionAttributeValues": {":after": {"N": str(after)}},
        }
        condition = "attribute_exists(pk) AND attribute_not_exists(delete_after)"
        self._update(
            {**dated, "ConditionExpression": condition},
            DeletionStateError(),
            dated,
            self._tell(by, "workspace.deletion_scheduled", at, delete_after=after),
            due(self._tables.directory, self._tenant.id, after),
        )
        return replace(workspace, delete_after=after)

    def restore(self, *, by: Actor, at: int) -> Workspace:
        """Raises WorkspaceNotFoundError or DeletionStateError, also when the time is over."""
        workspace = self.get()
        undated: JsonObject = {"UpdateExpression": "REMOVE delete_after"}
        self._update(
            {
                **undated,
                "ConditionExpression": "delete_after > :now",
                "ExpressionAttributeValues": {":now": {"N": str(at)}},
            },
            DeletionStateError(),
            undated,
            self._tell(by, "workspace.restored", at),
            not_due(self._tables.directory, self._tenant.id),
        )
        return replace(workspace, delete_after=None)

    def _update(
        self, record: JsonObject, refusal: Exception, copy: JsonObject, *beside: Write
    ) -> None:
        """Change the record under its condition and the directory's copy with it."""
        place = {
            "TableName": self._tables.workspaces,
            "Key": keys.key(self._tenant.id, keys.WORKSPACE),
        }
        copy_place = {
            "TableName": self._tables.directory,
            "Key": keys.key(keys.tenant_record(self._tenant.id), keys.TENANT),
        }
        commit(
            self._dynamodb,
            [
                Write({"Update": {**place, **record}}, refusal),
                Write({"Update": {**copy_place, **copy}}),
                *beside,
            ],
        )

    def _tell(self, by: Actor, action: str, at: int, **detail: object) -> Write:
        change = Change(by, action, self._tenant.id, at, detail)
        return entry(self._tenant, self._tables.workspaces, change)
