"""Where the routes of knowledge find what they work on, for one tenant at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rag.answering import Answering
from rag.composing import AnsweringSettings, answering_with, records
from rag.counted import CountedAnswers
from rag.settings import BedrockSettings, CollectionSettings
from shared.api import ApiSettings
from shared.aws import client
from shared.queues import Entry, send_all
from shared.settings import load
from shared.store.answers import AnswerRecords
from shared.store.directory import Directory
from shared.store.documents import Documents
from shared.store.knowledge_bases import KnowledgeBases
from shared.store.tenant_files import TenantFiles
from shared.tenancy import Tenant
from shared.tenant_session import client_for
from shared.usage.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    knowledge_table: str
    usage_table: str
    directory_table: str
    workspaces_table: str
    knowledge_files_bucket: str
    knowledge_jobs_queue_url: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


def dynamodb(tenant: Tenant) -> Any:
    """A client that reaches this workspace's data and no other's."""
    return client_for(tenant, "dynamodb")


def bases(tenant: Tenant) -> KnowledgeBases:
    place = settings()
    return KnowledgeBases(tenant, place.knowledge_table, place.workspaces_table, dynamodb(tenant))


def documents(tenant: Tenant, knowledge_base_id: str) -> Documents:
    return Documents(tenant, knowledge_base_id, settings().knowledge_table, dynamodb(tenant))


@lru_cache(maxsize=1)
def answering() -> Answering:
    return answering_with(
        load(AnsweringSettings), load(BedrockSettings), load(CollectionSettings), dynamodb
    )


def answers(tenant: Tenant) -> CountedAnswers:
    place, own = settings(), client("dynamodb")
    limits = Limits(Directory(place.directory_table, own), place.usage_table, dynamodb(tenant))
    return CountedAnswers(answering(), limits.check, records(load(AnsweringSettings), dynamodb))


def answer_records(tenant: Tenant, knowledge_base_id: str) -> AnswerRecords:
    return records(load(AnsweringSettings), dynamodb)(tenant, knowledge_base_id)


def files(tenant: Tenant) -> TenantFiles:
    return TenantFiles(tenant, settings().knowledge_files_bucket, client_for(tenant, "s3"))


def hand_over(*entries: Entry) -> None:
    """Background work."""
    send_all(client("sqs"), settings().knowledge_jobs_queue_url, entries)
