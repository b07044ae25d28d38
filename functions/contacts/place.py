"""Where the contacts API's routes find what they work on, for one tenant at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.api import ApiSettings
from shared.aws import client
from shared.contacts.handing_over import announcement
from shared.contacts.record import ContactRecord
from shared.phone_numbers import country_of
from shared.queues import Entry, send_all
from shared.settings import load
from shared.store.contact_fields import ContactFields
from shared.store.contact_lists import ContactLists
from shared.store.contact_merges import ContactMerges
from shared.store.contact_sides import ContactSides
from shared.store.contacts import Contacts
from shared.store.imports import Jobs
from shared.store.segments import Audience, Segments
from shared.store.tenant_files import TenantFiles
from shared.store.workspaces import Workspaces
from shared.tenancy import Tenant
from shared.tenant_session import client_for


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    contacts_table: str
    workspaces_table: str
    contacts_queue_url: str
    contact_jobs_queue_url: str
    files_bucket: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


def dynamodb(tenant: Tenant) -> Any:
    """A client that reaches this workspace's data and no other's."""
    return client_for(tenant, "dynamodb")


def contacts(tenant: Tenant) -> Contacts:
    return Contacts(tenant, settings().contacts_table, dynamodb(tenant))


def lists(tenant: Tenant) -> ContactLists:
    return ContactLists(tenant, settings().contacts_table, dynamodb(tenant))


def fields(tenant: Tenant) -> ContactFields:
    return ContactFields(tenant, settings().contacts_table, dynamodb(tenant))


def sides(tenant: Tenant, contact_id: str) -> ContactSides:
    return ContactSides(tenant, settings().contacts_table, dynamodb(tenant), contact_id)


def merges(tenant: Tenant) -> ContactMerges:
    return ContactMerges(tenant, settings().contacts_table, dynamodb(tenant))


def segments(tenant: Tenant) -> Segments:
    return Segments(tenant, settings().contacts_table, dynamodb(tenant))


def audience(tenant: Tenant) -> Audience:
    return Audience(tenant, settings().contacts_table, dynamodb(tenant))


def jobs(tenant: Tenant, kind: str) -> Jobs:
    return Jobs(tenant, kind, settings().contacts_table, dynamodb(tenant))


def home(tenant: Tenant) -> str:
    """The country whose numbers people write without its code."""
    workspace = Workspaces(tenant, settings().workspaces_table, dynamodb(tenant)).get()
    return country_of(workspace.country_code if workspace else None)


def files(tenant: Tenant) -> TenantFiles:
    return TenantFiles(tenant, settings().files_bucket, client_for(tenant, "s3"))


def hand_over(entry: Entry) -> None:
    """Background work."""
    send_all(client("sqs"), settings().contact_jobs_queue_url, [entry])


def announce(tenant: Tenant, before: ContactRecord, at: int) -> None:
    """Let the conversations be told of the revision that is written next. Asked for before the
    write: a crash in between tells them nothing new, and never leaves them with the old."""
    if before.conversations:
        entry = announcement(tenant, before.id, before.revision + 1, at)
        send_all(client("sqs"), settings().contacts_queue_url, [entry])
