"""A flow as a graph: which nodes lead to which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flow.engine.definition import Flow
from flow.engine.nodes import BaseNode
from flow.engine.nodes.jump import JumpNode


def leaves(flow: Flow, node: BaseNode) -> dict[str, str]:
    """Where each of the node's exits leads, those that lead nowhere left out."""
    if isinstance(node, JumpNode):
        return {"jump": node.data.node} if node.data.node else {}
    targets = {exit_: flow.after(node, exit_) for exit_ in node.exits()}
    return {exit_: target for exit_, target in targets.items() if target is not None}


def successors(flow: Flow) -> dict[str, set[str]]:
    return {id_: set(leaves(flow, node).values()) for id_, node in flow.nodes.items()}


def reachable(start: str, next_of: Mapping[str, Iterable[str]]) -> set[str]:
    found = {start}
    left = [start]
    while left:
        for target in next_of.get(left.pop(), ()):
            if target not in found:
                found.add(target)
                left.append(target)
    return found


def circles(next_of: Mapping[str, set[str]], is_in: Callable[[str], bool]) -> list[set[str]]:
    """The sets of nodes, of those that are in, from each of which every other can be reached.
    (Small graphs: two searches per node are quick enough.)"""
    inner = {
        node: {target for target in targets if is_in(target)}
        for node, targets in next_of.items()
        if is_in(node)
    }
    reach = {node: _after(node, inner) for node in inner}
    found: list[set[str]] = []
    seen: set[str] = set()
    for node, after in reach.items():
        if node in seen or node not in after:
            continue
        circle = {other for other in after if node in reach[other]}
        found.append(circle)
        seen |= circle
    return found


def _after(node: str, next_of: Mapping[str, set[str]]) -> set[str]:
    """What can be reached by at least one step."""
    found: set[str] = set()
    left = list(next_of[node])
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left.extend(next_of[one])
    return found
