"""Answer the questions of flows: each comes through a queue, its answer goes back into its lane."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from rag.answering import FAILED, Question
from rag.composing import AnsweringSettings, answering_with, records
from rag.counted import CountedAnswers
from rag.queries import Scope
from rag.returning import answer_entry, outcome_of
from rag.rewriting import Turn
from rag.settings import BedrockSettings, CollectionSettings, RerankSettings
from shared.aws import client
from shared.channels.inbound import line_of
from shared.clock import Clock, now_ms
from shared.contacts.ids import id_of_names
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.answers import AnswerNotFoundError
from shared.store.conversations import Conversations
from shared.store.directory import Directory
from shared.store.knowledge_bases import KnowledgeBaseNotFoundError, KnowledgeBases
from shared.tenancy import Tenant
from shared.usage.limits import Limits

_REMEMBERED: Final = 8  # messages before the question


@dataclass(frozen=True, slots=True)
class Settings(AnsweringSettings):
    inbound_queue_url: str
    workspaces_table: str
    conversations_table: str
    directory_table: str


@dataclass(frozen=True, slots=True)
class Questions:
    settings: Settings
    dynamodb: Any
    sqs: Any
    answers: CountedAnswers
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one question, or what a customer thinks of an answer. A question that
        is delivered twice is answered twice and counted once, and the second answer finds nobody
        waiting."""
        asked = json.loads(record["body"])
        if asked["kind"] == "rate":
            self._rate(asked)
            return
        answer = answer_entry(asked, self._outcome(asked), self.clock())
        send_all(self.sqs, self.settings.inbound_queue_url, [answer])

    def _rate(self, asked: JsonObject) -> None:
        """An answer that is gone, or was never given, is rated by nobody."""
        records = self.answers.records(Tenant(asked["tenant"]), asked["knowledge_base"])
        try:
            records.rate_as_customer(asked["answer"], asked["thumb"])
        except AnswerNotFoundError:
            count("AiRatedUnknown")
        else:
            count("AiRated")

    def _outcome(self, asked: JsonObject) -> JsonObject:
        """What came too late, or asks a knowledge base that is gone, is not asked at all."""
        if self.clock() > asked["at"] + asked["timeout_seconds"] * 1000:
            count("AiTooLate")
            return {"outcome": FAILED}
        tenant = Tenant(asked["tenant"])
        table, workspaces = self.settings.knowledge_table, self.settings.workspaces_table
        try:
            base = KnowledgeBases(tenant, table, workspaces, self.dynamodb).get(
                asked["knowledge_base"]
            )
        except KnowledgeBaseNotFoundError:
            count("AiWithoutKnowledge")
            return {"outcome": FAILED}
        question = Question(
            Scope(tenant, base.id),
            asked["question"],
            language=asked["language"][:2].lower(),
            instructions=asked["instructions"],
            history=self._history(tenant, asked),
        )
        names = (asked["channel"], asked["contact"], asked["correlation"])
        id_ = id_of_names(asked["at"], *names)
        return outcome_of(id_, self.answers(id_, question, base, asked["at"]))

    def _history(self, tenant: Tenant, asked: JsonObject) -> tuple[Turn, ...]:
        """What was said before, oldest first, without the question itself."""
        conversations = Conversations(tenant, self.settings.conversations_table, self.dynamodb)
        newest, _ = conversations.messages(asked["channel"], asked["contact"], _REMEMBERED, None)
        lines = [one.line for one in reversed(newest)]
        turns = [Turn(line.direction == "out", line_of(line.message)) for line in lines]
        while turns and not turns[-1].by_us and turns[-1].text.strip() == asked["question"]:
            turns.pop()
        return tuple(turn for turn in turns if turn.text.strip())


@lru_cache(maxsize=1)
def _questions() -> Questions:
    settings, dynamodb = load(Settings), client("dynamodb")
    limits = Limits(Directory(settings.directory_table, dynamodb), settings.usage_table, dynamodb)
    counted_answers = CountedAnswers(
        answering_with(
            settings,
            load(BedrockSettings),
            load(CollectionSettings),
            load(RerankSettings),
            lambda _: dynamodb,
        ),
        limits.check,
        records(settings, lambda _: dynamodb),
    )
    return Questions(settings, dynamodb, client("sqs"), counted_answers)


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("QuestionRecords", len(event["Records"]))
    return run_each(event["Records"], _questions().run)
