"""Who calls the API: what the authorizer found out and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.permissions import Permission
from shared.tenancy import Tenant

_KNOWN: Final = {permission.value: permission for permission in Permission}


class NoWorkspaceError(Exception):
    """The caller works in no workspace, and what was asked for belongs to one."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person (`user_id`, `email`) or a program (`key_id`); what it is not, is None. A person
    who has joined no workspace yet has no `tenant`, no role and no permissions."""

    tenant: Tenant | None
    role: str
    permissions: frozenset[Permission]
    user_id: str | None = None
    email: str | None = None
    key_id: str | None = None

    @property
    def workspace(self) -> Tenant:
        """The tenant whose data the caller may see. Raises NoWorkspaceError."""
        if self.tenant is None:
            raise NoWorkspaceError
        return self.tenant

    @property
    def principal(self) -> str:
        """Tells callers of a workspace apart, as a part of a key."""
        return f"KEY#{self.key_id}" if self.key_id else f"USER#{self.user_id}"

    @property
    def holder(self) -> str:
        """Under whom their requests are remembered, as the beginning of a key."""
        return self.tenant.id if self.tenant else f"PERSON#{self.user_id}"


def caller_of(event: Mapping[str, Any]) -> Caller:
    """From an HTTP API event (payload 2.0) that passed the authorizer."""
    context = event["requestContext"]["authorizer"]["lambda"]
    workspace_id = context.get("workspace_id")
    texts = (context.get("permissions") or "").split()
    return Caller(
        tenant=Tenant(workspace_id) if workspace_id else None,
        role=context.get("role") or "",
        permissions=frozenset(_KNOWN[text] for text in texts if text in _KNOWN),
        user_id=context.get("user_id") or None,
        email=context.get("email") or None,
        key_id=context.get("key_id") or None,
    )
