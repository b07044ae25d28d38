"""Cognito's pre-token trigger (V2): workspace, role and permissions go into the access token, taken
from the membership table and never from an attribute that a person could write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from shared.aws import client
from shared.json_types import JsonObject
from shared.permissions import permissions_of
from shared.settings import load
from shared.store.directory import Directory, Membership

Claims: TypeAlias = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Settings:
    directory_table: str


def claims(membership: Membership | None, attributes: JsonObject) -> Claims:
    """What to add to the access token. An address that is not proven is nobody's."""
    verified = str(attributes.get("email_verified", "")).lower() == "true"
    added: Claims = {"email": str(attributes.get("email", "")).lower() if verified else ""}
    if membership is not None:
        added["workspace_id"] = membership.tenant_id
        added["role"] = membership.role
        added["permissions"] = sorted(
            permission.value for permission in permissions_of(membership.role)
        )
    return added


@lru_cache(maxsize=1)
def _directory() -> Directory:
    return Directory(load(Settings).directory_table, client("dynamodb"))


def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    attributes = event["request"]["userAttributes"]
    added = claims(_directory().person(attributes["sub"]).working_in, attributes)
    event["response"] = {
        "claimsAndScopeOverrideDetails": {"accessTokenGeneration": {"claimsToAddOrOverride": added}}
    }
    return event
