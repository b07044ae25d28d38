"""Flows of schema 1 run as they always did."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.definition import compile_flow
from flow.engine.errors import FlowInvalidError
from flow.engine.migrations import SCHEMA_VERSION, migrated
from shared.json_types import JsonObject
from tests.unit.flow.engine.flow_parts import (
    Talk,
    chain,
    condition,
    edge,
    flow,
    http,
    message,
    question,
)


def test_every_type_of_node_and_what_it_says() -> None:
    old = flow(
        [
            question("ask", "kabar", "Apa kabar, {{contact.name}}?"),
            condition("c", good={"in": [{"var": "kabar"}, ["baik"]]}, none={"missing": ["kabar"]}),
            http("call", url="https://x.example/{{ kabar }}", headers={"X": "{{message.text}}"}),
            message("end", "{{answer.body.a}} {{ {na me} {{nobody}}"),
        ],
        [edge("ask", "c"), edge("c", "call"), edge("call", "end"), edge("call", "ask", "timeout")],
    )
    new = migrated({**old, "canvas": {"notes": []}})
    assert new["schema"] == SCHEMA_VERSION == 2
    assert new["canvas"] == {"notes": []}
    ask, choose, call, end = new["nodes"]
    assert (ask["type"], ask["data"]["content"]["text"]) == ("ask", "Apa kabar, {{contact.name}}?")
    assert (ask["data"]["answer"], ask["data"]["tries"]) == ({"kind": "text"}, None)
    assert choose["data"]["cases"] == [
        {"exit": "good", "rule": {"in": [{"var": "vars.kabar"}, ["baik"]]}},
        {"exit": "none", "rule": {"missing": ["vars.kabar"]}},
    ]
    assert call["data"]["url"] == "https://x.example/{{vars.kabar}}"
    assert end["data"]["content"]["text"] == "{{vars.answer.body.a}} { { {na me} {{vars.nobody}}"
    exits = {(e["source"], e.get("sourceHandle")): e["target"] for e in new["edges"]}
    assert exits["call", "success"] == exits["call", "failure"] == "end"
    assert exits["call", "timeout"] == "ask"
    assert compile_flow(old).name == "test"


def test_it_is_the_same_conversation() -> None:
    old = chain(
        question("a", "x"), http("call", "y"), message("m", "{{x}} {{y.body}} {{y.status}}")
    )
    talk = Talk(old).says("hi").says("five")
    assert talk.hears("failure", "no", 500).texts == ["five no 500"]


def test_old_questions_wait_for_ever() -> None:
    talk = Talk(chain(question("a"), message("m", "{{answer}}"))).says("hi")
    for _ in range(30):
        assert talk.says("").node == "a"
    assert talk.says("at last").texts == ["at last"]


def test_the_newest_is_left_as_it_is() -> None:
    stored = {"schema": 2, "anything": 1}
    assert migrated(stored) is stored


@pytest.mark.parametrize(
    "stored", [{}, {"schema": 0}, {"schema": 3}, {"schema": "1"}, {"schema": True}, [], None]
)
def test_what_is_no_flow_of_ours(stored: Any) -> None:
    with pytest.raises(FlowInvalidError, match=r"schema|object"):
        migrated(stored)


_any: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["id", "type", "data", "text", "cases", "rule", "source", "var"]), inner
        ),
    ),
    max_leaves=10,
)


@given(
    nodes=_any,
    edges=_any,
    data=_any,
    type_=st.sampled_from(["message", "question", "condition", "http"]),
)
def test_any_draft_is_migrated(nodes: Any, edges: Any, data: Any, type_: str) -> None:
    whole: JsonObject = {"schema": 1, "nodes": nodes, "edges": edges}
    assert migrated(whole)["schema"] == 2
    one = {"id": "a", "type": type_, "data": data}
    assert migrated({**whole, "nodes": [one, nodes], "edges": [edges]})["schema"] == 2
