"""API keys for programs: make, see, revoke."""

from __future__ import annotations

from account.app import api
from account.place import dynamodb, tables
from account.refusals import ScopeNotYoursError
from account.shapes import ApiKeyPage, ApiKeyShape, CreatedApiKey, NewApiKey
from shared.api import Cursor, Limit
from shared.clock import now_ms
from shared.permissions import Permission
from shared.store.api_keys import ApiKeys, WorkspaceKey

_DAY_SECONDS = 24 * 3600


@api.endpoint("GET", "/v1/api-keys", permission=Permission.MANAGE_API_KEYS)
def list_api_keys(limit: Limit = 50, cursor: Cursor = None) -> ApiKeyPage:
    """The workspace's keys, without the keys themselves."""
    found, next_cursor = _keys().page(limit, cursor)
    items = [ApiKeyShape.model_validate(_fields(key)) for key in found]
    return ApiKeyPage(items=items, next_cursor=next_cursor)


@api.endpoint(
    "POST",
    "/v1/api-keys",
    permission=Permission.MANAGE_API_KEYS,
    status=201,
    secret_answer=True,
)
def create_api_key(body: NewApiKey) -> CreatedApiKey:
    """Make a key. It is shown in this answer and never again."""
    if not api.caller.permissions.issuperset(body.scopes):
        raise ScopeNotYoursError
    scopes = {scope.value for scope in body.scopes}
    now = now_ms()
    expires_at = now // 1000 + body.expires_in_days * _DAY_SECONDS
    key, secret = _keys().create(body.name, scopes, expires_at, by=api.actor, at=now)
    return CreatedApiKey.model_validate({**_fields(key), "key": secret})


@api.endpoint(
    "DELETE",
    "/v1/api-keys/{key_id}",
    permission=Permission.MANAGE_API_KEYS,
    status=204,
)
def revoke_api_key(key_id: str) -> None:
    """Revoke a key."""
    _keys().revoke(key_id, by=api.actor, at=now_ms())


def _keys() -> ApiKeys:
    tenant = api.caller.workspace
    return ApiKeys(tenant, tables(), dynamodb(tenant))


def _fields(key: WorkspaceKey) -> dict[str, object]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": list(key.scopes),
        "prefix": key.prefix,
        "created_by": key.created_by,
        "created_at": key.created_at,
        "expires_at": key.expires_at * 1000,
    }
