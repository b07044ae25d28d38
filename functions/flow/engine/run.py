"""One step's working memory, and what a node may do with it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final

from flow.engine.contacts import changed
from flow.engine.effects import Effect, Send, UpdateContact
from flow.engine.errors import (
    StateTooLargeError,
    TooManySendsError,
    TooManyStartsError,
    TooMuchOutputError,
    WaitTooLongError,
)
from flow.engine.events import EngineEvent
from flow.engine.limits import Limits
from flow.engine.parts import Value
from flow.engine.rule_values import Budget
from flow.engine.rules import Rule
from flow.engine.session import Awaited, Waiting
from flow.engine.texts import LocalText, Template
from shared.json_types import JsonObject

_SET_TIMES: Final = 8  # what a step may set on its way, in sizes of a whole state


@dataclass(slots=True)
class Run:
    """`scope` is what texts and rules see: `vars` (this flow's variables), `contact`, `message`,
    `workspace` and `run`. `flow`, `version` and `node` say where the run is; `now` is in
    milliseconds since 1970, `languages` are those to try for a text; `waiting` is what a node that
    is resumed had waited for; `written` are the variables that the current node has set."""

    session: str
    event: EngineEvent
    now: int
    limits: Limits
    seed: str
    contact: JsonObject
    workspace: JsonObject
    scope: JsonObject
    languages: tuple[str, ...] = ()
    flow: str = ""
    version: int = 0
    node: str = ""
    generation: int = 0
    starts: int = 0
    silenced: bool = False
    waiting: Waiting | None = None
    effects: list[Effect] = field(default_factory=list)
    written: JsonObject = field(default_factory=dict)
    budget: Budget = field(init=False)
    _output_bytes: int = 0
    _sends: int = 0
    _set_bytes: int = 0

    def __post_init__(self) -> None:
        self.budget = Budget(self.limits.rule_steps_per_event, self.limits.rule_growth)

    # Texts, values and rules

    def text(self, text: LocalText, at_most: int | None = None) -> str:
        """For people: in the contact's language, cut to what fits."""
        most = self.limits.text_characters if at_most is None else at_most
        template = text.pick(self.languages)
        self.budget.take(template.cost)
        return template.render(self.scope, most)

    def fill(self, template: Template) -> str:
        """For machines. It is not cut to fit: what is too large is too much output."""
        self.budget.take(template.cost)
        return template.render(self.scope, self.limits.output_bytes)

    def filled(self, template: Template) -> Any:
        """As `fill`, but a lone place keeps its type. It may become a variable, so it is no larger
        than these may be."""
        self.budget.take(template.cost)
        return template.value(self.scope, self.limits.state_bytes)

    def value(self, value: Value) -> Any:
        if value.text is not None:
            return self.filled(value.text)
        if value.rule is not None:
            return self.computed(value.rule)
        return value.value

    def holds(self, rule: Rule) -> bool:
        return rule.holds(self.scope, self.budget)

    def computed(self, rule: Rule) -> Any:
        return rule.value(self.scope, self.budget)

    def set(self, name: str, value: Any) -> None:
        self._set_bytes += _size(value)
        if self._set_bytes > _SET_TIMES * self.limits.state_bytes:
            raise StateTooLargeError(f"{self._set_bytes} bytes in one step")
        self.scope["vars"][name] = self.written[name] = value

    # Effects

    def send(self, message: JsonObject) -> None:
        self._sends += 1
        if self._sends > self.limits.sends_per_event:
            raise TooManySendsError(f"{self._sends} messages")
        self.want(Send(message), message)

    def want(self, effect: Effect, content: Any) -> None:
        """`content` is what makes the effect large, if anything does."""
        self._output_bytes += 100 + len(json.dumps(content))
        if self._output_bytes > self.limits.output_bytes:
            raise TooMuchOutputError(f"{self._output_bytes} bytes")
        self.effects.append(effect)

    def update_contact(self, changes: tuple[JsonObject, ...]) -> None:
        self.want(UpdateContact(changes), changes)
        for change in changes:
            self.contact = changed(self.contact, change)
        self.scope["contact"] = self.contact

    def count_start(self) -> None:
        """Of a flow for another contact."""
        self.starts += 1
        most, deepest = self.limits.starts_per_session, self.limits.generation
        if self.starts > most or self.generation >= deepest:
            raise TooManyStartsError(f"start {self.starts}, generation {self.generation}")

    # Waiting

    def waits(self, awaited: Awaited, seconds: float | None = None) -> Waiting:
        """A wait with a correlation of its own, the same when the event is delivered again."""
        deadline = None
        if seconds is not None:
            if seconds > self.limits.wait_seconds:
                raise WaitTooLongError(f"{seconds:.0f} seconds")
            deadline = self.now + int(seconds * 1000)
        return Waiting(awaited, self.mark(), deadline)

    def mark(self) -> str:
        """Names this visit of this node by this event."""
        place = f"{self.event.id}\n{self.session}\n{self.flow}\n{self.node}\n{len(self.effects)}"
        return hashlib.sha256(place.encode()).hexdigest()[:24]


def _size(value: Any) -> int:
    """Of a value among the variables, roughly for what is small."""
    if isinstance(value, str):
        return len(value)
    return len(json.dumps(value)) if isinstance(value, list | dict) else 10
