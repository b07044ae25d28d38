"""What the background work on documents works with, for one tenant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rag.collection import ChunkIndex
from rag.embedding import Embed
from rag.reading import read
from rag.sources.blocks import Parsed
from rag.storage import grown
from rag.vector_cache import CachedEmbedding
from shared.clock import Clock, now_ms
from shared.queues import Entry, send_all
from shared.store.documents import Documents
from shared.store.evaluations import Evaluations
from shared.store.golden_questions import GoldenQuestions
from shared.store.tenant_files import TenantFiles
from shared.store.transactions import Write
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class IngestSettings:
    knowledge_table: str
    knowledge_files_bucket: str
    knowledge_jobs_queue_url: str
    usage_table: str
    private_hosts: str = ""


@dataclass(frozen=True, slots=True)
class Tools:
    """`collection` is its client, `embed` Bedrock's; `model` names what the vectors are of; `read`
    reads a file of a kind, and raises UnreadableError."""

    settings: IngestSettings
    dynamodb: Any
    s3: Any
    sqs: Any
    collection: Any
    embed: Embed
    model: str
    clock: Clock = now_ms
    read: Callable[[str, bytes], Parsed] = read


@dataclass(frozen=True, slots=True)
class Bench:
    tools: Tools
    tenant: Tenant

    def documents(self, knowledge_base_id: str) -> Documents:
        table = self.tools.settings.knowledge_table
        return Documents(self.tenant, knowledge_base_id, table, self.tools.dynamodb)

    def golden_questions(self, knowledge_base_id: str) -> GoldenQuestions:
        table = self.tools.settings.knowledge_table
        return GoldenQuestions(self.tenant, knowledge_base_id, table, self.tools.dynamodb)

    def evaluations(self, knowledge_base_id: str) -> Evaluations:
        table = self.tools.settings.knowledge_table
        return Evaluations(self.tenant, knowledge_base_id, table, self.tools.dynamodb)

    @property
    def index(self) -> ChunkIndex:
        return ChunkIndex(self.tenant, self.tools.collection)

    @property
    def files(self) -> TenantFiles:
        return TenantFiles(self.tenant, self.tools.settings.knowledge_files_bucket, self.tools.s3)

    @property
    def embedding(self) -> CachedEmbedding:
        table, dynamodb = self.tools.settings.knowledge_table, self.tools.dynamodb
        tools = self.tools
        return CachedEmbedding(self.tenant, table, dynamodb, tools.embed, tools.model, tools.clock)

    def storage_grown(self, by: int) -> list[Write]:
        """The member of a transaction that counts it."""
        usage, now = self.tools.settings.usage_table, self.tools.clock()
        return grown(self.tenant, usage, by, now)

    def hand_over(self, *entries: Entry) -> None:
        send_all(self.tools.sqs, self.tools.settings.knowledge_jobs_queue_url, entries)
