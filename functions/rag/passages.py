"""From candidates to the passages that an answer is made of. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rag.chunks import Chunk
from rag.codes import certain_codes
from rag.fusion import Candidate
from rag.terms import terms_of

_WORDS_TOGETHER: Final = 4
_SAME: Final = 0.6  # of the shorter one's runs of words, from where on it says nothing new
_NEARLY_CERTAIN: Final = 0.95
_NEAR: Final = 0.4  # what counts how much, see decision 0093
_COVERED: Final = 0.2
_KNOWN: Final = 0.4
_NEAR_ALONE: Final = 0.75


@dataclass(frozen=True, slots=True)
class Passage:
    """`relevance` from 0 to 1 says how well the passage fits the question: the threshold is set on
    it. `fused` only ranks: the best of nothing has 1. So does `reranked`, a model's score where one
    was asked."""

    chunk: Chunk
    relevance: float
    similarity: float
    words: float
    fused: float
    named: bool
    reranked: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The cosines of an embedding model's unrelated and of its matching texts."""

    low: float = 0.15
    high: float = 0.75


def rated(question: str, candidates: Sequence[Candidate], scale: Scale) -> list[Passage]:
    """With the relevance of each, in the same order.

    It is made of how near the vectors are, how many of the question's words the passage has, and
    how many any passage has, as far as this one ranks among them: a question whose words are not
    known at all is likely about something else. Rare words count for more. What is near enough
    needs none of its words, as in another language. Passages that are named by a code which the
    question has are nearly certain; when a code is asked for that no passage has, none is relevant
    by its other words.
    """
    texts = [set(terms_of(text_of(one.chunk))) for one in candidates]
    asked = set(terms_of(question))
    weight = {term: _rarity(term, texts) for term in asked}
    everything = sum(weight.values()) or 1.0
    known = sum(weight[term] for term in asked & set().union(*texts)) / everything
    lost = bool(certain_codes(question)) and not any(one.named for one in candidates)
    passages = []
    for one, text in zip(candidates, texts, strict=True):
        near = _clamp((one.similarity - scale.low) / ((scale.high - scale.low) or 1.0))
        covered = sum(weight[term] for term in asked & text) / everything
        together = _NEAR * near + _COVERED * covered + _KNOWN * known * one.fused
        relevance = max(_NEAR_ALONE * near, together)
        if one.named:
            relevance = max(relevance, _NEARLY_CERTAIN)
        elif lost:
            relevance *= 0.5
        passages.append(
            Passage(one.chunk, round(relevance, 4), one.similarity, one.words, one.fused, one.named)
        )
    return passages


def reordered(passages: Sequence[Passage], scores: Sequence[float]) -> list[Passage]:
    """The first ones by the `scores` that a model gave them, then the rest as it was. What is named
    by a code stays before all that is not; relevance is what it was (decision 0094)."""
    first = [replace(one, reranked=score) for one, score in zip(passages, scores, strict=False)]
    first.sort(key=lambda one: (not one.named, -(one.reranked or 0.0)))
    return [*first, *passages[len(first) :]]


def chosen(passages: Iterable[Passage], threshold: float, most: int) -> list[Passage]:
    """The best that are relevant enough, at most `most`, none of which repeats another."""
    kept: list[Passage] = []
    for passage in passages:
        if len(kept) == most:
            break
        if passage.relevance >= threshold and not any(_repeats(passage, one) for one in kept):
            kept.append(passage)
    return kept


def text_of(chunk: Chunk) -> str:
    """A passage with what it stands under."""
    return " ".join((chunk.title, *chunk.headings, chunk.text))


def _repeats(passage: Passage, kept: Passage) -> bool:
    """Neighbours in a document share the text at their seam; copies of a document share all."""
    one, other = _runs(passage.chunk.text), _runs(kept.chunk.text)
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) / shorter >= _SAME


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    if len(words) < _WORDS_TOGETHER:
        return {tuple(words)} if words else set()
    last = len(words) - _WORDS_TOGETHER + 1
    return {tuple(words[start : start + _WORDS_TOGETHER]) for start in range(last)}


def _rarity(term: str, texts: Sequence[set[str]]) -> float:
    having = sum(term in text for text in texts)
    return math.log(1 + (len(texts) + 1) / (having + 0.5))


def _clamp(number: float) -> float:
    return min(1.0, max(0.0, number))
