"""What has changed between two versions of a flow, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from flow.engine.migrations import newest
from flow.engine.outcomes import DEFAULT_EXIT
from shared.json_types import JsonObject

_OF_THE_BUILDER: Final = frozenset(
    {"position", "canvas", "selected", "width", "height", "measured"}
)
_OF_THE_FLOW: Final = ("name", "description", "language", "start", "triggers", "settings")
_DEEPEST: Final = 12


@dataclass(frozen=True, slots=True)
class Change:
    """`node_id` is None for the flow's own; `what` is the place within it: "data.content.text",
    "triggers.0.words", or "exit timeout" for where an exit leads (before and after are node ids).
    A node that came or went has `what` "node" and its whole self as after or before."""

    change: Literal["added", "removed", "changed"]
    node_id: str | None
    what: str
    before: Any = None
    after: Any = None


def differences(before: JsonObject, after: JsonObject) -> list[Change]:
    """The flow's own first, then by node in the order of the newer flow, removed nodes last. What
    only the builder needs (where a node stands) is no difference. A draft may be of any shape."""
    old, new = newest(before), newest(after)
    found = [
        change
        for part in (*_OF_THE_FLOW, "parameters")
        for change in _compared(None, part, old.get(part), new.get(part))
    ]
    old_nodes, new_nodes = _by_id(old), _by_id(new)
    old_exits, new_exits = _exits(old), _exits(new)
    for id_ in dict.fromkeys([*new_nodes, *old_nodes]):
        found += _node(id_, old_nodes.get(id_), new_nodes.get(id_))
        found += _edges(id_, old_exits.get(id_, {}), new_exits.get(id_, {}))
    return found


def _node(id_: str, old: JsonObject | None, new: JsonObject | None) -> Iterator[Change]:
    if old is None or new is None:
        kind: Literal["added", "removed"] = "added" if old is None else "removed"
        yield Change(kind, id_, "node", _shown(old), _shown(new))
        return
    for part in dict.fromkeys([*old, *new]):
        if part != "id" and part not in _OF_THE_BUILDER:
            yield from _compared(id_, part, old.get(part), new.get(part))


def _edges(id_: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for exit_ in dict.fromkeys([*old, *new]):
        yield from _compared(id_, f"exit {exit_}", old.get(exit_), new.get(exit_))


def _compared(
    node_id: str | None, what: str, old: Any, new: Any, depth: int = _DEEPEST
) -> Iterator[Change]:
    """The smallest places that differ."""
    if old == new and type(old) is type(new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and depth:
        for key in dict.fromkeys([*old, *new]):
            place = f"{what}.{key}"
            yield from _compared(node_id, place, old.get(key), new.get(key), depth - 1)
    elif isinstance(old, list) and isinstance(new, list) and depth and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _compared(node_id, f"{what}.{index}", one, other, depth - 1)
    elif old is None:
        yield Change("added", node_id, what, None, new)
    elif new is None:
        yield Change("removed", node_id, what, old, None)
    else:
        yield Change("changed", node_id, what, old, new)


def _shown(node: JsonObject | None) -> JsonObject | None:
    return node and {key: value for key, value in node.items() if key not in _OF_THE_BUILDER}


def _by_id(flow: JsonObject) -> dict[str, JsonObject]:
    return {
        node["id"]: node
        for node in _list(flow, "nodes")
        if isinstance(node, dict) and isinstance(node.get("id"), str)
    }


def _exits(flow: JsonObject) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for edge in _list(flow, "edges"):
        match edge:
            case {"source": str(source), "target": str(target)}:
                exit_ = edge.get("sourceHandle") or DEFAULT_EXIT
                found.setdefault(source, {})[str(exit_)] = target
    return found


def _list(flow: JsonObject, part: str) -> list[Any]:
    value = flow.get(part)
    return value if isinstance(value, list) else []
