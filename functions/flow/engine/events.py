"""What can happen to a session, as the engine sees it. `id` is unique per event and the same when
the event is delivered again: what a step decides at random, it decides by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from shared.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Said:
    """The customer said something (or several things shortly after one another, merged).

    `text` is empty for what has no words. `payload` is the id of the tapped button, list row or
    template button. `message` is Meta's object, `{"type": "location", "location": {…}}`.
    `referral` is the ad or post that led here; `campaign` the one that this is the first answer to.
    """

    id: str
    text: str
    payload: str | None = None
    message: JsonObject = field(default_factory=dict)
    referral: JsonObject | None = None
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class HttpAnswered:
    """`outcome` is "success", "failure" or "timeout"; `status` None when there was no answer."""

    id: str
    correlation: str
    outcome: str
    status: int | None = None
    body: Any = None


@dataclass(frozen=True, slots=True)
class AiAnswered:
    """`outcome` is "answered", "no_answer" or "failed"; `sources` are what the answer rests on;
    `answer` is the id that it is kept by, empty when it is not."""

    id: str
    correlation: str
    outcome: str
    text: str = ""
    sources: list[JsonObject] = field(default_factory=list)
    answer: str = ""


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The moment asked for by WakeAt(correlation) has come."""

    id: str
    correlation: str


@dataclass(frozen=True, slots=True)
class Started:
    """A flow is started other than by a message. `trigger` names a type of `triggers`
    ("api", "schedule", "tag_added", "segment_entered", "form", "campaign_no_reply", "new_contact")
    or "flow"; `values` is what it carries, `parameters` what the flow is started with.
    `generation` counts the flows between this start and a person's doing."""

    id: str
    trigger: str
    values: JsonObject = field(default_factory=dict)
    parameters: JsonObject = field(default_factory=dict)
    generation: int = 0


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A person answers from now on: the bot is silent."""

    id: str


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The bot goes on where it was; what it had asked it asks again."""

    id: str


EngineEvent: TypeAlias = (
    Said | HttpAnswered | AiAnswered | TimerFired | Started | TakenOver | HandedBack
)
