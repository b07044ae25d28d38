"""What has changed between two versions, said at the smallest place."""

from __future__ import annotations

from hypothesis import given

from flow.engine.differences import Change, differences
from shared.json_types import JsonObject
from tests.house import APA_KABAR
from tests.unit.flow.engine.any_flow import flows
from tests.unit.flow.engine.test_checks import ask, flow, say

BEFORE = flow(ask("a"), say("b", "hello"), edges=("a -> b",))


def test_a_text_an_edge_a_node_and_the_name() -> None:
    after = flow(
        ask("a", tries=2),
        say("b", {"en": "hello", "id": "halo"}),
        say("c"),
        edges=("a -> c", "a (timeout) -> b"),
        name="new",
    )
    assert differences(BEFORE, after) == [
        Change("changed", None, "name", "main", "new"),
        Change("added", "a", "data.tries", None, 2),
        Change("changed", "a", "exit default", "b", "c"),
        Change("added", "a", "exit timeout", None, "b"),
        Change("changed", "b", "data.content.text", "hello", {"en": "hello", "id": "halo"}),
        Change("added", "c", "node", None, say("c")),
    ]


def test_a_removed_node_comes_last_with_its_edges() -> None:
    after = flow(ask("a"))
    assert differences(BEFORE, after) == [
        Change("removed", "a", "exit default", "b", None),
        Change("removed", "b", "node", say("b", "hello"), None),
    ]


def test_where_a_node_stands_is_no_difference() -> None:
    moved = {**BEFORE, "canvas": {"notes": []}}
    moved["nodes"] = [{**node, "position": {"x": 1, "y": 2}} for node in BEFORE["nodes"]]
    assert differences(BEFORE, moved) == []


def test_versions_of_different_schemas_are_compared_as_they_run() -> None:
    assert differences(APA_KABAR, APA_KABAR) == []


def test_drafts_of_any_shape_are_compared() -> None:
    whole = {"schema": 2, "name": "a"}
    assert differences({}, whole) == [Change("added", None, "name", None, "a")]
    assert differences({"nodes": 5, "edges": [5]}, {"nodes": [{"id": 1}, 5]}) == []


@given(one=flows(), other=flows())
def test_nothing_differs_from_itself_and_all_else_is_said(
    one: JsonObject, other: JsonObject
) -> None:
    assert differences(one, one) == []
    assert (differences(one, other) == []) == (_plain(one) == _plain(other))
    assert len(differences(one, other)) == len(differences(other, one))


def _plain(stored: JsonObject) -> JsonObject:
    edges = {(e["source"], e["sourceHandle"]): e["target"] for e in stored["edges"]}
    return {**stored, "edges": edges, "nodes": {node["id"]: node for node in stored["nodes"]}}
