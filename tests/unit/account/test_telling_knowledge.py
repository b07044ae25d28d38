"""The copy of a workspace's data has its golden questions and what became of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import boto3
from moto import mock_aws

from account.stores import knowledge
from shared.store.audit import Actor
from shared.store.evaluations import Asked, Evaluation, Evaluations, Result
from shared.store.golden_questions import GoldenQuestion, GoldenQuestions
from shared.store.knowledge_bases import KnowledgeBase, KnowledgeBases
from shared.tenancy import Tenant
from tests.builders import create_tables

TENANT = Tenant("ws_told")


def _place(dynamodb: Any) -> Any:
    return SimpleNamespace(dynamodb=dynamodb, names=SimpleNamespace(knowledge_table="knowledge"))


@mock_aws
def test_questions_and_verdicts_are_told() -> None:
    dynamodb = boto3.client("dynamodb", region_name="ap-southeast-1")
    create_tables(dynamodb)
    bases = KnowledgeBases(TENANT, "knowledge", "workspaces", dynamodb)
    bases.create(KnowledgeBase("kb", "Shop", 1), by=Actor("u", "u@x.test"), at=1)
    golden = GoldenQuestion("q1", "When?", answer="Now.")
    GoldenQuestions(TENANT, "kb", "knowledge", dynamodb).add([golden])
    store = Evaluations(TENANT, "kb", "knowledge", dynamodb)
    store.create(Evaluation("e1", 1, {"threshold": 0.5}, {}, {"judge": "m"}))
    store.copy_question("e1", Asked(0, golden), 1)
    store.settle("e1", 0, Result("answered", answer="Now [1].", correctness=1.0), "usage", 1)
    store.tell_judged("e1", 0)
    told: dict[str, Any] = dict(knowledge.tell_all(_place(dynamodb), TENANT))
    assert told["golden_questions"]["answer"] == "Now."
    assert told["evaluations"]["body"]["settings"] == {"threshold": 0.5}
    assert told["evaluated_questions"]["result"]["answer"] == "Now [1]."
    assert told["evaluated_questions"]["asked"]["golden"]["question"] == "When?"
