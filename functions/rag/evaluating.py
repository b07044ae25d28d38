"""One golden question, asked as a customer would and judged: what was found, what was answered, and
what both are worth."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from rag import judging
from rag.answering import ANSWERED, FAILED, Answer, Answering, Question
from rag.asking_settings import AskingSettings
from rag.converse import Converse, Reply
from rag.expecting import rank_of
from rag.fusion import key_of
from rag.judging import UnreadableVerdictError
from rag.passages import Passage
from rag.prices import usd
from rag.prompt import Prompt, heading_of
from rag.queries import Scope
from shared.json_types import JsonObject
from shared.observability import count
from shared.store.evaluations import Asked, Result

NOT_JUDGED: Final = "not_judged"
REFUSED: Final = "refused"
NOT_REFUSED: Final = "not_refused"
NO_EXPECTED_ANSWER: Final = "no_expected_answer"
NOT_ANSWERED: Final = "not_answered"


def _word() -> str:
    return secrets.token_hex(4)


class AnsweringBusyError(RuntimeError):
    """Something that answering needs takes no more just now."""


@dataclass(slots=True)
class _Judged:
    """`tokens` and `usd` are what judging used."""

    score: float | None = None
    note: str = ""
    unsupported: list[str] = field(default_factory=list)
    tokens: int = 0
    usd: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Evaluating:
    """`judge` is the model that judges; `word` makes what it must repeat, so that no text can have
    a verdict ready."""

    answering: Answering
    judge: Converse
    word: Callable[[], str] = _word

    def __call__(self, scope: Scope, asked: Asked, settings: AskingSettings) -> Result:
        """Raises AnsweringBusyError and ModelBusyError: then nothing of it counts."""
        # The line of sources is for customers to see; it says nothing that could be judged.
        plain = settings.model_copy(update={"show_sources": False})
        answer = self.answering(Question(scope, asked.golden.question), plain)
        if answer.outcome == FAILED:
            raise AnsweringBusyError(answer.reason)
        if answer.rerank_failed:  # customers are answered all the same; a measure would be of less
            raise AnsweringBusyError("rerank")
        right = self._correctness(scope, asked, answer)
        faithful = self._faithfulness(scope, answer)
        spent = answer.spent
        return Result(
            outcome=answer.outcome,
            reason=answer.reason,
            answer=answer.text,
            rank=rank_of(asked, answer.found),
            correctness=right.score,
            correctness_note=right.note,
            faithfulness=faithful.score,
            faithfulness_note=faithful.note,
            unsupported=faithful.unsupported,
            passages=[_reference(one, answer) for one in answer.found],
            tokens=spent.tokens + right.tokens + faithful.tokens,
            usd=_sum(spent.usd, right.usd, faithful.usd),
            milliseconds=spent.milliseconds,
        )

    def _correctness(self, scope: Scope, asked: Asked, answer: Answer) -> _Judged:
        """No model is asked where there is nothing to compare."""
        golden = asked.golden
        if golden.is_unanswerable:
            is_refused = answer.outcome != ANSWERED
            return _Judged(float(is_refused), REFUSED if is_refused else NOT_REFUSED)
        if answer.outcome != ANSWERED:
            return _Judged(0.0, NOT_ANSWERED)
        if not golden.answer:
            return _Judged(None, NO_EXPECTED_ANSWER)
        word = self.word()
        prompt = judging.correctness(golden.question, answer.text, golden.answer, word)
        reply = self._ask(prompt, scope)
        judged = self._spent(reply)
        try:
            verdict = judging.correctness_of(_said(reply), word)
        except UnreadableVerdictError:
            count("VerdictsUnreadable")
            judged.note = NOT_JUDGED
            return judged
        judged.score, judged.note = verdict.score, verdict.reason
        return judged

    def _faithfulness(self, scope: Scope, answer: Answer) -> _Judged:
        if answer.outcome != ANSWERED:
            return _Judged(None, NOT_ANSWERED)
        word, sentences = self.word(), judging.sentences_of(answer.text)
        prompt = judging.faithfulness(sentences, _cited_texts(answer), word)
        reply = self._ask(prompt, scope)
        judged = self._spent(reply)
        try:
            supported = judging.supported_of(_said(reply), len(sentences), word)
        except UnreadableVerdictError:
            count("VerdictsUnreadable")
            judged.note = NOT_JUDGED
            return judged
        judged.unsupported = [
            one.text for one, holds in zip(sentences, supported, strict=True) if not holds
        ]
        judged.score = sum(supported) / len(supported) if supported else None
        return judged

    def _ask(self, prompt: Prompt, scope: Scope) -> Reply:
        return self.judge(prompt, most_tokens=judging.MOST_TOKENS, tenant_id=scope.tenant.id)

    def _spent(self, reply: Reply) -> _Judged:
        cost = usd(self.judge.model, reply.tokens_in, reply.tokens_out)
        return _Judged(tokens=reply.tokens_in + reply.tokens_out, usd=cost)


def _said(reply: Reply) -> str:
    return "" if reply.blocked else reply.text


def _cited_texts(answer: Answer) -> dict[int, str]:
    """By the numbers under which the answer cites them."""
    used = {(one.chunk.document_id, one.chunk.chunk_no): one for one in answer.used}
    cited = {
        source["number"]: used[source["document_id"], source["chunk_no"]]
        for source in answer.sources
    }
    return {number: f"{heading_of(one)}\n{one.chunk.text}" for number, one in cited.items()}


def _reference(passage: Passage, answer: Answer) -> JsonObject:
    """Where a passage is, without its words: those go with its document."""
    chunk = passage.chunk
    used = {key_of(one.chunk) for one in answer.used}
    cited = {(one["document_id"], one["chunk_no"]): one["number"] for one in answer.sources}
    return {
        "document_id": chunk.document_id,
        "version": chunk.version,
        "chunk_no": chunk.chunk_no,
        "title": chunk.title,
        "page": chunk.page,
        "relevance": passage.relevance,
        "used": key_of(chunk) in used,
        "cited": cited.get((chunk.document_id, chunk.chunk_no)),
    }


def _sum(*amounts: float | None) -> float | None:
    known = [one for one in amounts if one is not None]
    return sum(known) if len(known) == len(amounts) else None
