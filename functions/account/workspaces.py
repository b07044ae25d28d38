"""Workspaces: make one, rename it, work in another, delete it and bring it back."""

from __future__ import annotations

from account.app import api
from account.own_workspaces import own_workspaces
from account.place import directory, dynamodb, tables
from account.refusals import TooManyWorkspacesError
from account.shapes import ActiveWorkspace, ChangedWorkspace, MyWorkspace, NamedWorkspace
from shared.api import NoPermission
from shared.clock import now_ms
from shared.ids import new_id
from shared.permissions import Permission
from shared.store.directory import Directory, NotAMemberError
from shared.store.lifecycle import Lifecycle
from shared.store.workspaces import Workspace
from shared.tenancy import Tenant

MOST_WORKSPACES = 20


@api.endpoint(
    "POST",
    "/v1/workspaces",
    permission=NoPermission("Everybody may have workspaces of their own"),
    status=201,
)
def create_workspace(body: NamedWorkspace) -> ActiveWorkspace:
    """Make a workspace. The caller is its owner and works in it from now on."""
    if len(directory().person(api.actor.id).memberships) >= MOST_WORKSPACES:
        raise TooManyWorkspacesError
    made = Tenant(new_id())
    lifecycle = Lifecycle(made, tables(), dynamodb(made))
    return shown(made, lifecycle.create(body.name, by=api.actor, at=now_ms()))


@api.endpoint(
    "POST",
    "/v1/workspaces/{workspace_id}/switch",
    permission=NoPermission("Whose workspace it is, is asked of the directory"),
)
def switch(workspace_id: str) -> MyWorkspace:
    """Work in another of the caller's workspaces; it counts for the same token at once."""
    mine = {workspace.id: workspace for workspace in own_workspaces(api.actor.id)}
    if workspace_id not in mine:
        raise NotAMemberError(workspace_id)
    chosen = Tenant(workspace_id)
    Directory(tables().directory, dynamodb(chosen)).activate(api.actor.id, chosen.id)
    return mine[workspace_id]


@api.endpoint("GET", "/v1/workspace", permission=Permission.READ_WORKSPACE)
def get_workspace() -> ActiveWorkspace:
    """The workspace, with its revision as ETag."""
    return shown(api.caller.workspace, _lifecycle().get())


@api.endpoint("PATCH", "/v1/workspace", permission=Permission.UPDATE_WORKSPACE, if_match=True)
def change_workspace(body: ChangedWorkspace) -> ActiveWorkspace:
    """Rename the workspace or say where it is, if nobody else did since it was read.

    Flows reckon in its time zone, speak its language to whom none is known of, and read numbers
    that are written without a country as its own.
    """
    wanted = body.model_dump(exclude_none=True)
    done = _lifecycle().change(wanted, api.revision, by=api.actor, at=now_ms())
    return shown(api.caller.workspace, done)


@api.endpoint("DELETE", "/v1/workspace", permission=Permission.DELETE_WORKSPACE)
def delete_workspace() -> ActiveWorkspace:
    """Delete the workspace in fourteen days. Until then all goes on, and it can be restored."""
    return shown(api.caller.workspace, _lifecycle().schedule_deletion(by=api.actor, at=now_ms()))


@api.endpoint("POST", "/v1/workspace/restore", permission=Permission.DELETE_WORKSPACE)
def restore_workspace() -> ActiveWorkspace:
    """Take a deletion back."""
    return shown(api.caller.workspace, _lifecycle().restore(by=api.actor, at=now_ms()))


def _lifecycle() -> Lifecycle:
    tenant = api.caller.workspace
    return Lifecycle(tenant, tables(), dynamodb(tenant))


def shown(of: Tenant, workspace: Workspace) -> ActiveWorkspace:
    """With the revision as ETag."""
    api.tell_revision(workspace.revision)
    return ActiveWorkspace(
        id=of.id,
        name=workspace.name,
        revision=workspace.revision,
        created_at=workspace.created_at,
        delete_after=workspace.delete_after,
        time_zone=workspace.time_zone,
        language=workspace.language,
        country_code=workspace.country_code,
    )
