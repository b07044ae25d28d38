"""A contact's run through one version of one flow, read from and written to JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shared.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Session:
    """`node` waits for an answer; `correlation` names the one awaited action, None when it is the
    customer who is awaited. `version` is pinned: publishing does not change a run."""

    flow: str
    version: int
    node: str
    correlation: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    events: int = 0


def to_json(session: Session) -> JsonObject:
    return {
        "flow": session.flow,
        "version": session.version,
        "node": session.node,
        "correlation": session.correlation,
        "variables": session.variables,
        "events": session.events,
    }


def from_json(raw: JsonObject) -> Session:
    return Session(**raw)
