"""What goes in and out of the routes of evaluations. Times are milliseconds, rates 0 to 1."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from rag.asking_settings import AskingSettings
from rag.totals import Totals
from shared.api import Input, Output

Note = Annotated[str, StringConstraints(max_length=200)]


class NewEvaluation(Input):
    """`settings` are tried instead of the knowledge base's own, which stay as they are."""

    note: Note = ""
    settings: AskingSettings | None = None


class EvaluationShown(Output):
    """`state` is queued, running, done or cancelled; `judged` of `total` questions have their
    verdict. `settings` and `models` are what it was run with, `is_current` whether the knowledge
    base answers with the same settings, from the same versions of its documents, now."""

    id: str
    created_at: int
    finished_at: int | None
    state: Literal["queued", "running", "done", "cancelled"]
    note: str
    total: int
    judged: int
    settings: AskingSettings
    models: dict[str, str]
    is_current: bool
    totals: Totals | None


class EvaluationPage(Output):
    items: list[EvaluationShown]
    next_cursor: str | None


class VerdictShown(Output):
    """What became of a question. `rank` (from 1) is that of the first expected passage, null where
    it was not found or none was expected (`is_rank_expected`). A null verdict is none; its note
    says why: not_judged, no_expected_answer, not_answered; other notes are the judge's reason, or
    refused, not_refused."""

    outcome: str
    reason: str
    rank: int | None
    is_rank_expected: bool
    correctness: float | None
    correctness_note: str
    faithfulness: float | None
    faithfulness_note: str
    tokens: int
    usd: float | None
    milliseconds: int


class AskedShown(Output):
    """`verdict` is null as long as the question waits."""

    number: int
    question: str
    is_unanswerable: bool
    verdict: VerdictShown | None


class AskedList(Output):
    items: list[AskedShown]


class FoundShown(Output):
    """`text` is null when the document is another by now, or gone. `cited` is the number under
    which the answer cites the passage."""

    document_id: str
    version: int
    chunk_no: int
    title: str
    page: int | None
    relevance: float
    used: bool
    cited: int | None
    text: str | None


class AskedWhole(AskedShown):
    document: str
    passage: str
    expected_answer: str
    answer: str
    unsupported: list[str]
    passages: list[FoundShown]


class EvaluatedVersions(Output):
    """The versions of the documents that were asked, by id."""

    versions: dict[str, int]


Change = Literal["better", "worse", "same", "unclear"]


class ComparedQuestion(Output):
    """One question in both; `change` is from the first evaluation to the second."""

    question: str
    is_unanswerable: bool
    change: Change
    before: VerdictShown | None
    after: VerdictShown | None
    before_number: int | None
    after_number: int | None


class EvaluationComparison(Output):
    """`differences` are the second's totals less the first's, where both have them;
    `changed_settings` those that differ: [before, after]. `changed_documents` counts documents that
    were another version, or in one of both alone."""

    before: EvaluationShown
    after: EvaluationShown
    differences: dict[str, float | None]
    changed_settings: dict[str, list[Any]]
    changed_documents: int
    better: int
    worse: int
    items: list[ComparedQuestion]
