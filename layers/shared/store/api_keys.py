"""API keys of a workspace. A key is shown once; its hash leads from the directory to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from shared.ids import digest, new_id, new_secret
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.pages import below, rest
from shared.store.tables import Tables
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

PREFIX: Final = "kabar_"
_SHOWN = len(PREFIX) + 6


class ApiKeyNotFoundError(Exception):
    """The workspace has no such key."""


@dataclass(frozen=True, slots=True)
class WorkspaceKey:
    """`prefix` are the key's first letters, by which people recognise it; `created_at` in
    milliseconds, `expires_at` in seconds."""

    id: str
    name: str
    scopes: tuple[str, ...]
    prefix: str
    key_hash: str
    created_by: str
    created_at: int
    expires_at: int


class ApiKeys:
    def __init__(self, tenant: Tenant, tables: Tables, dynamodb: Any) -> None:
        self._tenant = tenant
        self._tables = tables
        self._dynamodb = dynamodb

    def create(
        self, name: str, scopes: Collection[str], expires_at: int, *, by: Actor, at: int
    ) -> tuple[WorkspaceKey, str]:
        """The key's record and the key itself, which is stored nowhere. At least one scope."""
        secret = PREFIX + new_secret()
        key = WorkspaceKey(
            id=new_id(),
            name=name,
            scopes=tuple(sorted(set(scopes))),
            prefix=secret[:_SHOWN],
            key_hash=digest(secret),
            created_by=by.name,
            created_at=at,
            expires_at=expires_at,
        )
        commit(
            self._dynamodb,
            [self._put(key), self._put_twin(key), self._tell(by, "api_key.created", key, at)],
        )
        return key, secret

    def page(self, limit: int, cursor: str | None) -> tuple[list[WorkspaceKey], str | None]:
        """Raises InvalidCursorError."""
        items, next_cursor = below(
            self._dynamodb,
            self._tables.workspaces,
            self._tenant,
            keys.API_KEYS,
            limit=limit,
            cursor=cursor,
        )
        return [_key(item) for item in items], next_cursor

    def revoke(self, key_id: str, *, by: Actor, at: int) -> None:
        """Raises ApiKeyNotFoundError."""
        item = self._dynamodb.get_item(**self._place(key_id), ConsistentRead=True).get("Item")
        if item is None:
            raise ApiKeyNotFoundError(key_id)
        key = _key(item)
        is_there = {"ConditionExpression": "attribute_exists(pk)"}
        twin = {
            "TableName": self._tables.directory,
            "Key": keys.key(keys.api_key(key.key_hash), keys.API_KEY),
        }
        commit(
            self._dynamodb,
            [
                Write({"Delete": {**self._place(key_id), **is_there}}, ApiKeyNotFoundError(key_id)),
                Write({"Delete": twin}),
                self._tell(by, "api_key.revoked", key, at),
            ],
        )

    def _put(self, key: WorkspaceKey) -> Write:
        item = {
            **keys.key(self._tenant.id, keys.workspace_key(key.id)),
            "name": {"S": key.name},
            "scopes": {"SS": list(key.scopes)},
            "prefix": {"S": key.prefix},
            "key_hash": {"S": key.key_hash},
            "created_by": {"S": key.created_by},
            "created_at": {"N": str(key.created_at)},
            "expires_at": {"N": str(key.expires_at)},
        }
        return Write({"Put": {"TableName": self._tables.workspaces, "Item": item}})

    def _put_twin(self, key: WorkspaceKey) -> Write:
        item = {
            **keys.key(keys.api_key(key.key_hash), keys.API_KEY),
            "tenant_id": {"S": self._tenant.id},
            "key_id": {"S": key.id},
            "name": {"S": key.name},
            "scopes": {"SS": list(key.scopes)},
            "expires_at": {"N": str(key.expires_at)},
        }
        return Write({"Put": {"TableName": self._tables.directory, "Item": item}})

    def _tell(self, by: Actor, action: str, key: WorkspaceKey, at: int) -> Write:
        detail = {"name": key.name, "scopes": list(key.scopes), "prefix": key.prefix}
        return entry(self._tenant, self._tables.workspaces, Change(by, action, key.id, at, detail))

    def _place(self, key_id: str) -> JsonObject:
        return {
            "TableName": self._tables.workspaces,
            "Key": keys.key(self._tenant.id, keys.workspace_key(key_id)),
        }


def _key(item: JsonObject) -> WorkspaceKey:
    return WorkspaceKey(
        id=rest(item, keys.API_KEYS),
        name=item["name"]["S"],
        scopes=tuple(sorted(item["scopes"]["SS"])),
        prefix=item["prefix"]["S"],
        key_hash=item["key_hash"]["S"],
        created_by=item["created_by"]["S"],
        created_at=int(item["created_at"]["N"]),
        expires_at=int(item["expires_at"]["N"]),
    )
