"""One ranking from several: by meaning, by words, by codes. Pure.

Scores are put between 0 and 1 first, because BM25 has no upper end and cosines lie close together;
then they are added by weight (see decision 0085 for what was measured against what).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from rag.chunks import Chunk

MOST_PER_CODE: Final = 5  # passages; a code that more of them name singles nothing out
ChunkKey: TypeAlias = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` as the index gave it: (1 + cosine) / 2 for vectors, BM25 for words."""

    chunk: Chunk
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What each way of searching found, best first."""

    by_meaning: Sequence[Hit] = ()
    by_words: Sequence[Hit] = ()
    by_codes: Sequence[Hit] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """`similarity` is the cosine (0 where vectors did not find it), `words` the BM25 score, `fused`
    what ranks it; `named` by its code."""

    chunk: Chunk
    similarity: float
    words: float
    named: bool
    fused: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Only their relation matters."""

    meaning: float = 0.6
    words: float = 0.4


@dataclass(slots=True)
class _Scores:
    chunk: Chunk
    meaning: float = 0.0
    words: float = 0.0
    named: bool = field(default=False)


def fuse(found: Found, weights: Weights) -> list[Candidate]:
    """Every passage that was found in any way, best first. Passages named by a code come before
    all others; among equals the order of documents decides, so that it never changes by chance."""
    scores: dict[ChunkKey, _Scores] = {}
    for hit in found.by_meaning:
        _of(scores, hit.chunk).meaning = hit.score
    for hit in found.by_words:
        _of(scores, hit.chunk).words = hit.score
    if len(found.by_codes) <= MOST_PER_CODE:
        for hit in found.by_codes:
            _of(scores, hit.chunk).named = True
    meaning = _scaled({key: one.meaning for key, one in scores.items() if one.meaning})
    words = _scaled({key: one.words for key, one in scores.items() if one.words}, floor=0.0)
    total = (weights.meaning + weights.words) or 1.0
    candidates = [
        Candidate(
            chunk=one.chunk,
            similarity=max(0.0, 2 * one.meaning - 1),
            words=one.words,
            named=one.named,
            fused=(weights.meaning * meaning.get(key, 0.0) + weights.words * words.get(key, 0.0))
            / total,
        )
        for key, one in scores.items()
    ]
    return sorted(candidates, key=lambda one: (not one.named, -one.fused, key_of(one.chunk)))


def key_of(chunk: Chunk) -> ChunkKey:
    return chunk.document_id, chunk.version, chunk.chunk_no


def _of(scores: dict[ChunkKey, _Scores], chunk: Chunk) -> _Scores:
    return scores.setdefault(key_of(chunk), _Scores(chunk))


def _scaled(scores: Mapping[ChunkKey, float], floor: float | None = None) -> dict[ChunkKey, float]:
    """Between 0 (`floor`, else the worst that was found) and 1 (the best)."""
    if not scores:
        return {}
    low = min(scores.values()) if floor is None else floor
    span = max(scores.values()) - low
    return {key: (score - low) / span if span else 1.0 for key, score in scores.items()}
