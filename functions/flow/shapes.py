"""What goes in and out of the flow API. Times are milliseconds."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

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
    """`node_id` null: it is about the flow as a whole. `code` is a stable name; `field` the place
    within the node's data, if one is meant; `about` the id of what it speaks of outside of the
    flow, for example an evaluation."""

    node_id: str | None
    level: Literal["error", "warning"]
    code: str
    message: str
    field: str | None
    about: str | None


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


BackAfter = Annotated[int | None, Field(ge=1, le=7 * 24 * 60)]
AnswererId = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{7,14}$")]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Channel = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,64}$")]


class Answerer(Input):
    """The bot goes on so many minutes after a person's last message; null: not by itself."""

    back_after_minutes: BackAfter = None


class Takeover(Answerer):
    """By the caller; or given to a colleague (`person`) or to a `team`, by id: whoever of a team
    takes it over first has it."""

    person: AnswererId | None = None
    team: AnswererId | None = None


class AgentMessage(Answerer):
    message: JsonObject


class Accepted(Output):
    """It will happen in the order in which the conversation takes its events."""

    id: str


class ToStart(Input):
    """A contact, a conversation, or a number; `channel` says which number of ours to write from. A
    contact needs none: where they write already is chosen, else the oldest number."""

    contact_id: Id | None = None
    conversation_id: Id | None = None
    phone: Phone | None = None
    channel: Channel | None = None
    parameters: JsonObject = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        named = [self.contact_id, self.conversation_id, self.phone]
        if sum(one is not None for one in named) != 1:
            raise ValueError("exactly one of contact_id, conversation_id and phone")
        if self.phone is not None and self.channel is None:
            raise ValueError("a channel is needed to write to somebody")
        return self


class StartOfFlow(Input):
    """`parameters` are what the flow is started with; `interrupt` breaks off what runs."""

    contacts: list[ToStart] = Field(min_length=1, max_length=100)
    parameters: JsonObject = Field(default_factory=dict)
    interrupt: bool = False


class Started(Output):
    """`unknown` counts conversations and contacts that there are not."""

    id: str
    started: int
    unknown: int


class NodeActivity(Output):
    entered: int
    waiting: int
    dropped: int
    exits: dict[str, int]


class Activity(Output):
    """`runs` is how often the flow was begun."""

    runs: int
    nodes: dict[str, NodeActivity]


class RunEvent(Output):
    """`visits`: {flow, version, node, entered, exit?, dropped?, values?} in the order they came."""

    at: int
    event: str
    visits: list[JsonObject]


class RunShown(Output):
    id: str
    conversation_id: str
    started_at: int
    last_at: int
    waits_at: str | None
    events: list[RunEvent]


class Runs(Output):
    items: list[RunShown]


class Simulation(Input):
    """`flow` as it is drawn, or the saved draft of `flow_id`. `now` is when the event comes, in
    milliseconds: at least what `state` says."""

    flow: JsonObject | None = None
    flow_id: Id | None = None
    state: JsonObject | None = None
    event: JsonObject
    contact: JsonObject | None = None
    now: Annotated[int | None, Field(ge=0, le=4_102_444_800_000)] = None

    @model_validator(mode="after")
    def _names_a_flow(self) -> Self:
        if self.flow is None and self.flow_id is None:
            raise ValueError("flow or flow_id")
        return self


class Simulated(Output):
    """`state` goes into the next request. `waiting`: {awaited, deadline, flow, node}; `effects`:
    {type, …}; `visits`: what happened node by node; `stopped`: the limit that ended it."""

    state: JsonObject
    now: int
    waiting: JsonObject | None
    variables: JsonObject
    contact: JsonObject
    effects: list[JsonObject]
    visits: list[JsonObject]
    stopped: str | None


class GalleryFlow(Output):
    """`title` and `lead` by language. One that `asks_knowledge` wants a knowledge base named when
    it is installed."""

    name: str
    title: dict[str, str]
    lead: dict[str, str]
    asks_knowledge: bool


class Installation(Input):
    """`knowledge_base` is the one that the flow is to answer from."""

    knowledge_base: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None


class Gallery(Output):
    items: list[GalleryFlow]
