"""The words of passages that are known by where they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rag.chunks import chunk_of
from rag.collection import busy_told
from rag.fusion import ChunkKey, key_of
from rag.mapping import ALIAS
from rag.queries import Scope, by_place


@dataclass(frozen=True, slots=True)
class PassageTexts:
    """`collection` is a client of the index."""

    collection: Any

    def __call__(self, scope: Scope, places: Iterable[ChunkKey]) -> dict[ChunkKey, str]:
        """Of those that are in the index still. Raises CollectionBusyError."""
        wanted = set(places)
        if not wanted:
            return {}
        with busy_told():
            answer = self.collection.search(index=ALIAS, body=by_place(scope, sorted(wanted)))
        chunks = [chunk_of(hit["_source"]) for hit in answer["hits"]["hits"]]
        return {
            key_of(chunk): chunk.text
            for chunk in chunks
            if chunk.tenant_id == scope.tenant.id
            and chunk.knowledge_base_id == scope.knowledge_base_id
            and key_of(chunk) in wanted
        }
