"""The workspace itself: people, teams, keys, flows, webhooks, the audit log, and its use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from account.stores.place import Place
from account.stores.told import Told
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.partitions import items
from shared.store.usage import Usage
from shared.tenancy import Tenant

FILES: Final = {
    keys.WORKSPACE: "workspace",
    keys.MEMBERS: "members",
    keys.INVITES: "invites",
    keys.API_KEYS: "api_keys",
    keys.CHANNELS: "channels",
    keys.AUDIT: "audit",
    keys.FLOWS: "flows",
    keys.WEBHOOKS: "webhooks",
    keys.TEMPLATES: "templates",
    keys.TEAMS: "teams",
}
"""By the beginning of the sort key. What has none here is a copy, or about to be forgotten."""

_SECRET: Final = frozenset(
    {"key_hash", "token_hash", "secrets", "sealed_token", "sealed_app", "sealed_pin"}
)
_JSON: Final = frozenset(
    {"detail", "definition", "body", "components", "edited_at", "asked", "result", "totals"}
)


def tell_all(place: Place, tenant: Tenant) -> Iterator[Told]:
    table = place.names.workspaces_table
    for item in items(place.dynamodb, table, tenant.id):
        sk = item["sk"]["S"]
        file = next((name for prefix, name in FILES.items() if sk.startswith(prefix)), None)
        if file is None:
            continue
        id_ = sk.partition("#")[2] or tenant.id
        yield file, {"id": id_, **plain(item)}
        if file == "flows":
            yield from _versions(place, tenant, id_)


def _versions(place: Place, tenant: Tenant, flow_id: str) -> Iterator[Told]:
    for item in items(place.dynamodb, place.names.workspaces_table, keys.flow(tenant, flow_id)):
        yield "flow_versions", {"flow": flow_id, "version": item["sk"]["S"], **plain(item)}


def tell_use(place: Place, tenant: Tenant) -> Iterator[Told]:
    for month in Usage(tenant, place.names.usage_table, place.dynamodb).months():
        yield "usage", {"month": month.month, **month.amounts}


def plain(item: JsonObject) -> JsonObject:
    """An item as JSON, without its keys and without secrets."""
    return {
        name: _value(name, typed)
        for name, typed in item.items()
        if name not in _SECRET and name not in ("pk", "sk")
    }


def _value(name: str, typed: JsonObject) -> object:
    ((kind, value),) = typed.items()
    match kind:
        case "N":
            return float(value) if "." in value else int(value)
        case "S" if name in _JSON:
            return json.loads(value)
        case "SS" | "NS":
            return sorted(value)
        case "L" | "M" | "B":
            return None
    return value
