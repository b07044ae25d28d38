"""Evaluations as the API shows them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rag.asking_settings import settings_of
from rag.evaluation_shapes import (
    AskedShown,
    AskedWhole,
    EvaluationShown,
    FoundShown,
    VerdictShown,
)
from rag.expecting import is_expected
from rag.fusion import ChunkKey
from shared.store.evaluations import Asked, Evaluation, is_current


@dataclass(frozen=True, slots=True)
class Now:
    """How a knowledge base answers now: the settings of its record, the digest of its documents."""

    settings: Mapping[str, Any]
    documents: str


def evaluation_shown(one: Evaluation, now: Now) -> EvaluationShown:
    return EvaluationShown.model_validate(
        {
            "id": one.id,
            "created_at": one.created_at,
            "finished_at": one.finished_at or None,
            "state": one.state,
            "note": one.note,
            "total": one.total,
            "judged": len(one.judged),
            "settings": settings_of(one.settings),
            "models": dict(one.models),
            "is_current": is_current(one, now.settings, now.documents),
            "totals": one.totals,
        }
    )


def asked_shown(asked: Asked) -> AskedShown:
    return AskedShown(
        number=asked.number,
        question=asked.golden.question,
        is_unanswerable=asked.golden.is_unanswerable,
        verdict=verdict_shown(asked),
    )


def verdict_shown(asked: Asked) -> VerdictShown | None:
    result = asked.result
    if result is None:
        return None
    return VerdictShown(
        outcome=result.outcome,
        reason=result.reason,
        rank=result.rank,
        is_rank_expected=is_expected(asked),
        correctness=result.correctness,
        correctness_note=result.correctness_note,
        faithfulness=result.faithfulness,
        faithfulness_note=result.faithfulness_note,
        tokens=result.tokens,
        usd=result.usd,
        milliseconds=result.milliseconds,
    )


def asked_whole(asked: Asked, texts: Mapping[ChunkKey, str]) -> AskedWhole:
    """`texts` of the passages that are in the index still."""
    golden, result = asked.golden, asked.result
    return AskedWhole(
        **dict(asked_shown(asked)),
        document=golden.document,
        passage=golden.passage,
        expected_answer=golden.answer,
        answer=result.answer if result else "",
        unsupported=list(result.unsupported) if result else [],
        passages=[_found(one, texts) for one in (result.passages if result else ())],
    )


def _found(one: Mapping[str, Any], texts: Mapping[ChunkKey, str]) -> FoundShown:
    text = texts.get((one["document_id"], one["version"], one["chunk_no"]))
    return FoundShown(**one, text=text)
