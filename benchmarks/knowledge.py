"""How well passages are found on the bilingual set: by meaning alone, by words alone, fused, and
reranked.

Production's queries and fusion over the stand-in of the collection, which ranks by BM25 and by
cosines. The vectors are those of the stand-in for Bedrock: hashed words, which know no meaning, so
that paraphrases tell less about an embedding model than about how rankings are put together; and
where it is installed (`make sentences`) a small real model, which knows English. Nor does the
stand-in that reranks know any: it counts words, and its row says what reranking can do.
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
from local.bedrock import hashed_words, sentence_model
from local.bedrock.embeddings import Embed
from local.bedrock.reranking import scores
from local.bedrock.sentences import embedder
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
    """`vectors` is what made them."""

    vectors: str
    language: str
    ranking: str
    ndcg_at_10: float
    recall_at_5: float
    exact_recall_at_1: float


@dataclass(frozen=True, slots=True)
class Refusals:
    """Shares, at the default threshold."""

    vectors: str
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
    asked, scope = questions(), Scope(Tenant(TENANT_ID), BASE_ID)
    result = Result([], [])
    for vectors, embed in _embeddings().items():
        search = find_passages(embed)
        found = {one.question: search(scope, one.question) for one in asked}
        for language in LANGUAGES:
            mine = [one for one in asked if one.language == language]
            result.rows.extend(
                Row(vectors, language, name, *_found_by(ranking, mine, found))
                for name, ranking in _RANKINGS.items()
            )
            result.refusals.append(Refusals(vectors, language, *_refused(mine, found)))
    return result


def _embeddings() -> dict[str, Embed]:
    made: dict[str, Embed] = {"hashed words": _hashed}
    if sentence_model.installed():
        made["a sentence model"] = embedder()
    return made


def _hashed(texts: Sequence[str], dimensions: int) -> list[list[float]]:
    return [hashed_words.embed(text, dimensions).tolist() for text in texts]


def find_passages(embedding: Embed = _hashed) -> Search:
    """The search of production over the set."""
    collection, there = Collection(), passages()
    name = index_name(_DIMENSIONS)
    collection.create(name, {**index_body(_DIMENSIONS), "aliases": {ALIAS: {}}})
    lines: list[JsonObject] = []
    for chunk in there.values():
        (vector,) = embedding([chunk.embedded_text], _DIMENSIONS)
        lines += ({"index": {"_index": ALIAS}}, source_of(chunk, vector))
    if collection.bulk(None, lines)["errors"]:
        raise RuntimeError("the collection refused passages of the set")

    def embed(texts: Sequence[str], input_type: InputType) -> list[Vector]:  # noqa: ARG001
        return [list(vector) for vector in embedding(texts, _DIMENSIONS)]

    def live(scope: Scope, ids: Iterable[str]) -> dict[str, int]:  # noqa: ARG001
        return dict.fromkeys(ids, 1)

    client: Any = _Client(collection)
    return Search(client, embed, live)


def _found_by(
    ranking: Ranking, asked: Sequence[Asked], found: dict[str, Found]
) -> tuple[float, float, float]:
    """nDCG@10 and recall@5 of what can be answered, recall@1 of exact names."""
    places = [
        (one, _place(ranking(one.question, found[one.question]), one.right))
        for one in asked
        if one.kind != UNANSWERABLE
    ]
    exact = [place for one, place in places if one.kind in _EXACT]
    return (
        sum(1 / math.log2(place + 2) for _, place in places if place < _TEN) / len(places),
        sum(place < _FIVE for _, place in places) / len(places),
        sum(place == 0 for place in exact) / len(exact),
    )


def _place(names: Sequence[str], right: str) -> int:
    return names.index(right) if right in names else len(names) + _TEN


def _refused(asked: Sequence[Asked], found: dict[str, Found]) -> tuple[float, float]:
    """Of the unanswerable what is refused, of the rest what is answered."""
    settings = AskingSettings()
    answered: dict[bool, list[bool]] = {True: [], False: []}
    for one in asked:
        candidates = fuse(found[one.question], settings.weights)
        passages_ = rated(one.question, candidates, SCALE)
        best = max((each.relevance for each in passages_), default=0.0)
        answered[one.kind == UNANSWERABLE].append(best >= settings.threshold)
    refused, rest = answered[True], answered[False]
    return 1 - sum(refused) / len(refused), sum(rest) / len(rest)


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
