"""One thing that a check has to say, and at which node."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`node_id` is None for the flow as a whole. `code` is stable, for words in other languages;
    `message` says it in English; `field` is the place within the node's data, if one is meant;
    `about` the id of what it speaks of outside of the flow, if that can be looked at."""

    node_id: str | None
    level: Level
    code: str
    message: str
    field: str | None = None
    about: str | None = None


def error(
    node_id: str | None,
    code: str,
    message: str,
    field: str | None = None,
    about: str | None = None,
) -> Finding:
    return Finding(node_id, "error", code, message, field, about)


def warning(node_id: str | None, code: str, message: str, field: str | None = None) -> Finding:
    return Finding(node_id, "warning", code, message, field)


def sorted_findings(findings: Iterable[Finding], nodes: Sequence[str]) -> list[Finding]:
    """The flow's own first, then node by node; errors before warnings."""
    places: dict[str | None, int] = {node: place for place, node in enumerate(nodes, start=1)}
    return sorted(
        dict.fromkeys(findings),
        key=lambda finding: (places.get(finding.node_id, 0), finding.level != "error"),
    )
