"""What stands against publishing a flow, each finding at its node. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from flow.engine.definition import compile_flow
from flow.engine.errors import FlowInvalidError
from shared.json_types import JsonObject

ERROR: Final = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """`node_id` None: it is about the flow as a whole."""

    node_id: str | None
    level: Literal["error", "warning"]
    code: str
    message: str


def findings(definition: JsonObject) -> list[Finding]:
    try:
        compile_flow(definition)
    except FlowInvalidError as error:
        return [Finding(None, ERROR, "invalid", str(error))]
    return []
