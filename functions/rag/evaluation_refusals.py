"""What stands against a call about golden questions and evaluations, as the API says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.api import ProblemKind
from shared.api.problems import CHANGED_MEANWHILE
from shared.store.evaluations import (
    EvaluationNotFoundError,
    EvaluationRunningError,
    EvaluationStateError,
)
from shared.store.golden_questions import (
    MOST,
    GoldenQuestionChangedError,
    GoldenQuestionNotFoundError,
    TooManyGoldenQuestionsError,
)


class NoGoldenQuestionsError(Exception):
    """The knowledge base has no golden questions."""


EVALUATION_REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    GoldenQuestionNotFoundError: ProblemKind(
        404, "golden-question-not-found", "There is no such question."
    ),
    GoldenQuestionChangedError: CHANGED_MEANWHILE,
    TooManyGoldenQuestionsError: ProblemKind(
        409, "too-many-golden-questions", f"A knowledge base has at most {MOST} golden questions."
    ),
    EvaluationNotFoundError: ProblemKind(
        404, "evaluation-not-found", "There is no such evaluation, or it is too long ago."
    ),
    EvaluationStateError: ProblemKind(409, "evaluation-over", "The evaluation is over."),
    EvaluationRunningError: ProblemKind(
        409, "evaluation-running", "Another evaluation is running: wait for it, or cancel it."
    ),
    NoGoldenQuestionsError: ProblemKind(
        409, "no-golden-questions", "Add questions whose right answers you know first."
    ),
}
