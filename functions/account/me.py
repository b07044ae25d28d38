"""Who am I, in which workspace, and what may I do there."""

from __future__ import annotations

from account.app import api
from account.own_workspaces import own_workspaces
from account.place import dynamodb, tables
from account.shapes import Me, UserShape
from account.workspaces import shown
from shared.api import NoPermission
from shared.store.lifecycle import Lifecycle


@api.endpoint(
    "GET", "/v1/me", permission=NoPermission("Everybody may know who they are", programs=True)
)
def me() -> Me:
    """Who calls, in which workspace, and what they may do there."""
    caller = api.caller
    tenant = caller.tenant
    return Me(
        user=UserShape(id=caller.user_id, email=caller.email or "") if caller.user_id else None,
        workspace=shown(tenant, Lifecycle(tenant, tables(), dynamodb(tenant)).get())
        if tenant
        else None,
        role=caller.role or None,
        permissions=sorted(permission.value for permission in caller.permissions),
        workspaces=own_workspaces(caller.user_id) if caller.user_id else [],
    )
