"""Ingestion of one workspace over moto, the stand-in for the collection in this process, and a
queue whose entries are worked on until none is left."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch

from local.bedrock import hashed_words
from local.collection.collection import Collection
from rag import versions
from rag.bench import Bench, IngestSettings, Tools
from rag.chunks import Vector
from rag.embedding import EmbeddingBusyError, InputType
from rag.forgetting import entry_for
from rag.ingest import Ingest
from rag.sources.blocks import Parsed
from rag.sources.child import PARSERS
from rag.storage import grown, taken
from shared.fifo_batch import NotYetError
from shared.ids import new_id
from shared.json_types import JsonObject
from shared.queues import Entry
from shared.store import keys
from shared.store.audit import Actor
from shared.store.documents import Document, Documents
from shared.store.knowledge_bases import KnowledgeBase, KnowledgeBases
from shared.store.tenant_files import TenantFiles
from shared.store.transactions import Write
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES
from shared.usage.months import month_of
from tests.collection_side import client_of
from tests.fakes import FakeClock, FakeSqs

DIMENSIONS = 64
JOBS = "jobs"
BY = Actor("u_ana", "ana@example.com")
SETTINGS = IngestSettings("knowledge", "knowledge-files", JOBS, "usage")


def parsed_here(kind: str, content: bytes) -> Parsed:
    """Without a process of its own, which takes a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "source")
        path.write_bytes(content)
        return PARSERS[kind](path)


@dataclass
class Embedder:
    """Counts what it is asked; `busy` times it takes nothing."""

    texts: list[str] = field(default_factory=list)
    busy: int = 0

    def __call__(self, texts: Sequence[str], input_type: InputType) -> list[Vector]:
        assert input_type == "search_document"
        if self.busy:
            self.busy -= 1
            raise EmbeddingBusyError("busy")
        self.texts += texts
        return [hashed_words.embed(text, DIMENSIONS).tolist() for text in texts]


class World:
    """One tenant's. Another one may share the collection."""

    def __init__(
        self, dynamodb: Any, s3: Any, tenant: Tenant, collection: Collection | None = None
    ) -> None:
        self.tenant, self.dynamodb, self.s3 = tenant, dynamodb, s3
        self.clock, self.sqs, self.embed = FakeClock(), FakeSqs(), Embedder()
        self.collection = collection or Collection(lag=10, clock=lambda: self.clock() / 1000)
        self.client, self.wire = client_of(self.collection, DIMENSIONS)
        self.tools = Tools(
            SETTINGS,
            dynamodb,
            s3,
            self.sqs,
            self.client,
            self.embed,
            "model/64",
            self.clock,
            read=parsed_here,
        )
        self.bench = Bench(self.tools, tenant)
        self.bases = KnowledgeBases(tenant, "knowledge", "workspaces", dynamodb)
        self.bases.create(KnowledgeBase("kb1", "Shop", 1), by=BY, at=1)

    # As the module `rag.place`, for `rag.versions`.
    def documents(self, tenant: Tenant, knowledge_base_id: str) -> Documents:
        return self.bench.documents(knowledge_base_id)

    def files(self, tenant: Tenant) -> TenantFiles:
        return self.bench.files

    def storage_grown(self, tenant: Tenant, by: int, at: int) -> list[Write]:
        return grown(tenant, SETTINGS.usage_table, by, at)

    def hand_over(self, *entries: Entry) -> None:
        self.bench.hand_over(*entries)

    def bring(self, content: bytes, kind: str = "text", name: str = "Prices.txt") -> Document:
        """A new document whose file is there, and all that follows."""
        begun = self.begin(content, kind, name)
        self.work()
        return self.now(begun)

    def begin(self, content: bytes, kind: str = "text", name: str = "Prices.txt") -> Document:
        id_ = new_id()
        made = Document(id_, "kb1", name, kind, 1, 1, upload=f"kb1/{id_}/{new_id()}")
        self.documents(self.tenant, "kb1").create(made)
        self._upload(made, content)
        return made

    def replace(self, document: Document, content: bytes) -> Document:
        self._upload(document, content)
        self.work()
        return self.now(document)

    def _upload(self, document: Document, content: bytes) -> None:
        upload = f"kb1/{document.id}/{new_id()}"
        self.bench.files.write(upload, content, "text/plain")
        documents = self.documents(self.tenant, "kb1")
        waiting = documents.change(self.now(document), upload=upload)
        versions.uploaded(self, self.tenant, waiting, self.clock())

    def now(self, document: Document) -> Document:
        return self.documents(self.tenant, "kb1").get(document.id)

    def stored(self) -> int:
        """Bytes that are counted."""
        usage = Usage(self.tenant, SETTINGS.usage_table, self.dynamodb)
        return usage.used(STORAGE_BYTES, month_of(self.clock()))

    def delete(self, document: Document) -> None:
        """The record, and what its stream brings about."""
        pk, item = keys.documents(self.tenant, "kb1"), {"making": {"N": "1"}}
        now = self.now(document)
        freed = self.bench.storage_grown(-taken(now))
        self.documents(self.tenant, "kb1").delete(now, *freed)
        record = {
            "eventName": "REMOVE",
            "dynamodb": {"OldImage": {**keys.key(pk, document.id), **item}},
        }
        entry = entry_for(record, self.clock())
        assert entry is not None
        self.hand_over(entry)

    def work(self, receives: int = 1, most: int = 500) -> None:
        """Every entry of the queue, each a little later than the one before."""
        waiting = self.sqs.sent[JOBS]
        while waiting and most:
            most -= 1
            sent = waiting.pop(0)
            self.clock.advance(sent.get("DelaySeconds", 0) + 1)
            self.run(sent["MessageBody"], receives)

    def run(self, body: str, receives: int = 1) -> None:
        record: JsonObject = {
            "body": body,
            "messageId": "m",
            "attributes": {"ApproximateReceiveCount": str(receives)},
        }
        try:
            Ingest(self.tools).run(record)
        except NotYetError:
            self.sqs.sent[JOBS].append({"MessageBody": body, "DelaySeconds": 1})

    def queued(self) -> list[JsonObject]:
        return [json.loads(sent["MessageBody"]) for sent in self.sqs.sent[JOBS]]

    def found(self, tenant: Tenant | None = None) -> list[JsonObject]:
        """Every chunk of a tenant that the index finds."""
        return chunks_of(self.client, tenant or self.tenant)


def chunks_of(client: OpenSearch, tenant: Tenant) -> list[JsonObject]:
    query = {"term": {"tenant_id": tenant.id}}
    answer = client.search(index="chunks", body={"query": query, "size": 10_000})
    return [hit["_source"] for hit in answer["hits"]["hits"]]
