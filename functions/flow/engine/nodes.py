"""One function per type of node, and the table that finds it.

`enter` is called when a run comes to a node: it does the node's work and says by which exit to go
on, or that the run waits here. `resume` is called when what a node waits for has come.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from flow.engine.definition import (
    DEFAULT_EXIT,
    ConditionNode,
    Flow,
    HttpNode,
    MessageNode,
    Node,
    QuestionNode,
)
from flow.engine.effects import CallHttp, Effect, Send
from flow.engine.errors import TooManyRulesError, TooMuchOutputError
from flow.engine.events import EngineEvent, HttpAnswered, Said
from flow.engine.limits import Limits
from flow.engine.rules import Rule
from flow.engine.texts import render
from shared.json_types import JsonObject


@dataclass(slots=True)
class Run:
    """One step's working memory. `scope` is what texts and rules see."""

    flow: Flow
    event: EngineEvent
    limits: Limits
    variables: dict[str, Any]
    contact: JsonObject
    effects: list[Effect] = field(default_factory=list)
    output_bytes: int = 0
    rule_parts: int = 0

    def scope(self) -> JsonObject:
        message = {"text": self.event.text} if isinstance(self.event, Said) else {}
        return {**self.variables, "contact": self.contact, "message": message}

    def say(self, text: str) -> None:
        body = render(text, self.scope(), self.limits.text_characters)
        if body.strip():  # WhatsApp refuses an empty message
            self.want(Send({"type": "text", "text": {"body": body}}))

    def fill(self, text: str) -> str:
        """For what must not be cut: what would be cut here is too large to be wanted."""
        return render(text, self.scope(), self.limits.output_bytes)

    def want(self, effect: Effect) -> None:
        self.output_bytes += len(json.dumps(asdict(effect)))
        if self.output_bytes > self.limits.output_bytes:
            raise TooMuchOutputError(f"{self.output_bytes} bytes")
        self.effects.append(effect)

    def holds(self, rule: Rule, scope: JsonObject) -> bool:
        self.rule_parts += rule.parts
        if self.rule_parts > self.limits.rule_parts_per_event:
            raise TooManyRulesError(f"{self.rule_parts} parts")
        return rule.holds(scope)


@dataclass(frozen=True, slots=True)
class GoOn:
    """Leave the node by an exit."""

    exit: str = DEFAULT_EXIT


@dataclass(frozen=True, slots=True)
class Wait:
    """Stay at the node: for the customer, or for the action with this correlation."""

    correlation: str | None = None


def _enter_message(run: Run, node: MessageNode) -> GoOn | Wait:
    run.say(node.data.text)
    return GoOn()


def _enter_question(run: Run, node: QuestionNode) -> GoOn | Wait:
    run.say(node.data.text)
    return Wait()


def _resume_question(run: Run, node: QuestionNode) -> GoOn | Wait:
    if not isinstance(run.event, Said) or not run.event.text.strip():
        return Wait()
    run.variables[node.data.variable] = run.event.text.strip()
    return GoOn()


def _enter_condition(run: Run, node: ConditionNode) -> GoOn | Wait:
    scope = run.scope()
    for case in node.data.cases:
        if run.holds(run.flow.rules[node.id, case.handle], scope):
            return GoOn(case.handle)
    return GoOn()


def _enter_http(run: Run, node: HttpNode) -> GoOn | Wait:
    data = node.data
    correlation = hashlib.sha256(f"{run.event.id}\n{node.id}".encode()).hexdigest()[:24]
    run.want(
        CallHttp(
            correlation=correlation,
            method=data.method,
            url=run.fill(data.url),
            headers={name: run.fill(value) for name, value in data.headers.items()},
            body=None if data.body is None else run.fill(data.body),
            timeout_seconds=data.timeout_seconds,
        )
    )
    return Wait(correlation)


def _resume_http(run: Run, node: HttpNode) -> GoOn | Wait:
    assert isinstance(run.event, HttpAnswered)
    run.variables[node.data.variable] = {"status": run.event.status, "body": run.event.body}
    return GoOn(run.event.outcome)


ENTER: dict[type[Any], Callable[[Run, Any], GoOn | Wait]] = {
    MessageNode: _enter_message,
    QuestionNode: _enter_question,
    ConditionNode: _enter_condition,
    HttpNode: _enter_http,
}

RESUME: dict[type[Any], Callable[[Run, Any], GoOn | Wait]] = {
    QuestionNode: _resume_question,
    HttpNode: _resume_http,
}


def enter(run: Run, node: Node) -> GoOn | Wait:
    return ENTER[type(node)](run, node)


def resume(run: Run, node: Node) -> GoOn | Wait:
    return RESUME[type(node)](run, node)
