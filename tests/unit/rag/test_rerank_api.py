"""The choice of a better order through the API: only where the deployment has a model for it."""

from __future__ import annotations

from typing import Any

import pytest

from rag import place
from rag.answering import Answering
from rag.asking_settings import AskingSettings
from rag.fusion import Found
from rag.queries import Scope
from shared.clock import now_ms
from shared.store.transactions import commit
from shared.store.usage import Usage, added
from shared.tenancy import Tenant
from shared.usage.meters import AI_TOKENS
from shared.usage.months import month_of
from tests.unit.rag.knowledge_api import WORKSPACE, ask
from tests.unit.rag.rerank_side import MODEL, Reranker
from tests.unit.rag.test_answering import Model
from tests.unit.rag.test_asking_api import FAR, MODELS, QUESTION, RETURNS

RERANKED = AskingSettings(rerank=True).model_dump()
NOT_OFFERED = (409, "rerank-not-offered")
_PLACE = {
    "BEDROCK_URL": "",
    "BEDROCK_REGION": "ap-southeast-1",
    "EMBEDDING_MODEL": "embed",
    "EMBEDDING_DIMENSIONS": "64",
}


@pytest.fixture
def reranker(monkeypatch: pytest.MonkeyPatch) -> Reranker:
    def find(scope: Scope, question: str) -> Found:
        return Found([RETURNS, FAR], [])

    reranker = Reranker("trees")
    answering = Answering(find, Model(), "cohere.embed-multilingual-v3", now_ms, rerank=reranker)
    monkeypatch.setattr(place, "answering", lambda: answering)
    here = {"RERANK_MODEL": MODEL, "RERANK_REGION": "ap-northeast-1"}
    for name, value in {**MODELS, **_PLACE, **here}.items():
        monkeypatch.setenv(name, value)
    return reranker


def tokens_used(aws: Any) -> int:
    return Usage(WORKSPACE, "usage", aws.dynamodb).used(AI_TOKENS, month_of(now_ms()))


def refusal(answer: tuple[int, Any]) -> tuple[int, str]:
    status, said = answer
    return status, said["type"].rpartition("/")[2].rpartition(":")[2]


def test_where_there_is_no_model_the_choice_is_not_offered(base: str) -> None:
    assert ask("GET", base)[1]["can_rerank"] is False
    trying = {"question": QUESTION, "settings": RERANKED}
    assert refusal(ask("PUT", f"{base}/settings", RERANKED, 1)) == NOT_OFFERED
    assert refusal(ask("POST", f"{base}/ask", trying)) == NOT_OFFERED
    ask("POST", f"{base}/golden-questions", {"question": "When?", "answer": "Now."})
    assert refusal(ask("POST", f"{base}/evaluations", {"settings": RERANKED})) == NOT_OFFERED
    assert ask("GET", base)[1]["settings"]["rerank"] is False


def test_an_evaluation_pins_the_choice_and_the_model(base: str, reranker: Reranker) -> None:
    ask("POST", f"{base}/golden-questions", {"question": "When?", "answer": "Now."})
    plain = ask("POST", f"{base}/evaluations", {})[1]
    ask("POST", f"{base}/evaluations/{plain['id']}/cancel")
    status, made = ask("POST", f"{base}/evaluations", {"settings": RERANKED})
    assert (status, made["settings"]["rerank"], made["models"]["reranker"]) == (201, True, MODEL)
    path = f"{base}/evaluations/{plain['id']}/comparison/{made['id']}"
    assert ask("GET", path)[1]["changed_settings"] == {"rerank": [False, True]}


def test_a_workspace_turns_it_on_and_sees_both_scores(
    aws: Any, base: str, reranker: Reranker
) -> None:
    assert ask("GET", base)[1]["can_rerank"] is True
    assert ask("PUT", f"{base}/settings", RERANKED, 1)[0] == 200
    before = tokens_used(aws)
    status, said = ask("POST", f"{base}/ask", {"question": QUESTION})
    assert (status, said["outcome"]) == (200, "answered")
    shown = [(one["title"], one["reranked"], one["used"]) for one in said["passages"]]
    assert shown == [("Trees", 0.9, False), ("Returns", 0.2, True)]
    assert said["passages"][0]["fused"] < said["passages"][1]["fused"]
    assert (said["rerank_queries"], said["rerank_failed"]) == (1, False)
    assert said["usd"] > 0.002
    assert tokens_used(aws) > before + 1100


def test_what_is_only_looked_for_counts_what_the_model_read(
    aws: Any, base: str, reranker: Reranker
) -> None:
    looking = {"question": QUESTION, "answer": False}
    before = tokens_used(aws)
    assert ask("POST", f"{base}/ask", looking)[1]["rerank_queries"] == 0
    assert tokens_used(aws) == before
    said = ask("POST", f"{base}/ask", {**looking, "settings": RERANKED})[1]
    assert (said["outcome"], said["rerank_queries"]) == ("found", 1)
    assert [one["title"] for one in said["passages"]] == ["Trees", "Returns"]
    assert tokens_used(aws) > before


def test_a_plan_that_is_used_up_reads_nothing(
    aws: Any, base: str, reranker: Reranker, starter: Tenant
) -> None:
    used_up = {AI_TOKENS.id: 1_000_000_000}
    commit(aws.dynamodb, [added(starter, "usage", month_of(now_ms()), used_up)])
    looking = {"question": QUESTION, "answer": False, "settings": RERANKED}
    assert refusal(ask("POST", f"{base}/ask", looking))[1] == "plan-limit-reached"
    assert reranker.texts == []


def test_a_failure_is_told_beside_the_answer(base: str, reranker: Reranker) -> None:
    reranker.fails = True
    said = ask("POST", f"{base}/ask", {"question": QUESTION, "settings": RERANKED})[1]
    assert (said["outcome"], said["rerank_failed"], said["rerank_queries"]) == ("answered", True, 0)
    assert [one["reranked"] for one in said["passages"]] == [None, None]
