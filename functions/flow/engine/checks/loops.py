"""Circles that never wait, within a flow and through subflows."""

from __future__ import annotations

from collections.abc import Iterator

from flow.engine.checks.catalogue import Catalogue
from flow.engine.checks.findings import Finding, error, warning
from flow.engine.checks.graph import circles, leaves, reachable, successors
from flow.engine.definition import Flow
from flow.engine.nodes.jump import JumpNode
from flow.engine.nodes.subflow import SubflowNode


def loop_findings(flow: Flow, catalogue: Catalogue) -> Iterator[Finding]:
    for circle in circles(successors(flow), lambda id_: not flow.nodes[id_].WAITS):
        first = next(id_ for id_ in flow.nodes if id_ in circle)
        if _has_a_way_out(flow, circle):
            words = "This circle never waits; it must end by itself within the limit of steps"
            yield warning(first, "loop_without_wait", words)
        else:
            yield error(first, "endless_loop", "This circle never waits and never ends")
    yield from _through_subflows(flow, catalogue)


def _has_a_way_out(flow: Flow, circle: set[str]) -> bool:
    for id_ in circle:
        node = flow.nodes[id_]
        taken = leaves(flow, node)
        ends = not isinstance(node, JumpNode) and len(taken) < len(node.exits())
        if ends or not set(taken.values()) <= circle:
            return True
    return False


def _through_subflows(flow: Flow, catalogue: Catalogue) -> Iterator[Finding]:
    this, others = catalogue.this_flow, catalogue.flows
    if this is None or others is None:
        return
    for id_, node in flow.nodes.items():
        if isinstance(node, SubflowNode) and this in reachable(node.data.flow, others):
            yield error(id_, "calls_itself", "This flow would run itself, and again, without end")
