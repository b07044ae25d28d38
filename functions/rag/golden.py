"""Golden questions of a knowledge base: typed, or brought as CSV."""

from __future__ import annotations

from typing import Final

from rag import place
from rag.app import api, told
from rag.golden_csv import GoldenCsvError, Known, as_csv, normal, read
from rag.golden_shapes import (
    GoldenCsv,
    GoldenCsvShown,
    GoldenImported,
    GoldenQuestionChange,
    GoldenQuestionPage,
    GoldenQuestionShown,
)
from shared.api import Cursor, Limit, ProblemError
from shared.api.problems import INVALID_INPUT
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.field_error import FieldError
from shared.permissions import Permission
from shared.store.golden_questions import (
    GoldenQuestion,
    GoldenQuestionChangedError,
    GoldenQuestions,
)

_ALL: Final = "/v1/knowledge-bases/{knowledge_base_id}/golden-questions"
_ONE: Final = f"{_ALL}/{{question_id}}"


@api.endpoint("GET", _ALL, permission=Permission.READ_KNOWLEDGE)
def list_golden_questions(
    knowledge_base_id: str, limit: Limit = 50, cursor: Cursor = None
) -> GoldenQuestionPage:
    """List the questions whose right answers are known, in the order in which they were made."""
    found, next_cursor = _questions(knowledge_base_id).page(limit, cursor)
    return GoldenQuestionPage(items=[_shown(one) for one in found], next_cursor=next_cursor)


@api.endpoint("POST", _ALL, permission=Permission.EDIT_KNOWLEDGE, status=201)
def create_golden_question(
    knowledge_base_id: str, body: GoldenQuestionChange
) -> GoldenQuestionShown:
    """Add a question with what is right. A knowledge base has at most 500."""
    questions, now = _questions(knowledge_base_id), now_ms()
    _check_document(knowledge_base_id, body.document)
    made = _made(contact_id_at(now), body)
    questions.add([made], told("golden_question.created", knowledge_base_id, now))
    return _told(made)


@api.endpoint("POST", f"{_ALL}/import", permission=Permission.EDIT_KNOWLEDGE)
def import_golden_questions(knowledge_base_id: str, body: GoldenCsv) -> GoldenImported:
    """Add the questions of a CSV file: all of them, or none when a row is not as it must be. The
    errors name their rows."""
    questions, now = _questions(knowledge_base_id), now_ms()
    before = list(questions.all())
    kept = () if body.replace else (one.question for one in before)
    try:
        rows = read(body.csv, Known(_document_names(knowledge_base_id), kept))
    except GoldenCsvError as error:
        raise ProblemError(INVALID_INPUT, errors=error.errors) from error
    # Ids sort by time: so do the rows.
    made = [_made(contact_id_at(now + number), row) for number, row in enumerate(rows)]
    if body.replace:
        questions.delete_all([one.id for one in before])
    detail = {"questions": len(made), "replaced": len(before) if body.replace else 0}
    questions.add(made, told("golden_question.imported", knowledge_base_id, now, **detail))
    return GoldenImported(imported=len(made))


@api.endpoint("GET", f"{_ALL}/export", permission=Permission.READ_KNOWLEDGE)
def export_golden_questions(knowledge_base_id: str) -> GoldenCsvShown:
    """Get all questions as CSV, as they can be imported."""
    return GoldenCsvShown(csv=as_csv(_questions(knowledge_base_id).all()))


@api.endpoint("PUT", _ONE, permission=Permission.EDIT_KNOWLEDGE, if_match=True)
def change_golden_question(
    knowledge_base_id: str, question_id: str, body: GoldenQuestionChange
) -> GoldenQuestionShown:
    """Change a question, or what is right. If-Match names its revision."""
    questions = _questions(knowledge_base_id)
    before = questions.get(question_id)
    if before.revision != api.revision:
        raise GoldenQuestionChangedError(question_id)
    if normal(body.document) != normal(before.document):
        _check_document(knowledge_base_id, body.document)
    changed = _made(question_id, body, before.revision)
    written = told("golden_question.changed", knowledge_base_id, now_ms(), question=question_id)
    return _told(questions.change(changed, written))


@api.endpoint("DELETE", _ONE, permission=Permission.EDIT_KNOWLEDGE, status=204)
def delete_golden_question(knowledge_base_id: str, question_id: str) -> None:
    """Delete a question. Evaluations that asked it keep what became of it."""
    written = told("golden_question.deleted", knowledge_base_id, now_ms(), question=question_id)
    _questions(knowledge_base_id).delete(question_id, written)


def _questions(knowledge_base_id: str) -> GoldenQuestions:
    """Of a base that is there."""
    tenant = api.caller.workspace
    place.bases(tenant).get(knowledge_base_id)
    return place.golden_questions(tenant, knowledge_base_id)


def _document_names(knowledge_base_id: str) -> list[str]:
    documents = place.documents(api.caller.workspace, knowledge_base_id)
    return [one.name for one in documents.all()]


def _check_document(knowledge_base_id: str, name: str) -> None:
    if name and normal(name) not in {normal(one) for one in _document_names(knowledge_base_id)}:
        wrong = FieldError("document", "there is no document of that name")
        raise ProblemError(INVALID_INPUT, errors=[wrong])


def _made(id_: str, body: GoldenQuestionChange, revision: int = 1) -> GoldenQuestion:
    return GoldenQuestion(id=id_, revision=revision, **body.model_dump())


def _told(one: GoldenQuestion) -> GoldenQuestionShown:
    api.tell_revision(one.revision)
    return _shown(one)


def _shown(one: GoldenQuestion) -> GoldenQuestionShown:
    return GoldenQuestionShown(
        id=one.id,
        question=one.question,
        document=one.document,
        passage=one.passage,
        answer=one.answer,
        is_unanswerable=one.is_unanswerable,
        revision=one.revision,
    )
