"""What goes in and out of the flow API. Times are milliseconds."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from shared.api import Input, Output
from shared.json_types import JsonObject

_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _on_one_line(text: str) -> str:
    if _UNSHOWN.search(text):
        raise ValueError("must not hold control characters")
    return text


FlowName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(_on_one_line),
]
Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500),
    AfterValidator(_on_one_line),
]


class NewFlow(Input):
    """`flow` is the draft to begin with; without it the draft is empty."""

    name: FlowName
    flow: JsonObject | None = None


class ChangedFlow(Input):
    """What is left out stays. `archived` false brings a flow back."""

    name: FlowName | None = None
    archived: bool | None = None


class Draft(Input):
    flow: JsonObject


class CheckedFlow(Input):
    """Without `flow` the saved draft is checked."""

    flow: JsonObject | None = None


class Publication(Input):
    note: Note = ""


class FlowShown(Output):
    """`revision` counts saved drafts and is the ETag; `draft_changed` says that the draft is not
    what was last published; `triggers` are the draft's."""

    id: str
    name: str
    revision: int
    live_version: int | None
    draft_changed: bool
    archived: bool
    triggers: list[JsonObject]
    created_at: int
    updated_at: int
    updated_by: str


class FlowWithDraft(FlowShown):
    draft: JsonObject


class FlowPage(Output):
    items: list[FlowShown]
    next_cursor: str | None


class FindingShown(Output):
    """`node_id` null: it is about the flow as a whole. `code` is a stable name."""

    node_id: str | None
    level: Literal["error", "warning"]
    code: str
    message: str


class Findings(Output):
    findings: list[FindingShown]


class Published(Output):
    version: int
    findings: list[FindingShown]


class VersionShown(Output):
    version: int
    note: str
    published_at: int
    published_by: str
    live: bool


class VersionPage(Output):
    items: list[VersionShown]
    next_cursor: str | None


class VersionWithFlow(VersionShown):
    flow: JsonObject


class ChangeShown(Output):
    """One difference. `what` names the part: "node", "edge <exit>", "data.text", "triggers"."""

    change: Literal["added", "removed", "changed"]
    node_id: str | None
    what: str
    before: object
    after: object


class Difference(Output):
    changes: list[ChangeShown]
