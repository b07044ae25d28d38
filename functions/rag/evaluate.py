"""The queue `Evaluations`: golden questions are asked and judged, one by one, each once."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from rag.answering import FAILED
from rag.asking_settings import settings_of
from rag.composing import AnsweringSettings, answering_with, judge_with
from rag.converse import ModelBusyError
from rag.counted import LIMIT_REACHED
from rag.evaluating import AnsweringBusyError, Evaluating
from rag.evaluation_work import ASK, BEGIN, entry
from rag.golden_csv import normal
from rag.queries import Scope
from rag.settings import BedrockSettings, CollectionSettings, RerankSettings
from rag.totals import totals_of
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import MAX_DELAY_SECONDS, retry_after, send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.directory import Directory
from shared.store.documents import Documents
from shared.store.evaluations import (
    DONE,
    OPEN,
    RUNNING,
    AlreadyJudgedError,
    Asked,
    Evaluation,
    EvaluationNotFoundError,
    Evaluations,
    EvaluationStateError,
    Result,
    digest_of,
)
from shared.store.golden_questions import GoldenQuestions
from shared.store.transactions import BusyError
from shared.tenancy import Tenant
from shared.usage.limits import LimitReachedError, Limits
from shared.usage.meters import AI_TOKENS, Meter

MAX_RECEIVES: Final = 5  # of the queue: the last one must give the question up
MOST_TRIES: Final = 12  # about an hour
_FIRST_WAIT_SECONDS: Final = 4
_SOON_SECONDS: Final = 1.0
_BUSY: Final = "busy"
_OURS: Final = "ours"


@dataclass(frozen=True, slots=True)
class Settings(AnsweringSettings):
    directory_table: str
    evaluations_queue_url: str


@dataclass(frozen=True, slots=True)
class Evaluate:
    """`check` raises LimitReachedError."""

    settings: Settings
    dynamodb: Any
    sqs: Any
    evaluating: Evaluating
    check: Callable[[Tenant, Meter], None]
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: the beginning of an evaluation, or one of its questions. Raises
        NotYetError when it is to come back."""
        body = json.loads(record["body"])
        is_last = int(record["attributes"]["ApproximateReceiveCount"]) >= MAX_RECEIVES
        tenant = Tenant(body["tenant"])
        evaluations = self._evaluations(tenant, body)
        try:
            evaluation = evaluations.get(body["evaluation"])
        except EvaluationNotFoundError:
            if is_last:
                return  # it was never written, or its knowledge base was deleted
            raise NotYetError("it is about to begin", _SOON_SECONDS) from None
        if evaluation.state not in OPEN:
            return
        if body["work"] == BEGIN:
            self._begin(tenant, body, evaluation)
        else:
            self._ask(tenant, body, evaluation, is_last=is_last)

    def _begin(self, tenant: Tenant, body: JsonObject, evaluation: Evaluation) -> None:
        """Pins what is asked, and hands the questions over. Done twice it does the same."""
        evaluations = self._evaluations(tenant, body)
        if evaluation.state != RUNNING:
            self._pin(tenant, body, evaluation)
        questions = evaluations.questions(evaluation.id)
        versions = evaluations.pinned(evaluation.id)
        try:
            evaluations.begin(evaluation.id, len(questions), digest_of(versions))
        except EvaluationStateError:
            return  # cancelled meanwhile
        open_ = [one.number for one in questions if one.result is None]
        send_all(
            self.sqs,
            self.settings.evaluations_queue_url,
            [entry(tenant, ASK, body["base"], evaluation.id, number=one) for one in open_],
        )
        if not open_:
            self._end(evaluations, evaluation)

    def _pin(self, tenant: Tenant, body: JsonObject, evaluation: Evaluation) -> None:
        evaluations, now = self._evaluations(tenant, body), evaluation.created_at
        table = self.settings.knowledge_table
        documents = list(Documents(tenant, body["base"], table, self.dynamodb).all())
        live = {one.id: one.version for one in documents if one.version and one.is_enabled}
        evaluations.pin(evaluation.id, live, now)
        by_name: dict[str, list[str]] = {}
        for one in documents:
            by_name.setdefault(normal(one.name), []).append(one.id)
        golden = GoldenQuestions(tenant, body["base"], table, self.dynamodb).all()
        for number, question in enumerate(golden):
            named = tuple(by_name.get(normal(question.document), ()))
            evaluations.copy_question(evaluation.id, Asked(number, question, named), now)

    def _ask(
        self, tenant: Tenant, body: JsonObject, evaluation: Evaluation, *, is_last: bool
    ) -> None:
        evaluations = self._evaluations(tenant, body)
        asked = evaluations.question(evaluation.id, body["number"])
        if asked.result is None:
            try:
                result = self._result(tenant, body, evaluation, asked)
            except (AnsweringBusyError, ModelBusyError, BusyError):
                if body["tries"] < MOST_TRIES:
                    self._put_off(tenant, body)
                    return
                result = Result(FAILED, _BUSY)
            except Exception:
                if not is_last:
                    raise
                count("EvaluationQuestionsFailed")
                result = Result(FAILED, _OURS)
            self._settle(evaluations, evaluation, asked, result)
        now = evaluations.tell_judged(evaluation.id, asked.number)
        if now.state == RUNNING and len(now.judged) >= now.total:
            self._end(evaluations, now)

    def _result(
        self, tenant: Tenant, body: JsonObject, evaluation: Evaluation, asked: Asked
    ) -> Result:
        try:
            self.check(tenant, AI_TOKENS)
        except LimitReachedError:
            return Result(FAILED, LIMIT_REACHED)
        scope = Scope(tenant, body["base"])
        return self.evaluating(scope, asked, settings_of(evaluation.settings))

    def _settle(
        self, evaluations: Evaluations, evaluation: Evaluation, asked: Asked, result: Result
    ) -> None:
        table = self.settings.usage_table
        try:
            evaluations.settle(evaluation.id, asked.number, result, table, evaluation.created_at)
        except AlreadyJudgedError:
            count("EvaluationQuestionsJudgedBefore")
        else:
            count("EvaluationQuestionsJudged")

    def _end(self, evaluations: Evaluations, evaluation: Evaluation) -> None:
        k = settings_of(evaluation.settings).passages
        totals = totals_of(evaluations.questions(evaluation.id), k)
        try:
            evaluations.end(evaluation.id, DONE, totals, self.clock())
        except EvaluationStateError:
            return  # somebody else did, or it was cancelled

    def _put_off(self, tenant: Tenant, body: JsonObject) -> None:
        """As a new entry: what is merely busy must not use up the queue's tries."""
        count("EvaluationQuestionsPutOff")
        longest = min(MAX_DELAY_SECONDS, _FIRST_WAIT_SECONDS * 2 ** body["tries"])
        again = entry(
            tenant,
            ASK,
            body["base"],
            body["evaluation"],
            number=body["number"],
            tries=body["tries"] + 1,
            delay=max(1, round(longest * random.uniform(0.5, 1))),
        )
        send_all(self.sqs, self.settings.evaluations_queue_url, [again])

    def _evaluations(self, tenant: Tenant, body: JsonObject) -> Evaluations:
        return Evaluations(tenant, body["base"], self.settings.knowledge_table, self.dynamodb)


@lru_cache(maxsize=1)
def _evaluate() -> Evaluate:
    settings, dynamodb = load(Settings), client("dynamodb")
    bedrock = load(BedrockSettings)
    limits = Limits(Directory(settings.directory_table, dynamodb), settings.usage_table, dynamodb)
    collection, reranking = load(CollectionSettings), load(RerankSettings)
    answering = answering_with(settings, bedrock, collection, reranking, lambda _: dynamodb)
    judge = judge_with(settings, bedrock)
    evaluating = Evaluating(answering, judge)
    return Evaluate(settings, dynamodb, client("sqs"), evaluating, limits.check)


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("EvaluationRecords", len(event["Records"]))
    evaluate = _evaluate()
    come_back = partial(retry_after, evaluate.sqs, evaluate.settings.evaluations_queue_url)
    return run_each(event["Records"], evaluate.run, come_back)
