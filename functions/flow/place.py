"""Where the flow API's routes find what they work on, for one tenant at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from shared.api import ApiSettings
from shared.settings import load
from shared.store.flows import FlowStore
from shared.tenancy import Tenant
from shared.tenant_session import client_for


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    workspaces_table: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


def flows(tenant: Tenant) -> FlowStore:
    return FlowStore(tenant, settings().workspaces_table, client_for(tenant, "dynamodb"))
