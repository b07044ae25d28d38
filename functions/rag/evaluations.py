"""Evaluations of a knowledge base: begun by people, worked on in the background, looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from rag import place
from rag.app import api, told
from rag.asking_settings import settings_of
from rag.evaluation_refusals import NoGoldenQuestionsError
from rag.evaluation_shapes import (
    AskedList,
    AskedWhole,
    EvaluatedVersions,
    EvaluationPage,
    EvaluationShown,
    NewEvaluation,
)
from rag.evaluation_views import Now, asked_shown, asked_whole, evaluation_shown
from rag.evaluation_work import BEGIN, entry
from rag.offering import offered
from rag.queries import Scope
from rag.totals import totals_of
from shared.api import Cursor, Limit
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.permissions import Permission
from shared.store.evaluations import (
    CANCELLED,
    Evaluation,
    Evaluations,
    digest_of,
)
from shared.tenancy import Tenant
from shared.usage.meters import AI_TOKENS

ALL: Final = "/v1/knowledge-bases/{knowledge_base_id}/evaluations"
ONE: Final = f"{ALL}/{{evaluation_id}}"


@api.endpoint("GET", ALL, permission=Permission.READ_KNOWLEDGE)
def list_evaluations(
    knowledge_base_id: str, limit: Limit = 50, cursor: Cursor = None
) -> EvaluationPage:
    """List evaluations, newest first, for half a year."""
    tenant = api.caller.workspace
    now = now_of(tenant, knowledge_base_id)
    found, next_cursor = place.evaluations(tenant, knowledge_base_id).page(limit, cursor)
    return EvaluationPage(
        items=[evaluation_shown(one, now) for one in found], next_cursor=next_cursor
    )


@api.endpoint("POST", ALL, permission=Permission.EDIT_KNOWLEDGE, status=201)
def start_evaluation(knowledge_base_id: str, body: NewEvaluation) -> EvaluationShown:
    """Ask all golden questions and have the answers judged, in the background. The tokens that this
    uses count as any others, and the plan may refuse them."""
    tenant = api.caller.workspace
    base = place.bases(tenant).get(knowledge_base_id)
    evaluations = place.evaluations(tenant, knowledge_base_id)
    place.limits(tenant).check(tenant, AI_TOKENS)
    first, _ = place.golden_questions(tenant, knowledge_base_id).page(1, None)
    if not first:
        raise NoGoldenQuestionsError
    at = now_ms()
    own = settings_of(base.settings)
    settings = (offered(body.settings) if body.settings else own).model_dump()
    made = Evaluation(
        id=contact_id_at(at),
        created_at=at,
        settings=settings,
        own=settings if body.settings else base.settings,
        models=place.models(),
        note=body.note,
    )
    # Handed over before it is there: the work waits for that, and no crash leaves it undone. What
    # is refused then is waited for in vain, and given up.
    place.evaluate(entry(tenant, BEGIN, base.id, made.id))
    evaluations.create(made, told("evaluation.started", base.id, at, evaluation=made.id))
    return evaluation_shown(made, now_of(tenant, base.id))


@api.endpoint("GET", ONE, permission=Permission.READ_KNOWLEDGE)
def get_evaluation(knowledge_base_id: str, evaluation_id: str) -> EvaluationShown:
    """Get an evaluation: how far it is, and what it adds up to when it is over."""
    tenant = api.caller.workspace
    now = now_of(tenant, knowledge_base_id)
    return evaluation_shown(_evaluations(knowledge_base_id).get(evaluation_id), now)


@api.endpoint("POST", f"{ONE}/cancel", permission=Permission.EDIT_KNOWLEDGE)
def cancel_evaluation(knowledge_base_id: str, evaluation_id: str) -> EvaluationShown:
    """Stop an evaluation. What was judged by then stays, and adds up."""
    tenant = api.caller.workspace
    now, at = now_of(tenant, knowledge_base_id), now_ms()
    evaluations = _evaluations(knowledge_base_id)
    before = evaluations.get(evaluation_id)
    k = settings_of(before.settings).passages
    totals = totals_of(evaluations.questions(evaluation_id), k)
    written = told("evaluation.cancelled", knowledge_base_id, at, evaluation=evaluation_id)
    evaluations.end(evaluation_id, CANCELLED, totals, at, written)
    after = replace(before, state=CANCELLED, totals=totals, finished_at=at)
    return evaluation_shown(after, now)


@api.endpoint("GET", f"{ONE}/documents", permission=Permission.READ_KNOWLEDGE)
def list_evaluated_documents(knowledge_base_id: str, evaluation_id: str) -> EvaluatedVersions:
    """List the versions of the documents that an evaluation asked."""
    evaluations = _evaluations(knowledge_base_id)
    evaluations.get(evaluation_id)
    return EvaluatedVersions(versions=evaluations.pinned(evaluation_id))


@api.endpoint("GET", f"{ONE}/questions", permission=Permission.READ_KNOWLEDGE)
def list_evaluated_questions(knowledge_base_id: str, evaluation_id: str) -> AskedList:
    """List what became of every question of an evaluation, in their order."""
    evaluations = _evaluations(knowledge_base_id)
    evaluations.get(evaluation_id)
    return AskedList(items=[asked_shown(one) for one in evaluations.questions(evaluation_id)])


@api.endpoint("GET", f"{ONE}/questions/{{number}}", permission=Permission.READ_KNOWLEDGE)
def get_evaluated_question(knowledge_base_id: str, evaluation_id: str, number: int) -> AskedWhole:
    """Get one question of an evaluation whole: what was expected, found, answered, and judged."""
    evaluations = _evaluations(knowledge_base_id)
    evaluations.get(evaluation_id)
    asked = evaluations.question(evaluation_id, number)
    found: list[Any] = list(asked.result.passages) if asked.result else []
    places = [(one["document_id"], one["version"], one["chunk_no"]) for one in found]
    scope = Scope(api.caller.workspace, knowledge_base_id)
    return asked_whole(asked, place.passage_texts()(scope, places) if places else {})


def now_of(tenant: Tenant, knowledge_base_id: str) -> Now:
    """How the base answers now. Raises KnowledgeBaseNotFoundError."""
    base = place.bases(tenant).get(knowledge_base_id)
    live = place.documents(tenant, knowledge_base_id).all_live()
    return Now(base.settings, digest_of(live))


def _evaluations(knowledge_base_id: str) -> Evaluations:
    """Of a base that is there."""
    tenant = api.caller.workspace
    place.bases(tenant).get(knowledge_base_id)
    return place.evaluations(tenant, knowledge_base_id)
