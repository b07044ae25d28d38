"""Find passages: by meaning, by words and by codes, in one call to the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from opensearchpy.exceptions import TransportError

from rag.chunks import chunk_of
from rag.codes import codes_asked
from rag.collection import CollectionBusyError
from rag.embedding import QUERY, Embed
from rag.fusion import ChunkKey, Found, Hit, key_of
from rag.mapping import ALIAS
from rag.queries import Scope, by_codes, by_meaning, by_words
from shared.json_types import JsonObject

_DEEP: Final = 40  # hits of each way: some are of versions that do not count any more
_BUSY: Final = frozenset({429, 500, 502, 503, 504, "N/A"})
Live: TypeAlias = Callable[[Scope, Iterable[str]], Mapping[str, int]]
"""The versions that count, by document."""


@dataclass(frozen=True, slots=True)
class Search:
    """`collection` is a client of the index."""

    collection: Any
    embed: Embed
    live: Live

    def __call__(self, scope: Scope, question: str) -> Found:
        """Raises CollectionBusyError and EmbeddingBusyError."""
        (vector,) = self.embed([question], QUERY)
        codes = codes_asked(question)
        asked = [by_meaning(scope, vector, _DEEP), by_words(scope, question, _DEEP)]
        if codes:
            asked.append(by_codes(scope, codes, _DEEP))
        found = [_hits(answer, scope) for answer in self._ask(asked)]
        live = self.live(scope, {hit.chunk.document_id for hits in found for hit in hits})
        counted = [[hit for hit in hits if _counts(hit, live)] for hits in found]
        return Found(counted[0], counted[1], counted[2] if codes else ())

    def _ask(self, bodies: list[JsonObject]) -> list[JsonObject]:
        lines: list[JsonObject] = []
        for body in bodies:
            lines += ({"index": ALIAS}, body)
        try:
            answers: list[JsonObject] = self.collection.msearch(body=lines)["responses"]
        except TransportError as error:
            if error.status_code in _BUSY:
                raise CollectionBusyError(type(error).__name__) from error
            raise
        for answer in answers:
            if "error" in answer:
                if answer.get("status") in _BUSY:
                    raise CollectionBusyError(str(answer["status"]))
                raise RuntimeError(f"the index refused a search: {answer['error'].get('type')}")
        return answers


def _hits(answer: JsonObject, scope: Scope) -> list[Hit]:
    """Each passage once, although the index may have it twice. Whatever the index answers, nothing
    of another tenant or knowledge base is taken from it."""
    found: dict[ChunkKey, Hit] = {}
    for hit in answer["hits"]["hits"]:
        chunk = chunk_of(hit["_source"])
        is_ours = chunk.tenant_id == scope.tenant.id
        if is_ours and chunk.knowledge_base_id == scope.knowledge_base_id:
            found.setdefault(key_of(chunk), Hit(chunk, float(hit["_score"])))
    return list(found.values())


def _counts(hit: Hit, live: Mapping[str, int]) -> bool:
    return live.get(hit.chunk.document_id) == hit.chunk.version
