"""The collection of stages that have one: who gets in, and what it keeps ready."""

from __future__ import annotations

import json

from rag.work import WORKER_SECONDS
from tests.infra.rights import RERANKING
from tests.templates import own_functions, referred, resources, templates

AOSS = "AWS::OpenSearchServerless"


def test_only_its_own_functions_reach_the_collection(deployed: str) -> None:
    (policy,) = resources(deployed, f"{AOSS}::AccessPolicy").values()
    text = json.dumps(policy["Properties"]["Policy"])
    assert "aoss:WriteDocument" in text
    assert "aoss:*" not in text
    assert '"*"' not in text.replace("\\", "")


def test_it_sleeps_when_nobody_asks_and_comes_after_its_policies(deployed: str) -> None:
    (group,) = resources(deployed, f"{AOSS}::CollectionGroup").values()
    limits = group["Properties"]["CapacityLimits"]
    assert (limits["MinSearchCapacityInOcu"], limits["MinIndexingCapacityInOcu"]) == (0, 0)
    assert group["Properties"]["Generation"] == "NEXTGEN"
    (collection,) = resources(deployed, f"{AOSS}::Collection").values()
    assert collection["Properties"]["Type"] == "VECTORSEARCH"
    waits_for = {
        name.removeprefix("Collection").rstrip("0123456789ABCDEF")
        for name in (collection["DependsOn"])
    }
    assert waits_for == {"Group", "Encryption", "Network"}


def test_no_worker_on_documents_outlives_the_wait_for_what_it_writes() -> None:
    assert own_functions("local")["rag.ingest.handler"]["Timeout"] <= WORKER_SECONDS


def test_where_the_collection_is_elsewhere_nothing_is_made_of_it() -> None:
    assert resources("local", f"{AOSS}::Collection") == {}
    assert "CollectionUrl" in templates("local")["Knowledge"]["Parameters"]


def test_passages_are_put_in_order_by_one_model_in_one_region() -> None:
    for handler in RERANKING:
        function = own_functions("local")[handler]
        variables = function["Environment"]["Variables"]
        model, region = variables["RERANK_MODEL"], variables["RERANK_REGION"]
        statements = [
            statement
            for policy in resources("local", "AWS::IAM::Policy").values()
            if referred(function["Role"]) in map(referred, policy["Properties"]["Roles"])
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        ]
        (rerank,) = [one for one in statements if one["Action"] == "bedrock:Rerank"]
        assert rerank["Condition"] == {"StringEquals": {"aws:RequestedRegion": region}}
        invoked = json.dumps([one for one in statements if one["Action"] == "bedrock:InvokeModel"])
        assert f":bedrock:{region}::foundation-model/{model}" in invoked


def test_a_stage_that_names_no_model_offers_none(deployed: str) -> None:
    for handler in RERANKING:
        variables = own_functions(deployed)[handler]["Environment"]["Variables"]
        assert (variables["RERANK_MODEL"], variables["RERANK_REGION"]) == ("", "")


def test_the_deployment_makes_the_index_and_nobody_else_may(deployed: str) -> None:
    (index,) = resources(deployed, "Custom::KnowledgeIndex").values()
    dimensions = own_functions(deployed)["rag.ingest.handler"]["Environment"]["Variables"]
    assert index["Properties"]["Dimensions"] == dimensions["EMBEDDING_DIMENSIONS"]
    (access,) = resources(deployed, f"{AOSS}::AccessPolicy")
    assert access in index["DependsOn"]
    (policy,) = resources(deployed, f"{AOSS}::AccessPolicy").values()
    rules = json.dumps(policy["Properties"]["Policy"]).split("Principal")
    making = [number for number, text in enumerate(rules) if "CreateIndex" in text]
    assert making == [0]
    assert "KnowledgeIndexRole" in rules[1]
