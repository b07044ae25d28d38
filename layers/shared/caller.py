"""Who calls the API: what the authorizer found out and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Caller:
    """`user_id` and `email` are None for a program with an API key."""

    tenant: Tenant
    role: str
    user_id: str | None
    email: str | None


def caller_of(event: Mapping[str, Any]) -> Caller:
    """From an HTTP API event (payload 2.0) that passed the authorizer."""
    context = event["requestContext"]["authorizer"]["lambda"]
    return Caller(
        tenant=Tenant(context["workspace_id"]),
        role=context["role"],
        user_id=context.get("user_id") or None,
        email=context.get("email") or None,
    )
