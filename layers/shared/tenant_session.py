"""AWS clients that can reach one tenant's data and nobody else's.

The functions of the API have no rights to tenants' tables themselves. They assume the data role
under a session policy that is bound to the tenant's leading keys, so that a forgotten check or a
key put together wrongly meets DynamoDB's own refusal.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from shared.aws import client, client_under
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.settings import load
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache

_SESSION_SECONDS: Final = 3600  # the longest that a role may assume another for
_RENEWED_BEFORE_SECONDS: Final = 300
_MOST_SESSIONS: Final = 200

# No Scan, no PartiQL: they read what their keys do not name.
ACTIONS: Final = (
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
)
# A workspace's people, keys, invitations and numbers have twins in the directory, written in the
# same transaction. These keys begin in capitals, as no tenant's do: they open no tenant's table.
DIRECTORY_KEYS: Final = ("USER#*", "KEY#*", "INVITE#*", "NUMBER#*", "WABA#*", "DELETIONS")

# Objects are kept below their tenant's prefix.
OBJECT_ACTIONS: Final = ("s3:DeleteObject", "s3:GetObject", "s3:PutObject")


def keys_of(tenant: Tenant) -> list[str]:
    """The leading keys of a tenant, as the policy's patterns."""
    return [tenant.id, f"{tenant.id}#*", f"TENANT#{tenant.id}", *DIRECTORY_KEYS]


def keys_of_person(user_id: str) -> list[str]:
    """Those of a person who is in no workspace: what the frame remembers of their requests."""
    return [f"PERSON#{user_id}#*"]


def objects_of(tenant: Tenant, *buckets: str) -> list[str]:
    """The patterns of a tenant's objects. Buckets are named: a pattern for one would find the
    tenant's name in the middle of somebody else's path too."""
    return [f"arn:aws:s3:::{bucket}/{tenant.id}/*" for bucket in buckets if bucket]


def policy(leading_keys: list[str], object_patterns: list[str] | None = None) -> JsonObject:
    """What a session may do at most; the role's own policy says on which tables and buckets.
    `object_patterns` name the objects that it reaches."""
    items: JsonObject = {
        "Effect": "Allow",
        "Action": list(ACTIONS),
        "Resource": "*",
        "Condition": {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": leading_keys},
        },
    }
    objects: JsonObject = {
        "Effect": "Allow",
        "Action": list(OBJECT_ACTIONS),
        "Resource": object_patterns,
    }
    return {"Version": "2012-10-17", "Statement": [items, objects] if object_patterns else [items]}


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """The buckets are empty for functions that have nothing to do with them."""

    data_role_arn: str
    files_bucket: str = ""
    media_bucket: str = ""
    knowledge_files_bucket: str = ""


class Sessions:
    """Clients per holder of data, made anew before their credentials end."""

    def __init__(
        self, role_arn: str, sts: Any, clock: Clock = now_ms, buckets: tuple[str, ...] = ()
    ) -> None:
        self._role_arn = role_arn
        self._buckets = buckets
        self._sts = sts
        lifetime = _SESSION_SECONDS - _RENEWED_BEFORE_SECONDS
        self._clients: TtlCache[tuple[str, str], Any] = TtlCache(lifetime, clock, _MOST_SESSIONS)

    def of_tenant(self, tenant: Tenant, service: str) -> Any:
        objects = objects_of(tenant, *self._buckets)
        return self._client(tenant.id, policy(keys_of(tenant), objects), service)

    def of_person(self, user_id: str, service: str) -> Any:
        return self._client(f"person-{user_id}", policy(keys_of_person(user_id)), service)

    def _client(self, holder: str, allowed: JsonObject, service: str) -> Any:
        def make() -> Any:
            assumed = self._sts.assume_role(
                RoleArn=self._role_arn,
                RoleSessionName=holder[:64],
                Policy=json.dumps(allowed, separators=(",", ":")),
                DurationSeconds=_SESSION_SECONDS,
            )["Credentials"]
            return client_under(assumed, service)

        return self._clients.get((holder, service), make)


def client_for(tenant: Tenant, service: str) -> Any:
    """A client that can reach this tenant's data only, for example `client_for(t, "dynamodb")`."""
    return sessions().of_tenant(tenant, service)


def client_for_person(user_id: str, service: str) -> Any:
    """The same for a person who is in no workspace."""
    return sessions().of_person(user_id, service)


@lru_cache(maxsize=1)
def sessions() -> Sessions:
    """Those of this function, by the data role that it was given."""
    settings = load(SessionSettings)
    buckets = (settings.files_bucket, settings.media_bucket, settings.knowledge_files_bucket)
    return Sessions(settings.data_role_arn, client("sts"), buckets=buckets)
