"""What can run is compiled; what cannot is refused with a word on where."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.definition import compile_flow
from flow.engine.errors import FlowInvalidError
from shared.json_types import JsonObject
from tests.house import APA_KABAR
from tests.unit.flow.engine.flow_parts import chain, condition, edge, flow, http, message, question


def _twice(case: JsonObject) -> JsonObject:
    return {"id": "c", "type": "condition", "data": {"cases": [case, case]}}


@pytest.mark.parametrize(
    ("definition", "where"),
    [
        ({}, "schema"),
        ({**chain(message("a")), "schema": 3}, "schema"),
        ({**chain(message("a")), "name": ""}, "name"),
        ({**chain(message("a")), "start": "b"}, "start.*'b'"),
        (flow([message("a")], []) | {"nodes": []}, "nodes"),
        (flow([message("a"), message("a")], []), "same id"),
        (flow([message("a")], [edge("a", "b")]), "'b'"),
        (flow([message("a")], [edge("b", "a")]), "'b'"),
        (flow([message("a")], [edge("a", "a"), edge("a", "a", "default")]), "two edges"),
        (flow([message(""), message("a")], [], start="a"), "nodes.0"),
        (flow([message("a", "")], []), "nodes.0.message.data.content"),
        (flow([message("a", "x" * 10_001)], []), "nodes.0.message.data.content"),
        (flow([{"id": "a", "type": "script", "data": {}}], []), "nodes.0"),
        (flow([{"id": "a", "type": "message", "data": {"text": "x", "code": 1}}], []), "code"),
        (flow([question("a", "not a name")], []), "variable"),
        (flow([question("a", "__class__.x")], []), "variable"),
        (flow([question("a", "name\n")], []), "variable"),
        (flow([{"id": "c", "type": "condition", "data": {"cases": []}}], []), "cases"),
        (flow([condition("c", **{f"c{i}": True for i in range(51)})], []), "cases"),
        (flow([_twice({"handle": "a", "rule": True})], []), "two cases 'a'"),
        (flow([http("h", method="TRACE")], []), "method"),
        (flow([http("h", timeout_seconds=31)], []), "timeout_seconds"),
        (flow([http("h", headers={str(i): "" for i in range(21)})], []), "headers"),
        (flow([http("h", body="x" * 20_001)], []), "body"),
        (flow([message(f"n{i}") for i in range(501)], []), "nodes"),
    ],
)
def test_refused(definition: JsonObject, where: str) -> None:
    with pytest.raises(FlowInvalidError, match=where):
        compile_flow(definition)


def test_what_only_the_builder_needs_is_ignored() -> None:
    nodes = [{**message("a"), "position": {"x": 1, "y": 2}, "selected": True}]
    edges = [{"id": "e1", "type": "smooth", **edge("a", "a"), "targetHandle": "in"}]
    compiled = compile_flow(flow(nodes, edges, viewport={"zoom": 2}, canvas={"notes": []}))
    assert compiled.after(compiled.nodes["a"], "default") == "a"


def test_the_example_of_the_house_compiles() -> None:
    assert compile_flow(APA_KABAR).start == "greet"


_values: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["id", "type", "data", "text", "cases", "rule", "source", "message"]),
            inner,
        ),
    ),
    max_leaves=8,
)


@given(
    place=st.sampled_from(["schema", "name", "start", "nodes", "edges"]),
    broken=_values,
    inside=st.booleans(),
)
def test_any_json_is_compiled_or_refused(place: str, broken: Any, inside: bool) -> None:
    definition = {**APA_KABAR, place: broken}
    if inside:
        definition = {**APA_KABAR, "nodes": [{**APA_KABAR["nodes"][2], "data": broken}]}
    try:
        compile_flow(definition)
    except FlowInvalidError as error:
        assert str(error)
