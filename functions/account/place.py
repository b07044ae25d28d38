"""Where the account API's routes find their tables, their pool and their mail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.api import ApiSettings
from shared.aws import client
from shared.mail import SesMail
from shared.settings import load
from shared.store.directory import Directory
from shared.store.tables import Tables
from shared.tenancy import Tenant
from shared.tenant_session import client_for


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    """`mail_sender` is empty where no mail can be sent; `dashboard_url` is where links lead."""

    workspaces_table: str
    directory_table: str
    usage_table: str
    contacts_table: str
    conversations_table: str
    files_bucket: str
    erasures_queue_url: str
    exports_queue_url: str
    user_pool_id: str
    mail_sender: str
    dashboard_url: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


def tables() -> Tables:
    place = settings()
    return Tables(place.workspaces_table, place.directory_table, place.usage_table)


def directory() -> Directory:
    """With the function's own rights, which are to read: it is asked across workspaces."""
    return Directory(settings().directory_table, client("dynamodb"))


def dynamodb(tenant: Tenant) -> Any:
    """A client that reaches this workspace's data and no other's."""
    return client_for(tenant, "dynamodb")


@lru_cache(maxsize=1)
def mail() -> SesMail:
    return SesMail(client("sesv2"), settings().mail_sender)
