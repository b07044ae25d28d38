"""Whether what was found is what was expected. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rag.chunks import Chunk
from rag.passages import Passage
from rag.terms import terms_of
from shared.store.evaluations import Asked

_ENOUGH: Final = 0.8  # of an expected passage's words: chunks are cut where nobody would


def is_expected(asked: Asked) -> bool:
    """Whether it was said where the answer is, so that finding it can be counted."""
    return bool(asked.golden.document or asked.golden.passage)


def rank_of(asked: Asked, found: Sequence[Passage]) -> int | None:
    """The place (from 1) of the first passage that is the expected one; None where there is none,
    or where none was expected."""
    if not is_expected(asked):
        return None
    for rank, passage in enumerate(found, 1):
        if _fits(asked, passage.chunk):
            return rank
    return None


def _fits(asked: Asked, chunk: Chunk) -> bool:
    golden = asked.golden
    if golden.document and chunk.document_id not in asked.document_ids:
        return False
    if not golden.passage:
        return True
    if _plain(golden.passage) in _plain(chunk.text):
        return True
    expected = set(terms_of(golden.passage))
    return bool(expected) and len(expected & set(terms_of(chunk.text))) >= _ENOUGH * len(expected)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
