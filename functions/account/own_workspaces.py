"""The workspaces that a person is in, by name."""

from __future__ import annotations

from account.place import directory
from account.shapes import MyWorkspace
from shared.clock import now_ms


def own_workspaces(user_id: str) -> list[MyWorkspace]:
    memberships = directory().person(user_id).memberships
    records = directory().tenant_records([one.tenant_id for one in memberships])
    now = now_ms()
    return [
        MyWorkspace(id=one.tenant_id, name=records[one.tenant_id].name, role=one.role)
        for one in memberships
        if one.tenant_id in records and not records[one.tenant_id].gone(now)
    ]
