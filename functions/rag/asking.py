"""Ask a knowledge base, set how it answers, and say what an answer was worth."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rag import place
from rag.answering import Answer, Question
from rag.app import api
from rag.asking_settings import AskingSettings, settings_of
from rag.asking_shapes import (
    Answered,
    AnswerPage,
    AnswerShown,
    Ask,
    PassageShown,
    PromptShown,
    SourceShown,
    Thumb,
    ThumbsShown,
)
from rag.fusion import key_of
from rag.offering import offered
from rag.passages import Passage, chosen
from rag.queries import Scope
from rag.rewriting import Turn
from shared.api import Cursor, Limit
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.permissions import Permission
from shared.store.answers import AnswerRecord
from shared.store.knowledge_bases import KnowledgeBase, KnowledgeBaseChangedError
from shared.usage.meters import AI_TOKENS

_BASE: Final = "/v1/knowledge-bases/{knowledge_base_id}"
_FOUND: Final = "found"
_SHOWN: Final = 20


@api.endpoint("POST", f"{_BASE}/ask", permission=Permission.EDIT_KNOWLEDGE)
def ask_knowledge_base(knowledge_base_id: str, body: Ask) -> Answered:
    """Ask as a customer would, and see why the answer is what it is.

    The answer counts as any other: it is metered, and the plan may refuse it.
    """
    tenant = api.caller.workspace
    base = place.bases(tenant).get(knowledge_base_id)
    settings = offered(body.settings) if body.settings else settings_of(base.settings)
    scope = Scope(tenant, base.id)
    if not body.answer:
        return _only_found(scope, body.question, settings)
    now = now_ms()
    id_ = contact_id_at(now)
    question = Question(
        scope,
        body.question,
        language=body.language,
        instructions=body.instructions,
        history=tuple(Turn(one.by_us, one.text) for one in body.history),
    )
    tried = replace(base, settings=settings.model_dump())
    answer = place.answers(tenant)(id_, question, tried, now)
    return _answered(id_, answer, settings)


@api.endpoint("PUT", f"{_BASE}/settings", permission=Permission.EDIT_KNOWLEDGE, if_match=True)
def set_knowledge_base(knowledge_base_id: str, body: AskingSettings) -> AskingSettings:
    """Set how questions are answered. If-Match names the knowledge base's revision."""
    bases = place.bases(api.caller.workspace)
    before = _read(bases.get(knowledge_base_id))
    offered(body)
    after = bases.change(replace(before, settings=body.model_dump()), by=api.actor, at=now_ms())
    api.tell_revision(after.revision)
    return body


@api.endpoint("GET", f"{_BASE}/answers", permission=Permission.READ_KNOWLEDGE)
def list_answers(knowledge_base_id: str, limit: Limit = 50, cursor: Cursor = None) -> AnswerPage:
    """List what was answered, newest first: outcomes, tokens, costs and times, for ninety days."""
    tenant = api.caller.workspace
    place.bases(tenant).get(knowledge_base_id)
    found, next_cursor = place.answer_records(tenant, knowledge_base_id).newest(limit, cursor)
    return AnswerPage(items=[_shown(one) for one in found], next_cursor=next_cursor)


@api.endpoint("POST", f"{_BASE}/answers/{{answer_id}}/thumb", permission=Permission.REPLY)
def rate_answer(knowledge_base_id: str, answer_id: str, body: Thumb) -> Thumb:
    """Say whether an answer was any good: thumbs up or down."""
    tenant = api.caller.workspace
    place.bases(tenant).get(knowledge_base_id)
    place.answer_records(tenant, knowledge_base_id).rate(answer_id, body.thumb)
    return body


@api.endpoint("GET", f"{_BASE}/thumbs", permission=Permission.READ_KNOWLEDGE)
def count_thumbs(knowledge_base_id: str) -> ThumbsShown:
    """Count what customers thought of answers, where flows asked them."""
    tenant = api.caller.workspace
    place.bases(tenant).get(knowledge_base_id)
    thumbs = place.answer_records(tenant, knowledge_base_id).thumbs()
    return ThumbsShown(up=thumbs.up, down=thumbs.down)


def _read(base: KnowledgeBase) -> KnowledgeBase:
    """As the caller has read it. Raises KnowledgeBaseChangedError for an older one."""
    if base.revision != api.revision:
        raise KnowledgeBaseChangedError(base.id)
    return base


def _only_found(scope: Scope, question: str, settings: AskingSettings) -> Answered:
    if settings.rerank:
        place.limits(scope.tenant).check(scope.tenant, AI_TOKENS)
    ranked = place.answering().passages(scope, question, settings)
    place.count_tokens(scope.tenant, ranked.spent.reranked_tokens, now_ms())
    found = Answer(
        _FOUND,
        question=question,
        found=tuple(ranked.passages[:_SHOWN]),
        used=tuple(chosen(ranked.passages, settings.threshold, settings.passages)),
        spent=ranked.spent,
        rerank_failed=ranked.rerank_failed,
    )
    return _answered(None, found, settings)


def _answered(id_: str | None, answer: Answer, settings: AskingSettings) -> Answered:
    spent = answer.spent
    return Answered(
        id=id_,
        outcome=answer.outcome,
        reason=answer.reason,
        question=answer.question,
        text=answer.text,
        sources=[SourceShown(**source) for source in answer.sources],
        threshold=settings.threshold,
        passages=[_passage(one, answer) for one in answer.found],
        prompt=answer.prompt and PromptShown(system=answer.prompt.system, user=answer.prompt.user),
        model=place.answering().converse.model,
        tokens_in=spent.tokens_in,
        tokens_out=spent.tokens_out,
        rerank_queries=spent.rerank_queries,
        rerank_failed=answer.rerank_failed,
        usd=spent.usd,
        milliseconds=spent.milliseconds,
    )


def _passage(one: Passage, answer: Answer) -> PassageShown:
    chunk = one.chunk
    used = {key_of(each.chunk) for each in answer.used}
    cited = {(each["document_id"], each["chunk_no"]): each["number"] for each in answer.sources}
    return PassageShown(
        document_id=chunk.document_id,
        title=chunk.title,
        headings=list(chunk.headings),
        page=chunk.page,
        chunk_no=chunk.chunk_no,
        text=chunk.text,
        relevance=one.relevance,
        similarity=round(one.similarity, 4),
        words=round(one.words, 4),
        fused=round(one.fused, 4),
        reranked=None if one.reranked is None else round(one.reranked, 4),
        named=one.named,
        used=key_of(chunk) in used,
        cited=cited.get((chunk.document_id, chunk.chunk_no)),
    )


def _shown(record: AnswerRecord) -> AnswerShown:
    return AnswerShown(
        id=record.id,
        at=record.at,
        outcome=record.outcome,
        reason=record.reason,
        relevance=record.relevance,
        tokens_in=record.tokens_in,
        tokens_out=record.tokens_out,
        usd=record.usd,
        milliseconds=record.took,
        model=record.model,
        documents=list(record.documents),
        thumb=record.thumb,
        customer_thumb=record.customer_thumb,
    )
