"""Find passages: by meaning, by words and by codes, in one call to the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from rag.chunks import chunk_of
from rag.codes import codes_asked
from rag.collection import CollectionBusyError, busy_told, is_busy
from rag.embedding import QUERY, Embed
from rag.fusion import ChunkKey, Found, Hit, key_of
from rag.mapping import ALIAS
from rag.queries import Scope, Version, by_codes, by_meaning, by_words
from shared.json_types import JsonObject

_DEEP: Final = 40  # hits of each way: some are of versions that do not count any more
_ENOUGH: Final = 20  # of them that do; with fewer it is asked again without those versions
_ROUNDS: Final = 4
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
        without: set[Version] = set()
        for _ in range(_ROUNDS):
            asked = [
                by_meaning(scope, vector, _DEEP, without),
                by_words(scope, question, _DEEP, without),
                *([by_codes(scope, codes, _DEEP, without)] if codes else ()),
            ]
            answers = self._ask(asked)
            ways = [_hits(answer, scope) for answer in answers]
            live = self.live(scope, {hit.chunk.document_id for hits in ways for hit in hits})
            counted = [[hit for hit in hits if _counts(hit, live)] for hits in ways]
            gone = {_version(hit) for hits in ways for hit in hits if not _counts(hit, live)}
            if not gone or not any(map(_is_crowded, answers, counted)):
                break
            without |= gone
        return Found(counted[0], counted[1], counted[2] if codes else ())

    def _ask(self, bodies: list[JsonObject]) -> list[JsonObject]:
        lines: list[JsonObject] = []
        for body in bodies:
            lines += ({"index": ALIAS}, body)
        with busy_told():
            answers: list[JsonObject] = self.collection.msearch(body=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                if is_busy(answer.get("status")):
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


def _is_crowded(answer: JsonObject, counted: list[Hit]) -> bool:
    """Whether passages that do not count may have taken the places of some that do."""
    return len(answer["hits"]["hits"]) >= _DEEP and len(counted) < _ENOUGH


def _version(hit: Hit) -> Version:
    return hit.chunk.document_id, hit.chunk.version


def _counts(hit: Hit, live: Mapping[str, int]) -> bool:
    return live.get(hit.chunk.document_id) == hit.chunk.version
