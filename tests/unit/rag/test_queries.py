"""No question to the index without its tenant and its knowledge base."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.queries import Scope, by_codes, by_meaning, by_words
from shared.json_types import JsonObject
from shared.tenancy import Tenant

SCOPE = Scope(Tenant("ws_shop"), "kb_1")
FILTER = [{"term": {"tenant_id": "ws_shop"}}, {"term": {"knowledge_base_id": "kb_1"}}]


def _filter_of(query: JsonObject) -> Any:
    asked = query["query"]
    if "knn" in asked:
        return asked["knn"]["embedding"]["filter"]["bool"]["filter"]
    return asked["bool"]["filter"]


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=5))
def test_every_shape_has_the_filter_whatever_is_asked(question: str, codes: list[str]) -> None:
    for query in (
        by_meaning(SCOPE, [0.1, 0.2], 5),
        by_words(SCOPE, question, 5),
        by_codes(SCOPE, codes, 5),
    ):
        assert _filter_of(query) == FILTER
        assert query["size"] == 5
        assert "should" not in str(query["query"].get("bool", {}).keys())


@pytest.mark.parametrize("tenant", [None, "", "ws_shop", 3])
def test_there_is_no_scope_without_a_tenant(tenant: Any) -> None:
    with pytest.raises(TypeError):
        Scope(tenant, "kb_1")


def test_there_is_no_scope_without_a_knowledge_base() -> None:
    with pytest.raises(TypeError):
        Scope(Tenant("ws_shop"), "")


def test_vectors_are_never_brought_back() -> None:
    for query in (by_meaning(SCOPE, [0.1], 5), by_words(SCOPE, "a", 5), by_codes(SCOPE, ["A1"], 5)):
        assert query["_source"] == {"excludes": ["embedding"]}
