"""Nodes that nothing leads to, and exits that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flow.engine.checks.findings import Finding, warning
from flow.engine.checks.graph import leaves, reachable, successors
from flow.engine.definition import Flow
from flow.engine.nodes.condition import ConditionNode
from flow.engine.nodes.switch import SwitchNode
from flow.engine.outcomes import DEFAULT_EXIT

_CHOOSING: Final = (ConditionNode, SwitchNode)


def exit_findings(flow: Flow) -> Iterator[Finding]:
    there = reachable(flow.start, successors(flow))
    for id_, node in flow.nodes.items():
        if id_ not in there:
            yield warning(id_, "unreachable", "Nothing leads to this node")
            continue
        taken = leaves(flow, node)
        for exit_ in node.exits():
            # A flow may end at any node by its ordinary exit, unless the node is there to choose.
            if exit_ not in taken and (exit_ != DEFAULT_EXIT or isinstance(node, _CHOOSING)):
                words = f"The exit {exit_!r} leads nowhere: the flow ends there"
                yield warning(id_, "missing_exit", words, exit_)
    for edge in flow.definition.edges:
        if edge.exit not in flow.nodes[edge.source].exits():
            words = f"There is no exit {edge.exit!r} any more: its edge is never taken"
            yield warning(edge.source, "unknown_exit", words, edge.exit)
