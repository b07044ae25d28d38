"""Where the flow API's routes find what they work on, for one tenant at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.api import ApiSettings
from shared.aws import client
from shared.media.library import Library
from shared.settings import load
from shared.store.contact_fields import ContactFields
from shared.store.contacts import Contacts
from shared.store.conversations import Conversations
from shared.store.documents import Documents
from shared.store.evaluations import Evaluations
from shared.store.flows import FlowStore
from shared.store.knowledge_bases import KnowledgeBases
from shared.store.media_files import MediaFiles
from shared.store.members import Members
from shared.store.tables import Tables
from shared.store.teams import Teams
from shared.store.templates import Templates
from shared.store.tenant_files import TenantFiles
from shared.store.traces import Traces
from shared.store.workspaces import Workspaces
from shared.tenancy import Tenant
from shared.tenant_session import client_for


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    """`private_hosts` as the actions worker has them: a simulated call is as free as a real one."""

    workspaces_table: str
    conversations_table: str
    contacts_table: str
    inbound_queue_url: str
    starts_queue_url: str
    schedules_queue_url: str
    usage_table: str
    media_bucket: str
    knowledge_table: str
    private_hosts: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


def flows(tenant: Tenant) -> FlowStore:
    return FlowStore(tenant, settings().workspaces_table, client_for(tenant, "dynamodb"))


def workspaces(tenant: Tenant) -> Workspaces:
    return Workspaces(tenant, settings().workspaces_table, client_for(tenant, "dynamodb"))


def conversations(tenant: Tenant) -> Conversations:
    dynamodb = client_for(tenant, "dynamodb")
    return Conversations(tenant, settings().conversations_table, dynamodb)


def contacts(tenant: Tenant) -> Contacts:
    return Contacts(tenant, settings().contacts_table, client_for(tenant, "dynamodb"))


def contact_fields(tenant: Tenant) -> ContactFields:
    return ContactFields(tenant, settings().contacts_table, client_for(tenant, "dynamodb"))


def knowledge_bases(tenant: Tenant) -> KnowledgeBases:
    place = settings()
    dynamodb = client_for(tenant, "dynamodb")
    return KnowledgeBases(tenant, place.knowledge_table, place.workspaces_table, dynamodb)


def documents(tenant: Tenant, knowledge_base_id: str) -> Documents:
    table, dynamodb = settings().knowledge_table, client_for(tenant, "dynamodb")
    return Documents(tenant, knowledge_base_id, table, dynamodb)


def evaluations(tenant: Tenant, knowledge_base_id: str) -> Evaluations:
    table, dynamodb = settings().knowledge_table, client_for(tenant, "dynamodb")
    return Evaluations(tenant, knowledge_base_id, table, dynamodb)


def members(tenant: Tenant) -> Members:
    tables = Tables(settings().workspaces_table, "", "")
    return Members(tenant, tables, client_for(tenant, "dynamodb"))


def teams(tenant: Tenant) -> Teams:
    return Teams(tenant, settings().workspaces_table, client_for(tenant, "dynamodb"))


def templates(tenant: Tenant) -> Templates:
    return Templates(tenant, settings().workspaces_table, client_for(tenant, "dynamodb"))


def library(tenant: Tenant) -> Library:
    names = settings()
    dynamodb, s3 = client_for(tenant, "dynamodb"), client_for(tenant, "s3")
    records = MediaFiles(tenant, names.workspaces_table, names.usage_table, dynamodb)
    return Library(records, TenantFiles(tenant, names.media_bucket, s3))


def traces(tenant: Tenant) -> Traces:
    return Traces(tenant, settings().conversations_table, client_for(tenant, "dynamodb"))


def queue() -> Any:
    return client("sqs")
