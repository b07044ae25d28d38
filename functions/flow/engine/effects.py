"""What a step wants done. Data: the worker commits it and hands it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from shared.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Send:
    """A message to the contact: `type` and the object named by it, as Meta wants them."""

    message: JsonObject


@dataclass(frozen=True, slots=True)
class CallHttp:
    """Call an address; the answer returns as an HttpAnswered event with this correlation."""

    correlation: str
    method: str
    url: str
    timeout_seconds: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True, slots=True)
class AskKnowledge:
    """Answer a question from a knowledge base; returns as an AiAnswered event with this
    correlation. `language` is the contact's, empty when not known."""

    correlation: str
    knowledge_base: str
    question: str
    language: str
    instructions: str
    timeout_seconds: int


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """Keep what the contact thinks of an answer, by the id of that. `thumb` is "up" or "down"."""

    knowledge_base: str
    answer: str
    thumb: str


@dataclass(frozen=True, slots=True)
class WakeAt:
    """Send a TimerFired event with this correlation at `at` (milliseconds since 1970, UTC)."""

    correlation: str
    at: int


@dataclass(frozen=True, slots=True)
class UpdateContact:
    """Change the contact, in order. A change is one of

    {"op": "add_tag" | "remove_tag", "tag"}, {"op": "set_field", "field", "value"},
    {"op": "opt", "kind", "state", "source"}, {"op": "note", "text"},
    {"op": "set_language", "language"}. `contacts.changed` applies them to a scope.
    """

    changes: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True)
class Assign:
    """Give the conversation to a person or a team (an id; None: whoever is free), with a note for
    them. `silent` says that the bot is silent until a HandedBack event."""

    team: str | None
    person: str | None
    note: str
    silent: bool


@dataclass(frozen=True, slots=True)
class HandBack:
    """The conversation is the bot's again: the flow itself has ended a takeover."""


@dataclass(frozen=True, slots=True)
class StartFlow:
    """Start a flow for another contact, known by its id or by its number (E.164)."""

    flow: str
    contact_id: str | None
    phone: str | None
    parameters: JsonObject
    generation: int


@dataclass(frozen=True, slots=True)
class EmitWebhook:
    """Tell the workspace's subscribers of `event`."""

    event: str
    data: JsonObject


@dataclass(frozen=True, slots=True)
class Stopped:
    """The session was ended before its end: by a limit, "interrupted" by a start, or "expired"."""

    code: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One node's part in what happened. `entered` is False when the run was waiting there.
    `exit` is how it was left ("end" and "jump" for nodes that have no edge to leave by), None while
    the run waits at the node or in the flow that it calls; `dropped` is the code of what ended the
    run here; `values` are the variables that were set, in short."""

    flow: str
    version: int
    node: str
    entered: bool
    exit: str | None = None
    dropped: str | None = None
    values: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Traced:
    """What one event did to a run, node by node: to be counted and kept, never sent."""

    session: str
    visits: tuple[Visit, ...]


Effect: TypeAlias = (
    Send
    | CallHttp
    | AskKnowledge
    | RateAnswer
    | WakeAt
    | UpdateContact
    | Assign
    | HandBack
    | StartFlow
    | EmitWebhook
    | Stopped
    | Traced
)
