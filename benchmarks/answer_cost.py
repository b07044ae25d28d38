"""AWS calls, tokens and cost of a flow's answered question, counted on the real worker.

DynamoDB is moto, the collection and the model are the stand-ins, whose tokens are a quarter of the
characters: about what models count. Prompts are production's own, priced as Claude Haiku 4.5.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import boto3
from moto import mock_aws

from benchmarks.knowledge import SCALE, find_passages
from benchmarks.knowledge_set import BASE_ID, TENANT_ID, UNANSWERABLE, questions
from benchmarks.metering import Meter
from local.bedrock.answering import converse
from rag.answer import Questions, Settings
from rag.answering import Answering
from rag.composing import records
from rag.converse import Reply
from rag.counted import CountedAnswers
from rag.fusion import Found
from rag.prompt import Prompt
from rag.queries import Scope
from shared.json_types import JsonObject
from shared.store.answers import AnswerRecord, AnswerRecords
from shared.store.audit import Actor
from shared.store.directory import Directory
from shared.store.documents import Documents
from shared.store.knowledge_bases import KnowledgeBase, KnowledgeBases
from shared.tenancy import Tenant
from shared.usage.limits import Limits
from tests.builders import create_tables, sqs_record
from tests.fakes import FakeClock, FakeSqs

_MODEL: Final = "global.anthropic.claude-haiku-4-5-20251001-v1:0"
_EMBEDDING: Final = "cohere.embed-multilingual-v3"


@dataclass(frozen=True, slots=True)
class Row:
    """Of an answered question. `calls` by operation."""

    answered: int
    calls: dict[str, float]
    tokens_in: float
    tokens_out: float
    usd_per_thousand: float
    milliseconds: float

    @property
    def aws_calls(self) -> float:
        return sum(self.calls.values())


class _Model:
    model = _MODEL

    def __init__(self, calls: Counter[str]) -> None:
        self._calls = calls

    def __call__(self, prompt: Prompt, *, most_tokens: int, tenant_id: str) -> Reply:  # noqa: ARG002
        self._calls["bedrock.Converse"] += 1
        asked = {
            "system": [{"text": prompt.system}],
            "messages": [{"role": "user", "content": [{"text": prompt.user}]}],
        }
        answer = converse(asked)
        usage = answer["usage"]
        text = answer["output"]["message"]["content"][0]["text"]
        return Reply(text, usage["inputTokens"], usage["outputTokens"])


def run() -> Row:
    with mock_aws():
        dynamodb = boto3.client("dynamodb", region_name="ap-southeast-1")
        create_tables(dynamodb)
        tenant, clock, sqs, meter = Tenant(TENANT_ID), FakeClock(), FakeSqs(), Meter()
        bases = KnowledgeBases(tenant, "knowledge", "workspaces", dynamodb)
        bases.create(KnowledgeBase(BASE_ID, "Shop", 1), by=Actor("u", ""), at=1)
        worker = _worker(dynamodb, sqs, clock, meter.calls)
        asked = [one for one in questions() if one.kind != UNANSWERABLE]
        worker.run(_record(tenant, clock, "warm", asked[0].question))
        meter.attach(dynamodb)
        meter.calls.clear()
        sent = sqs.calls
        begun = time.perf_counter()
        for number, one in enumerate(asked):
            worker.run(_record(tenant, clock, str(number), one.question))
        took = (time.perf_counter() - begun) * 1000 / len(asked)
        meter.calls["sqs.SendMessageBatch"] = sqs.calls - sent
        kept = _kept(boto3.client("dynamodb", region_name="ap-southeast-1"), tenant)
    answered = [one for one in kept if one.outcome == "answered"]
    return Row(
        len(answered),
        {name: calls / len(asked) for name, calls in sorted(meter.calls.items())},
        sum(one.tokens_in for one in answered) / len(answered),
        sum(one.tokens_out for one in answered) / len(answered),
        1000 * sum(one.usd or 0 for one in answered) / len(answered),
        took,
    )


def _worker(dynamodb: Any, sqs: FakeSqs, clock: FakeClock, calls: Counter[str]) -> Questions:
    search = find_passages()

    def find(scope: Scope, question: str) -> Found:
        calls["bedrock.InvokeModel"] += 1
        calls["aoss.msearch"] += 1
        found = search(scope, question)
        ids = {hit.chunk.document_id for hit in (*found.by_meaning, *found.by_words)}
        Documents(scope.tenant, BASE_ID, "knowledge", dynamodb).live(ids)
        return found

    settings = Settings(
        chat_model=_MODEL,
        judge_model="",
        guardrail="",
        similarity_low=SCALE.low,
        similarity_high=SCALE.high,
        knowledge_table="knowledge",
        usage_table="usage",
        inbound_queue_url="inbound",
        workspaces_table="workspaces",
        conversations_table="conversations",
        directory_table="directory",
    )
    limits = Limits(Directory("directory", dynamodb), "usage", dynamodb, clock)
    answering = Answering(find, _Model(calls), _EMBEDDING, clock, SCALE)
    counted = CountedAnswers(answering, limits.check, records(settings, lambda _: dynamodb))
    return Questions(settings, dynamodb, sqs, counted, clock)


def _record(tenant: Tenant, clock: FakeClock, correlation: str, question: str) -> JsonObject:
    asked = {
        "kind": "ai",
        "tenant": tenant.id,
        "channel": "1",
        "contact": "c",
        "at": clock(),
        "correlation": correlation,
        "knowledge_base": BASE_ID,
        "question": question,
        "language": "",
        "instructions": "",
        "timeout_seconds": 30,
        "hops": 1,
    }
    return sqs_record(json.dumps(asked))


def _kept(dynamodb: Any, tenant: Tenant) -> list[AnswerRecord]:
    store = AnswerRecords(tenant, BASE_ID, "knowledge", "usage", dynamodb)
    found: list[AnswerRecord] = []
    cursor: str | None = None
    while True:
        page, cursor = store.newest(100, cursor)
        found += page
        if cursor is None:
            return found
