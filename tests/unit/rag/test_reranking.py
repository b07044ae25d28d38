"""A better order by a model: what it may change, and what it never does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st

from local.bedrock.refusals import InvalidError
from local.bedrock.reranking import rerank
from rag.answering import Answer, Answering, Question
from rag.asking_settings import AskingSettings
from rag.chunks import Vector
from rag.embedding import InputType
from rag.fusion import Found, Hit
from rag.passages import chosen, reordered
from rag.queries import Scope
from rag.reranking import MOST_RERANKED, BedrockRerank, RerankFailedError, in_better_order
from rag.searching import Search
from shared.observability import metrics
from shared.tenancy import Tenant
from tests.unit.rag.found_passages import chunk, passage
from tests.unit.rag.rerank_side import Reranker, rerank_over_wire
from tests.unit.rag.test_answering import Model

SCOPE = Scope(Tenant("ws_shop"), "kb")
QUESTION = "returned goods within days?"
RETURNS = Hit(chunk("Goods may be returned within sixty days.", 0, title="Returns"), 0.9)
EXCHANGE = Hit(chunk("Exchanged goods are sent back within days.", 1, title="Exchange"), 0.85)
FAR = Hit(chunk("We plant trees.", 2, title="Trees"), 0.5)


def ask(
    reranker: Reranker | None,
    *,
    codes: tuple[Hit, ...] = (),
    model: Model | None = None,
    **set_: Any,
) -> Answer:
    def find(scope: Scope, question: str) -> Found:
        return Found([RETURNS, EXCHANGE, FAR], (), codes)

    answering = Answering(
        find, model or Model(), "cohere.embed-multilingual-v3", lambda: 1.0, rerank=reranker
    )
    return answering(Question(SCOPE, QUESTION), AskingSettings(**{"rerank": True, **set_}))


def titles(answer: Answer) -> list[str]:
    return [one.chunk.title for one in answer.found]


def counted(name: str) -> int:
    return len(metrics.metric_set.get(name, {}).get("Value", ()))


@pytest.fixture(autouse=True)
def _fresh() -> None:
    metrics.clear_metrics()


def test_passages_are_given_to_the_model_in_the_better_order() -> None:
    model = Model()
    answer = ask(Reranker("Exchanged"), model=model)
    assert titles(answer) == ["Exchange", "Returns", "Trees"]
    assert "[1] (Exchange)" in model.asked[0].user
    assert answer.sources[0]["title"] == "Exchange"
    assert [one.reranked for one in answer.found] == [0.9, 0.2, 0.2]
    assert counted("AiReranked") == 1


@pytest.mark.parametrize("reranker", [None, Reranker("Exchanged")])
def test_it_is_asked_for_only_where_it_is_wanted_and_offered(reranker: Reranker | None) -> None:
    answer = ask(reranker, rerank=reranker is None)
    assert titles(answer) == ["Returns", "Exchange", "Trees"]
    assert reranker is None or reranker.texts == []
    assert (answer.spent.rerank_queries, answer.rerank_failed) == (0, False)


def test_it_is_counted_and_priced() -> None:
    plain, better = ask(None), ask(Reranker("Exchanged"))
    assert better.spent.rerank_queries == 1
    assert better.spent.usd == pytest.approx((plain.spent.usd or 0) + 0.002)
    assert better.spent.tokens == plain.spent.tokens + better.spent.reranked_tokens
    assert better.spent.reranked_tokens > 10
    unknown = ask(Reranker("Exchanged", model="another"))
    assert unknown.spent.usd is None


def test_where_it_fails_the_fused_order_answers() -> None:
    answer = ask(Reranker(fails=True))
    assert (answer.outcome, answer.rerank_failed) == ("answered", True)
    assert titles(answer) == titles(ask(None))
    assert all(one.reranked is None for one in answer.found)
    assert answer.spent == ask(None).spent
    assert counted("AiRerankFailed") == 1


def test_what_a_code_names_stays_first() -> None:
    answer = ask(Reranker("Exchanged"), codes=(Hit(FAR.chunk, 1.0),))
    assert titles(answer) == ["Trees", "Exchange", "Returns"]


@given(
    relevances=st.lists(st.floats(0, 1), max_size=30),
    scores=st.lists(st.floats(0, 1), min_size=MOST_RERANKED, max_size=MOST_RERANKED),
    threshold=st.floats(0, 1),
)
def test_the_threshold_lets_the_same_passages_through(
    relevances: list[float], scores: list[float], threshold: float
) -> None:
    fused = [passage(f"only {no} here", no, relevance=one) for no, one in enumerate(relevances)]
    better = reordered(fused, scores[: len(fused)])
    assert [one.chunk.chunk_no for one in better[MOST_RERANKED:]] == list(
        range(MOST_RERANKED, len(fused))
    )
    assert {one.chunk.chunk_no for one in chosen(better, threshold, 30)} == {
        one.chunk.chunk_no for one in chosen(fused, threshold, 30)
    }


def test_no_more_than_the_best_are_read_and_the_rest_stays_behind() -> None:
    fused = [passage(f"number {no}", no) for no in range(MOST_RERANKED + 5)]
    reranker = Reranker(f"number {MOST_RERANKED - 1}")
    better = in_better_order("?", fused, reranker).passages
    assert len(reranker.texts) == MOST_RERANKED
    assert [one.chunk.chunk_no for one in better] == [
        MOST_RERANKED - 1,
        *range(MOST_RERANKED - 1),
        *range(MOST_RERANKED, MOST_RERANKED + 5),
    ]


def test_one_passage_has_no_order() -> None:
    reranker = Reranker(fails=True)
    assert not in_better_order("?", [passage("alone")], reranker).failed
    assert reranker.texts == []


def test_another_workspaces_passages_are_never_sent() -> None:
    """Although the index were to answer with them."""
    mine = {"tenant_id": "ws_shop", "knowledge_base_id": "kb", "document_id": "d", "version": 1}
    whole = {**mine, "title": "T", "headings": []}
    hits = [
        {"_score": 0.9, "_source": {**whole, "chunk_no": 0, "text": "mine returned"}},
        {"_score": 0.8, "_source": {**whole, "chunk_no": 1, "text": "mine goods"}},
        {"_score": 0.9, "_source": {**whole, "tenant_id": "ws_x", "chunk_no": 2, "text": "theirs"}},
        {
            "_score": 0.9,
            "_source": {**whole, "knowledge_base_id": "x", "chunk_no": 3, "text": "other base"},
        },
    ]

    class Index:
        def msearch(self, body: list[Any]) -> dict[str, Any]:
            return {"responses": [{"hits": {"hits": hits}}] * (len(body) // 2)}

    def embed(texts: Sequence[str], input_type: InputType) -> list[Vector]:
        return [[0.0]]

    search = Search(Index(), embed, lambda scope, ids: dict.fromkeys(ids, 1))
    reranker = Reranker()
    Answering(search, Model(), "m", lambda: 1.0, rerank=reranker)(
        Question(SCOPE, QUESTION), AskingSettings(rerank=True)
    )
    assert sorted(reranker.texts) == ["T mine goods", "T mine returned"]


def test_the_client_and_the_stand_in_speak_alike() -> None:
    rerank_, wire = rerank_over_wire()
    texts = ["We plant trees.", "Goods may be returned within 60 days.", "Goods are shipped."]
    trees, returned, shipped = rerank_("Within how many days are goods returned?", texts)
    assert returned > shipped > trees == 0
    assert wire.asked == ["POST /rerank"]


@pytest.mark.parametrize("status", [403, 429, 500])
def test_whatever_is_refused_is_a_failure(status: int) -> None:
    rerank_, wire = rerank_over_wire()
    wire.refuse = status
    with pytest.raises(RerankFailedError):
        rerank_("goods?", ["a", "b"])


def test_an_unknown_model_and_a_dead_line_are_failures() -> None:
    rerank_, _ = rerank_over_wire("cohere.rerank-v9")
    with pytest.raises(RerankFailedError, match="ValidationException"):
        rerank_("goods?", ["a", "b"])

    def cut(**_: Any) -> None:
        raise EndpointConnectionError(endpoint_url="http://x")

    rerank_.bedrock.meta.events.register_first("before-send.bedrock-agent-runtime", cut)
    with pytest.raises(RerankFailedError, match="EndpointConnectionError"):
        rerank_("goods?", ["a", "b"])


def request(texts: list[str], most: int | None = None, model: str = "amazon.rerank-v1:0") -> Any:
    arn = f"arn:aws:bedrock:ap-northeast-1::foundation-model/{model}"
    configuration: dict[str, Any] = {"modelConfiguration": {"modelArn": arn}}
    if most is not None:
        configuration["numberOfResults"] = most
    return {
        "queries": [{"type": "TEXT", "textQuery": {"text": "goods"}}],
        "sources": [
            {"inlineDocumentSource": {"type": "TEXT", "textDocument": {"text": one}}}
            for one in texts
        ],
        "rerankingConfiguration": {"bedrockRerankingConfiguration": configuration},
    }


def test_the_stand_in_answers_with_as_many_as_are_asked_for() -> None:
    answer = rerank(request(["trees", "goods", "more goods"], 2))
    assert [one["index"] for one in answer["results"]] == [1, 2]


@pytest.mark.parametrize(
    "wrong",
    [request([]), request([""]), request(["a" * 32_001]), request(["a"], 0), request(["a"] * 1001)],
)
def test_the_stand_in_refuses_what_rerank_refuses(wrong: Any) -> None:
    with pytest.raises(InvalidError):
        rerank(wrong)


def test_an_answer_that_leaves_passages_out_is_a_failure() -> None:
    class Half:
        class meta:  # noqa: N801
            partition, region_name = "aws", "ap-northeast-1"

        def rerank(self, **_: Any) -> dict[str, Any]:
            return {"results": [{"index": 0, "relevanceScore": 0.5}]}

    with pytest.raises(RerankFailedError, match="Incomplete"):
        BedrockRerank(Half(), "m")("goods?", ["a", "b"])
