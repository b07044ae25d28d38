"""Whether a draft is a flow at all."""

from __future__ import annotations

from typing import Any

from flow.engine.checks.findings import Finding, error
from flow.engine.definition import Flow, Problem, compile_flow
from flow.engine.errors import FlowInvalidError
from flow.engine.limits import Limits
from flow.engine.migrations import migrated
from shared.json_types import JsonObject


def flow_or_findings(stored: JsonObject, limits: Limits) -> tuple[Flow | None, list[Finding]]:
    """The compiled flow; or None, and what keeps it from being one."""
    try:
        return compile_flow(stored, limits), []
    except FlowInvalidError as invalid:
        problems = invalid.problems or (((), str(invalid)),)
        ids = _node_ids(stored)
        return None, [_finding(problem, ids) for problem in problems]


def _finding(problem: Problem, ids: list[str | None]) -> Finding:
    where, what = problem
    match where:
        case ("nodes", int(place), *rest) if place < len(ids):
            # The type of the node is in the path as well; people do not need it.
            named = [str(part) for part in rest[1:]] or ["type"]
            field = ".".join(named).removeprefix("data.")
            return error(ids[place], "not_valid", f"{field}: {what}", field)
        case _:
            field = ".".join(str(part) for part in where)
            return error(None, "not_valid", f"{field}: {what}" if field else what, field or None)


def _node_ids(stored: Any) -> list[str | None]:
    try:
        nodes = migrated(stored).get("nodes")
    except FlowInvalidError:
        return []
    if not isinstance(nodes, list):
        return []
    ids = [node.get("id") if isinstance(node, dict) else None for node in nodes]
    return [id_ if isinstance(id_, str) else None for id_ in ids]
