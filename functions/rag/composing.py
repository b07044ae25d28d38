"""Answering as production composes it: Bedrock, the collection, the records of documents."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rag.answering import Answering
from rag.collection import Patience, connect
from rag.converse import BedrockConverse, Converse
from rag.embedding import BedrockEmbedding
from rag.passages import Scale
from rag.queries import Scope
from rag.reranking import BedrockRerank, Rerank
from rag.searching import Search
from rag.settings import BedrockSettings, CollectionSettings, RerankSettings
from shared.aws import bedrock_agent_runtime, bedrock_runtime, credentials
from shared.store.answers import AnswerRecords
from shared.store.documents import Documents
from shared.tenancy import Tenant

_PATIENT: Final = Patience(35, 1)


@dataclass(frozen=True, slots=True)
class AnsweringSettings:
    """`chat_model` may be an inference profile; `judge_model` judges what it writes, and is the
    same where it is empty. `guardrail` is "id:version", empty for none.
    `similarity_low` and `similarity_high` are the embedding model's cosines of unrelated and of
    matching texts."""

    chat_model: str
    guardrail: str
    similarity_low: float
    similarity_high: float
    knowledge_table: str
    usage_table: str
    judge_model: str

    @property
    def judge(self) -> str:
        return self.judge_model or self.chat_model


def answering_with(
    settings: AnsweringSettings,
    models: BedrockSettings,
    place: CollectionSettings,
    reranking: RerankSettings,
    dynamodb_of: Callable[[Tenant], Any],
    *,
    patience: Patience = _PATIENT,
) -> Answering:
    bedrock = bedrock_runtime(models.bedrock_url, models.bedrock_region)
    embed = BedrockEmbedding(bedrock, models.embedding_model, models.embedding_dimensions)
    collection = connect(place, credentials(), patience)

    def live(scope: Scope, document_ids: Iterable[str]) -> Mapping[str, int]:
        base_id, dynamodb = scope.knowledge_base_id, dynamodb_of(scope.tenant)
        documents = Documents(scope.tenant, base_id, settings.knowledge_table, dynamodb)
        return documents.live(document_ids)

    return Answering(
        Search(collection, embed, live),
        BedrockConverse(bedrock, settings.chat_model, settings.guardrail),
        models.embedding_model,
        lambda: time.monotonic() * 1000,
        Scale(settings.similarity_low, settings.similarity_high),
        _rerank(models, reranking),
    )


def _rerank(models: BedrockSettings, reranking: RerankSettings) -> Rerank | None:
    if not reranking.rerank_model:
        return None
    bedrock = bedrock_agent_runtime(models.bedrock_url, reranking.rerank_region)
    return BedrockRerank(bedrock, reranking.rerank_model)


def judge_with(settings: AnsweringSettings, models: BedrockSettings) -> Converse:
    """Without a guardrail: what is judged may be what one keeps back."""
    bedrock = bedrock_runtime(models.bedrock_url, models.bedrock_region)
    return BedrockConverse(bedrock, settings.judge)


def records(
    settings: AnsweringSettings, dynamodb_of: Callable[[Tenant], Any]
) -> Callable[[Tenant, str], AnswerRecords]:
    def of(tenant: Tenant, base_id: str) -> AnswerRecords:
        table, usage = settings.knowledge_table, settings.usage_table
        return AnswerRecords(tenant, base_id, table, usage, dynamodb_of(tenant))

    return of
