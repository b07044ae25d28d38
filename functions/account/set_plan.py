"""Put a workspace on a plan: called by operators (see the runbook), and one day by what takes
payments. No route of the API leads here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.aws import client
from shared.clock import now_ms
from shared.json_types import JsonObject
from shared.settings import load
from shared.store.audit import Actor
from shared.store.lifecycle import Lifecycle
from shared.store.tables import Tables
from shared.tenancy import Tenant
from shared.usage.plans import plan_named


@dataclass(frozen=True, slots=True)
class Settings:
    workspaces_table: str
    directory_table: str
    usage_table: str


def change(event: JsonObject, settings: Settings, dynamodb: Any) -> JsonObject:
    """`event` is {"workspace_id", "plan", "by"}; `by` stands in the workspace's audit log.

    Raises KeyError, PlanUnknownError or WorkspaceNotFoundError.
    """
    tenant, plan = Tenant(event["workspace_id"]), plan_named(event["plan"])
    tables = Tables(settings.workspaces_table, settings.directory_table, settings.usage_table)
    by = Actor("operator", str(event["by"]))
    Lifecycle(tenant, tables, dynamodb).set_plan(plan, by=by, at=now_ms())
    return {"workspace_id": tenant.id, "plan": plan.id}


def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """A direct invocation."""
    return change(event, load(Settings), client("dynamodb"))
