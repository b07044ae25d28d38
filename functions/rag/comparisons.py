"""Two evaluations side by side: two settings, or two versions of the documents."""

from __future__ import annotations

from typing import Any

from rag import place
from rag.app import api
from rag.asking_settings import settings_of
from rag.comparing import BETTER, WORSE, Pair, change_of, changed, differences, number_of, paired
from rag.evaluation_shapes import ComparedQuestion, EvaluationComparison
from rag.evaluation_views import evaluation_shown, verdict_shown
from rag.evaluations import ONE, now_of
from shared.permissions import Permission
from shared.store.evaluations import Evaluation


@api.endpoint("GET", f"{ONE}/comparison/{{other_id}}", permission=Permission.READ_KNOWLEDGE)
def compare_evaluations(
    knowledge_base_id: str, evaluation_id: str, other_id: str
) -> EvaluationComparison:
    """Compare an evaluation with another one, which comes second: totals with their differences,
    and every question with whether it got better or worse."""
    tenant = api.caller.workspace
    now = now_of(tenant, knowledge_base_id)
    evaluations = place.evaluations(tenant, knowledge_base_id)
    before, after = evaluations.get(evaluation_id), evaluations.get(other_id)
    pairs = paired(evaluations.questions(before.id), evaluations.questions(after.id))
    items = [_compared(pair) for pair in pairs]
    changes = [one.change for one in items]
    versions = evaluations.pinned(before.id), evaluations.pinned(after.id)
    return EvaluationComparison(
        before=evaluation_shown(before, now),
        after=evaluation_shown(after, now),
        differences=differences(before.totals or {}, after.totals or {}),
        changed_settings=changed(_set(before), _set(after)),
        changed_documents=len(changed(*versions)),
        better=number_of(changes, BETTER),
        worse=number_of(changes, WORSE),
        items=items,
    )


def _set(evaluation: Evaluation) -> dict[str, Any]:
    """A setting that is newer than the evaluation had its default."""
    return {**settings_of(evaluation.settings).model_dump(), **evaluation.models}


def _compared(pair: Pair) -> ComparedQuestion:
    golden = pair.golden.golden
    return ComparedQuestion(
        question=golden.question,
        is_unanswerable=golden.is_unanswerable,
        change=change_of(pair),
        before=verdict_shown(pair.before) if pair.before else None,
        after=verdict_shown(pair.after) if pair.after else None,
        before_number=pair.before.number if pair.before else None,
        after_number=pair.after.number if pair.after else None,
    )
