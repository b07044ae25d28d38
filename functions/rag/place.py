"""Where the routes of knowledge find what they work on, for one tenant at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from rag.answering import Answering
from rag.collection import Patience, connect
from rag.composing import AnsweringSettings, answering_with, records
from rag.counted import CountedAnswers
from rag.passage_texts import PassageTexts
from rag.settings import BedrockSettings, CollectionSettings, RerankSettings
from rag.storage import grown
from shared.api import ApiSettings
from shared.aws import client, credentials
from shared.queues import Entry, send_all
from shared.settings import load
from shared.store.answers import AnswerRecords
from shared.store.directory import Directory
from shared.store.documents import Documents
from shared.store.evaluations import Evaluations
from shared.store.golden_questions import GoldenQuestions
from shared.store.knowledge_bases import KnowledgeBases
from shared.store.tenant_files import TenantFiles
from shared.store.transactions import Write, commit
from shared.store.usage import added
from shared.tenancy import Tenant
from shared.tenant_session import client_for
from shared.usage.limits import Limits
from shared.usage.meters import AI_TOKENS
from shared.usage.months import month_of

_IMPATIENT: Final = Patience(18, 0)
"""A call has less than half a minute, in which a model has to answer too."""


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    knowledge_table: str
    usage_table: str
    directory_table: str
    workspaces_table: str
    knowledge_files_bucket: str
    knowledge_jobs_queue_url: str
    evaluations_queue_url: str


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


def golden_questions(tenant: Tenant, knowledge_base_id: str) -> GoldenQuestions:
    table = settings().knowledge_table
    return GoldenQuestions(tenant, knowledge_base_id, table, dynamodb(tenant))


def evaluations(tenant: Tenant, knowledge_base_id: str) -> Evaluations:
    return Evaluations(tenant, knowledge_base_id, settings().knowledge_table, dynamodb(tenant))


def models() -> dict[str, str]:
    """Which models answer, judge and embed, and which one reranks where there is one."""
    own = load(AnsweringSettings)
    embedding = load(BedrockSettings).embedding_model
    named = {"chat": own.chat_model, "judge": own.judge, "embedding": embedding}
    return {**named, "reranker": rerank_model()} if rerank_model() else named


def rerank_model() -> str:
    """Empty where the deployment offers none."""
    return load(RerankSettings).rerank_model


@lru_cache(maxsize=1)
def passage_texts() -> PassageTexts:
    return PassageTexts(connect(load(CollectionSettings), credentials(), _IMPATIENT))


@lru_cache(maxsize=1)
def answering() -> Answering:
    return answering_with(
        load(AnsweringSettings),
        load(BedrockSettings),
        load(CollectionSettings),
        load(RerankSettings),
        dynamodb,
        patience=_IMPATIENT,
    )


def answers(tenant: Tenant) -> CountedAnswers:
    kept = records(load(AnsweringSettings), dynamodb)
    return CountedAnswers(answering(), limits(tenant).check, kept)


def answer_records(tenant: Tenant, knowledge_base_id: str) -> AnswerRecords:
    return records(load(AnsweringSettings), dynamodb)(tenant, knowledge_base_id)


def files(tenant: Tenant) -> TenantFiles:
    return TenantFiles(tenant, settings().knowledge_files_bucket, client_for(tenant, "s3"))


def limits(tenant: Tenant) -> Limits:
    place = settings()
    directory = Directory(place.directory_table, client("dynamodb"))
    return Limits(directory, place.usage_table, dynamodb(tenant))


def count_tokens(tenant: Tenant, tokens: int, at: int) -> None:
    """Those that no answer counts."""
    if tokens:
        used = added(tenant, settings().usage_table, month_of(at), {AI_TOKENS.id: tokens})
        commit(dynamodb(tenant), [used])


def storage_grown(tenant: Tenant, by: int, at: int) -> list[Write]:
    return grown(tenant, settings().usage_table, by, at)


def hand_over(*entries: Entry) -> None:
    """Background work."""
    send_all(client("sqs"), settings().knowledge_jobs_queue_url, entries)


def evaluate(*entries: Entry) -> None:
    """Work on evaluations."""
    send_all(client("sqs"), settings().evaluations_queue_url, entries)
