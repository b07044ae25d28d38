"""A workspace of its own on the running stack: owner, number, flow and API key."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from local import demo
from local.stack import LocalStack
from shared.ids import new_id
from shared.permissions import API_KEY_SCOPES
from shared.sealed import Sealer
from shared.store.api_keys import ApiKeys
from shared.store.audit import Actor
from shared.store.directory import Directory, Number
from shared.store.flows import FlowStore
from shared.store.lifecycle import Lifecycle
from shared.store.tables import Tables
from shared.tenancy import Tenant
from tests.published import publish


@dataclass(frozen=True)
class Shop:
    """`key` is an API key that may do all that a program may; `number` Meta's id of its number."""

    tenant: Tenant
    number: str
    key: str
    tables: Tables
    owner: Actor


def tables_of(stack: LocalStack) -> Tables:
    outputs = stack.outputs
    return Tables(
        outputs["WorkspacesTableName"], outputs["DirectoryTableName"], outputs["UsageTableName"]
    )


def open_shop(stack: LocalStack, number: str) -> Shop:
    """A new one, on which the demo's flow answers."""
    dynamodb: Any = stack.aws("dynamodb")
    tables, tenant = tables_of(stack), Tenant(new_id())
    owner = Actor(f"owner-{tenant.id}", f"{tenant.id}@kabar.test")
    now = time.time_ns() // 1_000_000
    Lifecycle(tenant, tables, dynamodb).create("Warung", by=owner, at=now)
    publish(FlowStore(tenant, tables.workspaces, dynamodb), demo.FLOW_ID, demo.flow(), now)
    sealer = Sealer(stack.aws("kms"), stack.outputs["SecretsKeyArn"])
    Directory(tables.directory, dynamodb).put_number(
        Number(
            phone_number_id=number,
            tenant_id=tenant.id,
            display_phone_number="+62 811 1000 400",
            name="Warung",
            flow_id=demo.FLOW_ID,
            sealed_token=sealer.seal(tenant, "EAA"),
        )
    )
    scopes = [scope.value for scope in API_KEY_SCOPES]
    expires_at = now // 1000 + 3600
    _, key = ApiKeys(tenant, tables, dynamodb).create("Test", scopes, expires_at, by=owner, at=now)
    return Shop(tenant, number, key, tables, owner)
