"""The worker that answers flows: from a queue's record to the lane's event, counted once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from rag.answer import Questions, Settings
from rag.answering import Answering
from rag.composing import records
from rag.counted import CountedAnswers
from rag.fusion import Found
from rag.queries import Scope
from shared.conversation import Contact
from shared.events import AI_ANSWERED, Event, from_body
from shared.json_types import JsonObject
from shared.store.audit import Actor
from shared.store.conversations import Conversations, LogLine, Summary
from shared.store.directory import Directory
from shared.store.knowledge_bases import KnowledgeBase, KnowledgeBases
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.usage.limits import LimitReachedError, Limits
from shared.usage.meters import AI_ANSWERS, AI_TOKENS, Meter
from shared.usage.months import month_of
from shared.usage.plans import Plan
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeSqs
from tests.unit.rag.test_answering import FAR, RETURNS, Model

SETTINGS = Settings(
    chat_model="amazon.nova-lite-v1:0",
    guardrail="",
    judge_model="",
    similarity_low=0.15,
    similarity_high=0.75,
    knowledge_table="knowledge",
    usage_table="usage",
    inbound_queue_url="inbound",
    workspaces_table="workspaces",
    conversations_table="conversations",
    directory_table="directory",
)
PLACE = {"channel": "1001", "contact": "c1"}


@dataclass
class World:
    tenant: Tenant
    dynamodb: Any
    model: Model
    sqs: FakeSqs
    clock: FakeClock
    questions: Questions
    searched: list[tuple[Scope, str]]

    def asked(self, **changed: Any) -> JsonObject:
        return {
            "v": 1,
            "id": "1:0",
            "kind": "ai",
            "tenant": self.tenant.id,
            **PLACE,
            "at": self.clock(),
            "correlation": "s1:3",
            "knowledge_base": "kb_1",
            "question": "returned goods within days?",
            "language": "",
            "instructions": "",
            "timeout_seconds": 30,
            "hops": 2,
            **changed,
        }

    def ask(self, **changed: Any) -> Event:
        """The answer's event."""
        self.sqs.forget_duplicates()
        self.questions.run(sqs_record(json.dumps(self.asked(**changed))))
        (sent,) = self.sqs.sent.pop("inbound")
        batch = from_body(json.loads(sent["MessageBody"]))
        assert {"channel": batch.channel, "contact": batch.contact} == PLACE
        assert sent["MessageGroupId"] == "1001#c1"
        (event,) = batch.events
        assert (event.id, event.kind, event.hops) == ("ai:s1:3", AI_ANSWERED, 2)
        assert event.body["correlation"] == "s1:3"
        return event

    def used(self, meter: Meter) -> int:
        return Usage(self.tenant, "usage", self.dynamodb).used(meter, month_of(self.clock()))


@pytest.fixture
def world(dynamodb: Any, tenant: Tenant) -> Iterator[World]:
    bases = KnowledgeBases(tenant, "knowledge", "workspaces", dynamodb)
    bases.create(KnowledgeBase("kb_1", "Shop", 1), by=Actor("u", "u@x.test"), at=1)
    model, sqs, clock = Model(), FakeSqs(), FakeClock()
    searched: list[tuple[Scope, str]] = []

    def find(scope: Scope, question: str) -> Found:
        searched.append((scope, question))
        return Found([RETURNS, FAR], ())

    answering = Answering(find, model, "cohere.embed-multilingual-v3", clock)
    limits = Limits(Directory("directory", dynamodb), "usage", dynamodb, clock)
    counted = CountedAnswers(answering, limits.check, records(SETTINGS, lambda _: dynamodb))
    questions = Questions(SETTINGS, dynamodb, sqs, counted, clock)
    yield World(tenant, dynamodb, model, sqs, clock, questions, searched)


def test_an_answer_returns_to_its_lane(world: World) -> None:
    body = world.ask().body
    assert body["outcome"] == "answered"
    assert body["text"].startswith("Sixty days [1].")
    assert [source["title"] for source in body["sources"]] == ["Returns"]
    assert world.searched[0][0] == Scope(world.tenant, "kb_1")


def test_an_answer_is_metered_once_however_often_it_is_asked_for(world: World) -> None:
    for _ in range(3):
        assert world.ask(at=world.clock()).body["outcome"] == "answered"
    assert world.used(AI_ANSWERS) == 1
    assert world.used(AI_TOKENS) == 1000 + 100 + len("returned goods within days?") // 4 + 1


