"""Answers that count: within what the plan allows, recorded, and metered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rag.answering import ANSWERED, FAILED, Answer, Answering, Question
from rag.asking_settings import settings_of
from shared.observability import count
from shared.store.answers import AlreadyAnsweredError, AnswerRecord, AnswerRecords
from shared.store.knowledge_bases import KnowledgeBase
from shared.tenancy import Tenant
from shared.usage.limits import LimitReachedError
from shared.usage.meters import AI_ANSWERS, AI_TOKENS, Meter

LIMIT_REACHED: Final = "limit_reached"
Check = Callable[[Tenant, Meter], None]
"""Raises LimitReachedError."""


@dataclass(frozen=True, slots=True)
class CountedAnswers:
    """`records` of the knowledge base that is asked."""

    answering: Answering
    check: Check
    records: Callable[[Tenant, str], AnswerRecords]

    def __call__(self, id_: str, question: Question, base: KnowledgeBase, at: int) -> Answer:
        """`id_` names the answer: given again it is answered again, and counted no more. What the
        plan does not allow has the outcome "failed" and costs nothing."""
        tenant = question.scope.tenant
        try:
            self.check(tenant, AI_ANSWERS)
            self.check(tenant, AI_TOKENS)
        except LimitReachedError:
            count("AiAnswersOverLimit")
            return Answer(FAILED, reason=LIMIT_REACHED, question=question.text)
        answer = self.answering(question, settings_of(base.settings))
        if answer.outcome == FAILED:
            count("AiFailed")
        else:
            count("AiAnswered" if answer.outcome == ANSWERED else "AiNoAnswer")
        try:
            self.records(tenant, base.id).add(self._record(id_, answer, at))
        except AlreadyAnsweredError:
            count("AiAnsweredBefore")
        return answer

    def _record(self, id_: str, answer: Answer, at: int) -> AnswerRecord:
        spent = answer.spent
        return AnswerRecord(
            id=id_,
            at=at,
            outcome=answer.outcome,
            reason=answer.reason,
            relevance=answer.top_relevance,
            tokens_in=spent.tokens_in,
            tokens_out=spent.tokens_out,
            tokens=spent.tokens,
            usd=spent.usd,
            took=spent.milliseconds,
            model=self.answering.converse.model,
            documents=tuple(dict.fromkeys(one["document_id"] for one in answer.sources)),
        )
