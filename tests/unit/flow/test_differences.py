"""What differs between two flows, as people read it."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from flow.differences import Difference, differences
from shared.json_types import JsonObject

_FLOW: JsonObject = {
    "name": "Menu",
    "nodes": [
        {"id": "a", "type": "message", "data": {"text": "Hi"}, "position": {"x": 0, "y": 0}},
        {"id": "b", "type": "end", "data": {}},
    ],
    "edges": [{"id": "e", "source": "a", "target": "b"}],
    "canvas": {"notes": []},
}


def _objects(values: st.SearchStrategy[Any]) -> st.SearchStrategy[JsonObject]:
    names = st.sampled_from(["nodes", "edges", "id", "data", "source", "target", "x"])
    return st.dictionaries(names, values)


_json = st.recursive(st.none() | st.integers() | st.text(), lambda j: st.lists(j) | _objects(j))


def test_moving_things_about_the_canvas_is_no_difference() -> None:
    moved = {
        **_FLOW,
        "nodes": [{**_FLOW["nodes"][0], "position": {"x": 9, "y": 9}}, _FLOW["nodes"][1]],
        "edges": [{"id": "other", "source": "a", "target": "b"}],
        "canvas": {"notes": ["x"]},
    }
    assert differences(_FLOW, moved) == []


def test_nodes_edges_and_fields_are_told_one_by_one() -> None:
    after = {
        "name": "Main menu",
        "nodes": [
            {"id": "a", "type": "message", "data": {"text": "Hello"}},
            {"id": "c", "type": "end", "data": {}},
        ],
        "edges": [{"source": "a", "target": "c"}],
    }
    assert differences(_FLOW, after) == [
        Difference("changed", None, "name", "Menu", "Main menu"),
        Difference("changed", "a", "data.text", "Hi", "Hello"),
        Difference("removed", "b", "node", {"type": "end", "data": {}}, None),
        Difference("added", "c", "node", None, {"type": "end", "data": {}}),
        Difference("changed", "a", "edge default", "b", "c"),
    ]


@given(_objects(_json), _objects(_json))
def test_any_two_drafts_can_be_compared(one: JsonObject, other: JsonObject) -> None:
    assert differences(one, one) == []
    differences(one, other)
