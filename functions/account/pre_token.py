"""Cognito's pre-token trigger (V2): workspace and role go into the access token, taken from the
membership table and never from an attribute that a person could write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from shared.aws import client
from shared.json_types import JsonObject
from shared.settings import load
from shared.store.directory import Directory, Membership


@dataclass(frozen=True, slots=True)
class Settings:
    directory_table: str


def claims(memberships: list[Membership], email: str) -> dict[str, str]:
    """What to add to the access token; nothing for a person without a workspace."""
    if not memberships:
        return {}
    first = min(memberships, key=lambda membership: membership.tenant_id)
    return {"workspace_id": first.tenant_id, "role": first.role, "email": email}


@lru_cache(maxsize=1)
def _directory() -> Directory:
    return Directory(load(Settings).directory_table, client("dynamodb"))


def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    attributes = event["request"]["userAttributes"]
    added = claims(_directory().memberships(attributes["sub"]), attributes.get("email", ""))
    event["response"] = {
        "claimsAndScopeOverrideDetails": {"accessTokenGeneration": {"claimsToAddOrOverride": added}}
    }
    return event
