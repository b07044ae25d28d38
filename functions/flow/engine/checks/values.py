"""Values that texts and rules look at and that nothing sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flow.engine.checks.catalogue import Catalogue
from flow.engine.checks.contents_of import parts_of, paths_in
from flow.engine.checks.findings import Finding, error
from flow.engine.definition import Flow
from flow.engine.nodes import BaseNode
from flow.engine.nodes.ai import AiNode
from flow.engine.nodes.ask import AskNode
from flow.engine.nodes.http import HttpNode
from flow.engine.nodes.set_variables import SetNode
from flow.engine.nodes.subflow import SubflowNode

SCOPES: Final = ("vars", "contact", "message", "workspace", "run")
_ALWAYS: Final = frozenset({"trigger"})  # what a start other than by a message has carried


def value_findings(flow: Flow, catalogue: Catalogue) -> Iterator[Finding]:
    known = _ALWAYS | {parameter.name for parameter in flow.definition.parameters}
    known = known.union(*(set_by(node) for node in flow.nodes.values()))
    for node in flow.nodes.values():
        for field, part in parts_of(getattr(node, "data", None)):
            for path in sorted(paths_in(part)):
                yield from _unknown(node.id, field, path, known, catalogue)


def set_by(node: BaseNode) -> set[str]:
    """The variables that a node sets."""
    match node:
        case AskNode():
            return {node.data.variable}
        case SetNode():
            return {assignment.variable for assignment in node.data.assignments}
        case HttpNode():
            return {*node.data.mapping, *filter(None, [node.data.variable])}
        case AiNode():
            return set(filter(None, [node.data.variable]))
        case SubflowNode():
            return set(node.data.returns)
    return set()


def _unknown(
    node_id: str, field: str, path: tuple[str, ...], known: frozenset[str], catalogue: Catalogue
) -> Iterator[Finding]:
    match path:
        case ("vars", name, *_) if name not in known:
            yield error(node_id, "unknown_variable", f"Nothing sets the variable {name!r}", field)
        case ("contact", "fields", name, *_) if catalogue.fields is not None:
            if name not in catalogue.fields:
                words = f"Contacts have no field {name!r}"
                yield error(node_id, "unknown_field", words, field)
        case (scope, *_) if scope not in SCOPES:
            words = f"{'.'.join(path)!r} is no value: it begins with one of {', '.join(SCOPES)}"
            yield error(node_id, "unknown_scope", words, field)
