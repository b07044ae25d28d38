"""Who changed what in the workspace."""

from __future__ import annotations

from account.app import api
from account.place import dynamodb, tables
from account.shapes import ActorShape, AuditPage, AuditShape
from shared.api import Cursor, Limit
from shared.permissions import Permission
from shared.store.audit import AuditLog, Change


@api.endpoint("GET", "/v1/audit", permission=Permission.READ_AUDIT)
def list_audit(limit: Limit = 50, cursor: Cursor = None) -> AuditPage:
    """Changes, newest first."""
    tenant = api.caller.workspace
    log = AuditLog(tenant, tables().workspaces, dynamodb(tenant))
    found, next_cursor = log.newest(limit, cursor)
    return AuditPage(items=[_shape(*one) for one in found], next_cursor=next_cursor)


def _shape(id_: str, change: Change) -> AuditShape:
    return AuditShape(
        id=id_,
        actor=ActorShape(id=change.actor.id, name=change.actor.name),
        action=change.action,
        target=change.target,
        at=change.at,
        detail=dict(change.detail),
    )
