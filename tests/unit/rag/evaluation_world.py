"""Evaluations of one workspace over moto: what is found is given, the stand-in answers and judges,
and a queue's entries are worked on until none is left."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from rag.answering import Answering
from rag.asking_settings import AskingSettings
from rag.collection import CollectionBusyError
from rag.converse import Converse
from rag.evaluate import Evaluate, Settings
from rag.evaluating import Evaluating
from rag.evaluation_work import BEGIN, entry
from rag.fusion import Found, Hit
from rag.queries import Scope
from shared.json_types import JsonObject
from shared.store.audit import Actor
from shared.store.documents import READY, Document, Documents
from shared.store.evaluations import Evaluation, Evaluations, Result
from shared.store.golden_questions import GoldenQuestion, GoldenQuestions
from shared.store.knowledge_bases import KnowledgeBase, KnowledgeBases
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.usage.limits import LimitReachedError
from shared.usage.meters import AI_TOKENS, Meter
from shared.usage.months import month_of
from shared.usage.plans import Plan
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeSqs
from tests.unit.rag.bedrock_side import stand_in
from tests.unit.rag.found_passages import chunk
from tests.unit.rag.rerank_side import Reranker

QUEUE = "evaluations"
SETTINGS = Settings(
    chat_model="amazon.nova-lite-v1:0",
    judge_model="",
    guardrail="",
    similarity_low=0.15,
    similarity_high=0.75,
    knowledge_table="knowledge",
    usage_table="usage",
    directory_table="directory",
    evaluations_queue_url=QUEUE,
)
HITS = [
    Hit(chunk("Goods may be returned within 60 days.", 0, document="d1", title="Returns"), 0.9),
    Hit(chunk("Shipping costs USD 5.90, free from USD 75.", 0, document="d2", title="Rates"), 0.7),
    Hit(chunk("We plant trees.", 0, document="d3", title="Trees"), 0.5),
]
RETURNS = GoldenQuestion(
    "q1", "How many days to have goods returned?", "returns.txt", answer="Within 60 days."
)
RATES = GoldenQuestion("q2", "What are the costs of shipping?", "Rates.txt", answer="USD 9.90.")
MARS = GoldenQuestion("q3", "Voyages towards Mars, Jupiter?", is_unanswerable=True)


@dataclass
class Finder:
    """`busy` times it takes nothing; `broken` it fails."""

    busy: int = 0
    broken: bool = False
    asked: list[str] = field(default_factory=list)

    def __call__(self, scope: Scope, question: str) -> Found:
        if self.broken:
            raise RuntimeError("the index refused a search")
        if self.busy:
            self.busy -= 1
            raise CollectionBusyError("busy")
        self.asked.append(question)
        return Found(HITS, ())


class World:
    def __init__(self, dynamodb: Any, tenant: Tenant, judge: Converse | None = None) -> None:
        self.tenant, self.dynamodb = tenant, dynamodb
        self.clock, self.sqs, self.find = FakeClock(), FakeSqs(), Finder()
        bases = KnowledgeBases(tenant, "knowledge", "workspaces", dynamodb)
        bases.create(KnowledgeBase("kb_1", "Shop", 1), by=Actor("u", "u@x.test"), at=1)
        self.documents = Documents(tenant, "kb_1", "knowledge", dynamodb)
        for id_, name in (("d1", "Returns.txt"), ("d2", "Rates.txt"), ("d3", "Trees.txt")):
            self.documents.create(Document(id_, "kb_1", name, "text", 1, 1, READY, version=1))
        self.golden = GoldenQuestions(tenant, "kb_1", "knowledge", dynamodb)
        self.golden.add([RETURNS, RATES, MARS])
        self.evaluations = Evaluations(tenant, "kb_1", "knowledge", dynamodb)
        self.allowed = True
        embedding = "cohere.embed-multilingual-v3"
        self.reranker = Reranker("trees")
        answering = Answering(self.find, stand_in(), embedding, self.clock, rerank=self.reranker)
        evaluating = Evaluating(answering, judge or stand_in())
        self.worker = Evaluate(SETTINGS, dynamodb, self.sqs, evaluating, self._check, self.clock)

    def _check(self, tenant: Tenant, meter: Meter) -> None:
        if not self.allowed:
            raise LimitReachedError(Plan("small", "Small", {meter.id: 0}), meter, self.clock())

    def start(self, id_: str = "e1", **settings: Any) -> None:
        asked = AskingSettings(**settings).model_dump()
        self.evaluations.create(Evaluation(id_, self.clock(), asked, {}, {"chat": "m"}))
        self.deliver(entry(self.tenant, BEGIN, "kb_1", id_).body)

    def deliver(self, body: str, receives: int = 1) -> None:
        self.worker.run(sqs_record(body, receives=receives))

    def waiting(self) -> list[str]:
        """The bodies in the queue, which are taken out."""
        return [sent["MessageBody"] for sent in self.sqs.sent.pop(QUEUE, [])]

    def work(self) -> None:
        while bodies := self.waiting():
            for body in bodies:
                self.deliver(body)

    def run(self, id_: str = "e1", **settings: Any) -> Evaluation:
        self.start(id_, **settings)
        self.work()
        return self.evaluations.get(id_)

    def results(self, id_: str = "e1") -> dict[str, Result]:
        """By the question's id."""
        questions = self.evaluations.questions(id_)
        return {one.golden.id: one.result for one in questions if one.result is not None}

    def tokens(self) -> int:
        return Usage(self.tenant, "usage", self.dynamodb).used(AI_TOKENS, month_of(self.clock()))


def numbers(bodies: list[str]) -> list[int]:
    found: list[JsonObject] = [json.loads(body) for body in bodies]
    return [one["number"] for one in found]
