"""A chunk: a passage of a document as the index keeps it, with all that leads back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rag.codes import codes_in
from shared.json_types import JsonObject

Vector: TypeAlias = Sequence[float]


@dataclass(frozen=True, slots=True)
class Chunk:
    """`chunk_no` counts from 0 within a version of a document; `page` from 1, None where a source
    has none; `headings` from the outermost to the one the passage stands under; `title` is the
    document's name when it was read.

    (document_id, version, chunk_no) names a chunk. The index may hold the same one twice, when a
    worker died between writing and saying so: readers take the first.
    """

    tenant_id: str
    knowledge_base_id: str
    document_id: str
    version: int
    chunk_no: int
    text: str
    title: str
    page: int | None = None
    headings: tuple[str, ...] = ()

    @property
    def embedded_text(self) -> str:
        """What its vector is made of: a passage says little without what it stands under. The name
        of its document is left out: the same text under another name costs nothing."""
        return "\n".join([*self.headings, self.text])


def source_of(chunk: Chunk, vector: Vector) -> JsonObject:
    """The chunk as a document of the index."""
    source: JsonObject = {
        "tenant_id": chunk.tenant_id,
        "knowledge_base_id": chunk.knowledge_base_id,
        "document_id": chunk.document_id,
        "version": chunk.version,
        "chunk_no": chunk.chunk_no,
        "text": chunk.text,
        "title": chunk.title,
        "headings": list(chunk.headings),
        "codes": list(codes_in(f"{chunk.title}\n{' '.join(chunk.headings)}\n{chunk.text}")),
        "embedding": list(vector),
    }
    return source if chunk.page is None else {**source, "page": chunk.page}


def chunk_of(source: JsonObject) -> Chunk:
    """Back from what the index answers."""
    return Chunk(
        tenant_id=source["tenant_id"],
        knowledge_base_id=source["knowledge_base_id"],
        document_id=source["document_id"],
        version=source["version"],
        chunk_no=source["chunk_no"],
        text=source["text"],
        title=source["title"],
        page=source.get("page"),
        headings=tuple(source["headings"]),
    )
