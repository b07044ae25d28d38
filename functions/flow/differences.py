"""What differs between two stored flows, part by part, as people read it. Pure.

Where things stand on the canvas is no difference: `position`, `canvas` and the ids of edges are
left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
_MISSING: Final = object()
_ON_CANVAS: Final = frozenset({"canvas", "nodes", "edges"})


@dataclass(frozen=True, slots=True)
class Difference:
    """`what` names the part; `before` and `after` are its JSON, None where there is none."""

    change: str
    node_id: str | None
    what: str
    before: Any
    after: Any


def differences(before: JsonObject, after: JsonObject) -> list[Difference]:
    """The flow's own fields first, then nodes and the edges that leave them."""
    whole = _compared(None, _outside(before), _outside(after))
    return [*whole, *_nodes(before, after), *_edges(before, after)]


def _outside(flow: JsonObject) -> JsonObject:
    return {name: value for name, value in flow.items() if name not in _ON_CANVAS}


def _nodes(before: JsonObject, after: JsonObject) -> Iterator[Difference]:
    old, new = _by_id(before), _by_id(after)
    for id_ in dict.fromkeys([*old, *new]):
        if id_ not in new:
            yield Difference(REMOVED, id_, "node", _content(old[id_]), None)
        elif id_ not in old:
            yield Difference(ADDED, id_, "node", None, _content(new[id_]))
        else:
            yield from _compared(id_, _flat(_content(old[id_])), _flat(_content(new[id_])))


def _by_id(flow: JsonObject) -> dict[str, JsonObject]:
    nodes = flow.get("nodes")
    parts = nodes if isinstance(nodes, list) else []
    return {str(node.get("id")): node for node in parts if isinstance(node, dict)}


def _content(node: JsonObject) -> JsonObject:
    return {"type": node.get("type"), "data": node.get("data")}


def _edges(before: JsonObject, after: JsonObject) -> Iterator[Difference]:
    old, new = _targets(before), _targets(after)
    for source, exit_ in dict.fromkeys([*old, *new]):
        place = (source, exit_)
        one, other = old.get(place, _MISSING), new.get(place, _MISSING)
        if one != other:
            yield _difference(source, f"edge {exit_}", one, other)


def _targets(flow: JsonObject) -> dict[tuple[str, str], Any]:
    edges = flow.get("edges")
    parts = edges if isinstance(edges, list) else []
    return {
        (str(edge.get("source")), str(edge.get("sourceHandle") or "default")): edge.get("target")
        for edge in parts
        if isinstance(edge, dict)
    }


def _flat(node: JsonObject) -> JsonObject:
    """The fields of `data` one by one: a text that changed is shown, not its whole node."""
    data = node["data"]
    fields = data if isinstance(data, dict) else {}
    return {"type": node["type"], **{f"data.{name}": value for name, value in fields.items()}}


def _compared(
    node_id: str | None, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, _MISSING), after.get(name, _MISSING)
        if old != new:
            yield _difference(node_id, name, old, new)


def _difference(node_id: str | None, what: str, before: Any, after: Any) -> Difference:
    if before is _MISSING:
        return Difference(ADDED, node_id, what, None, after)
    if after is _MISSING:
        return Difference(REMOVED, node_id, what, before, None)
    return Difference(CHANGED, node_id, what, before, after)