def test_answers_are_listed_newest_first(world: World) -> None:
    asked_at = []
    for _ in range(6):
        world.clock.advance(1)
        asked_at.append(world.clock())
        world.ask()
    kept, _ = records(SETTINGS, lambda _: world.dynamodb)(world.tenant, "kb_1").newest(10, None)
    assert [one.at for one in kept] == asked_at[::-1]


def test_a_question_without_an_answer_is_no_answer_and_its_tokens_count(world: World) -> None:
    world.model.says = "NO_ANSWER"
    assert world.ask().body == {"correlation": "s1:3", "outcome": "no_answer"}
    assert world.used(AI_ANSWERS) == 0
    assert world.used(AI_TOKENS) > 1000


def test_what_comes_too_late_or_asks_nothing_that_is_there_fails_unasked(world: World) -> None:
    assert world.ask(at=world.clock() - 31_000).body["outcome"] == "failed"
    assert world.ask(knowledge_base="kb_gone").body["outcome"] == "failed"
    assert world.model.asked == []
    assert world.used(AI_TOKENS) == 0


def test_a_customers_thumb_is_kept_on_the_answer_and_counted_once(world: World) -> None:
    store = records(SETTINGS, lambda _: world.dynamodb)(world.tenant, "kb_1")
    assert world.ask().body["answer"]
    (given,) = store.newest(10, None)[0]

    def rate(thumb: str, answer: str = given.id) -> tuple[int, int]:
        asked = {"v": 1, "id": "2:0", "kind": "rate", "tenant": world.tenant.id, **PLACE}
        said = {"answer": answer, "knowledge_base": "kb_1", "thumb": thumb}
        world.questions.run(sqs_record(json.dumps({**asked, "at": world.clock(), **said})))
        thumbs = store.thumbs()
        return thumbs.up, thumbs.down

    assert [rate("up"), rate("up"), rate("down"), rate("down")] == [(1, 0), (1, 0), (0, 1), (0, 1)]
    (one,) = store.newest(10, None)[0]
    assert (one.customer_thumb, one.thumb) == ("down", "")
    store.rate(one.id, "up")
    assert [one.customer_thumb for one in store.newest(10, None)[0]] == ["down"]
    assert rate("up", answer="never") == (0, 1)
    assert world.sqs.sent["inbound"] == []


def test_what_the_plan_does_not_allow_fails_and_costs_nothing(world: World) -> None:
    def refuse(tenant: Tenant, meter: Meter) -> None:
        plan = Plan("small", "Small", {meter.id: 0})
        raise LimitReachedError(plan, meter, world.clock())

    answers = CountedAnswers(
        world.questions.answers.answering, refuse, records(SETTINGS, lambda _: world.dynamodb)
    )
    world.questions = Questions(SETTINGS, world.dynamodb, world.sqs, answers, world.clock)
    assert world.ask().body["outcome"] == "failed"
    assert world.model.asked == []
    assert (world.used(AI_ANSWERS), world.used(AI_TOKENS)) == (0, 0)


def test_what_was_said_before_makes_a_short_question_whole(world: World) -> None:
    world.model.says = "How long may goods be returned?"
    lines = [
        LogLine(1, "in", 1, "m1", {"type": "text", "text": {"body": "May goods be returned?"}}),
        LogLine(2, "out", 2, "m1", {"type": "text", "text": {"body": "Yes."}}),
        LogLine(3, "in", 3, "m2", {"type": "text", "text": {"body": "How long?"}}),
    ]
    conversations = Conversations(world.tenant, "conversations", world.dynamodb)
    last = {"text": "How long?", "direction": "in", "type": "text"}
    conversations.record(
        Summary("1001", Contact("c1"), handed=1, last_at=3, last=last, taken=None, open_until=0),
        lines,
        [],
    )
    world.ask(question="How long?")
    assert world.searched[0][1] == "How long may goods be returned?"
    asked = world.model.asked[0].user
    assert "Customer: May goods be returned?\nBusiness: Yes.\n" in asked
    assert asked.count("How long?") == 1


def test_other_tenants_records_are_their_own(world: World, dynamodb: Any) -> None:
    world.ask()
    mine = records(SETTINGS, lambda _: dynamodb)(world.tenant, "kb_1").newest(10, None)[0]
    theirs = records(SETTINGS, lambda _: dynamodb)(Tenant("ws_other"), "kb_1").newest(10, None)[0]
    assert [one.outcome for one in mine] == ["answered"]
    assert mine[0].usd is not None
    assert theirs == []
