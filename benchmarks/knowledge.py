"""How well passages are found on the bilingual set: by meaning alone, by words alone, fused, and
reranked.

Production's queries and fusion over the stand-in of the collection, which ranks by BM25 and by
cosines. The vectors are the stand-in's hashed words: they know no meaning, so that paraphrases tell
less about an embedding model than about how rankings are put together. Nor does the stand-in that
reranks: it counts words, and its row says what reranking can do, not what a model would.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.knowledge_set import (
    BASE_ID,
    LANGUAGES,
    TENANT_ID,
    UNANSWERABLE,
    Asked,
    passages,
    questions,
)
from local.bedrock import hashed_words
from local.bedrock.reranking import scores
from local.collection.collection import Collection
from rag.asking_settings import AskingSettings
from rag.chunks import Vector, source_of
from rag.embedding import InputType
from rag.fusion import Found, Hit, Weights, fuse
from rag.mapping import ALIAS, index_body, index_name
from rag.passages import Scale, rated, reordered, text_of
from rag.queries import Scope
from rag.reranking import MOST_RERANKED
from rag.searching import Search
from shared.json_types import JsonObject
from shared.tenancy import Tenant

_DIMENSIONS: Final = 1024
SCALE: Final = Scale(0.1, 0.5)
_TEN: Final = 10
_FIVE: Final = 5
_RRF: Final = 60
_EXACT: Final = ("name", "code")
Ranking = Callable[[str, Found], list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    language: str
    ranking: str
    ndcg_at_10: float
    recall_at_5: float
    exact_recall_at_1: float


@dataclass(frozen=True, slots=True)
class Refusals:
    """Shares, at the default threshold."""

    language: str
    refused_of_unanswerable: float
    answered_of_the_rest: float


@dataclass(frozen=True, slots=True)
class Result:
    rows: list[Row]
    refusals: list[Refusals]


class _Client:
    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def msearch(self, body: list[JsonObject]) -> JsonObject:
        return self._collection.many(None, body)


def run() -> Result:
    search, asked = find_passages(), questions()
    scope = Scope(Tenant(TENANT_ID), BASE_ID)
    found = {one.question: search(scope, one.question) for one in asked}
    return Result(
        [
            _row(language, name, ranking, asked, found)
            for language in LANGUAGES
            for name, ranking in _RANKINGS.items()
        ],
        [_refusals(language, asked, found) for language in LANGUAGES],
    )


def find_passages() -> Search:
    """The search of production over the set."""
    collection, there = Collection(), passages()
    name = index_name(_DIMENSIONS)
    collection.create(name, {**index_body(_DIMENSIONS), "aliases": {ALIAS: {}}})
    lines: list[JsonObject] = []
    for chunk in there.values():
        vector = hashed_words.embed(chunk.embedded_text, _DIMENSIONS).tolist()
        lines += ({"index": {"_index": ALIAS}}, source_of(chunk, vector))
    if collection.bulk(None, lines)["errors"]:
        raise RuntimeError("the collection refused passages of the set")

    def embed(texts: Sequence[str], input_type: InputType) -> list[Vector]:  # noqa: ARG001
        return [hashed_words.embed(text, _DIMENSIONS).tolist() for text in texts]

    def live(scope: Scope, ids: Iterable[str]) -> dict[str, int]:  # noqa: ARG001
        return dict.fromkeys(ids, 1)

    client: Any = _Client(collection)
    return Search(client, embed, live)


def _row(
    language: str, name: str, ranking: Ranking, asked: Sequence[Asked], found: dict[str, Found]
) -> Row:
    mine = [one for one in asked if one.language == language and one.kind != UNANSWERABLE]
    places = [(one, _place(ranking(one.question, found[one.question]), one.right)) for one in mine]
    exact = [place for one, place in places if one.kind in _EXACT]
    return Row(
        language,
        name,
        sum(1 / math.log2(place + 2) for _, place in places if place < _TEN) / len(places),
        sum(place < _FIVE for _, place in places) / len(places),
        sum(place == 0 for place in exact) / len(exact),
    )


def _place(names: Sequence[str], right: str) -> int:
    return names.index(right) if right in names else len(names) + _TEN


def _refusals(language: str, asked: Sequence[Asked], found: dict[str, Found]) -> Refusals:
    settings = AskingSettings()
    answered: dict[bool, list[bool]] = {True: [], False: []}
    for one in asked:
        if one.language == language:
            candidates = fuse(found[one.question], settings.weights)
            passages_ = rated(one.question, candidates, SCALE)
            best = max((each.relevance for each in passages_), default=0.0)
            answered[one.kind == UNANSWERABLE].append(best >= settings.threshold)
    refused, rest = answered[True], answered[False]
    return Refusals(language, 1 - sum(refused) / len(refused), sum(rest) / len(rest))


def _of(hits: Iterable[Hit]) -> list[str]:
    return [hit.chunk.document_id for hit in hits]


def _fused(_: str, found: Found) -> list[str]:
    return [one.chunk.document_id for one in fuse(found, Weights())]


def _reranked(question: str, found: Found) -> list[str]:
    fused = rated(question, fuse(found, Weights()), SCALE)
    texts = [text_of(one.chunk) for one in fused[:MOST_RERANKED]]
    return [one.chunk.document_id for one in reordered(fused, scores(question, texts))]


def _reciprocal(_: str, found: Found) -> list[str]:
    scores: dict[str, float] = {}
    for hits in (found.by_meaning, found.by_words, found.by_codes):
        for place, name in enumerate(_of(hits), 1):
            scores[name] = scores.get(name, 0.0) + 1 / (_RRF + place)
    return sorted(scores, key=lambda name: -scores[name])


_RANKINGS: Final[dict[str, Ranking]] = {
    "vectors alone": lambda _, found: _of(found.by_meaning),
    "BM25 alone": lambda _, found: _of(found.by_words),
    "fused by weights and codes": _fused,
    "fused by reciprocal rank": _reciprocal,
    "fused by weights, reranked by the stand-in (words)": _reranked,
}
