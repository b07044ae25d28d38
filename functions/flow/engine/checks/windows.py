"""Free messages where WhatsApp's window may be closed: a day after the contact's last word, only
templates may be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flow.engine.checks.findings import Finding, error, warning
from flow.engine.checks.graph import leaves
from flow.engine.checks.references import template_of
from flow.engine.definition import Flow
from flow.engine.nodes import BaseNode
from flow.engine.nodes.ai import AiNode
from flow.engine.nodes.ask import TIMEOUT, AskNode
from flow.engine.nodes.assign import AssignNode
from flow.engine.nodes.message import MessageNode
from flow.engine.nodes.wait import REPLIED, WaitNode
from flow.engine.triggers import (
    AdReferralTrigger,
    AnyMessageTrigger,
    FormTrigger,
    KeywordTrigger,
    PayloadTrigger,
)

WINDOW_SECONDS: Final = 24 * 3600
_MOST_WIDENINGS: Final = 20
_BY_MESSAGE: Final = (
    KeywordTrigger,
    AnyMessageTrigger,
    PayloadTrigger,
    AdReferralTrigger,
    FormTrigger,
)


@dataclass(frozen=True, slots=True)
class Silence:
    """How long the contact may have been silent when a run comes to a node: at least, at most (in
    seconds, a day standing for all that is longer)."""

    least: int
    most: int

    def later(self, least: int, most: int) -> Silence:
        return Silence(
            min(self.least + least, WINDOW_SECONDS), min(self.most + most, WINDOW_SECONDS)
        )

    def or_(self, other: Silence) -> Silence:
        return Silence(min(self.least, other.least), max(self.most, other.most))


_JUST_SPOKEN: Final = Silence(0, 0)


def window_findings(flow: Flow) -> Iterator[Finding]:
    for node_id, silence in _silences(flow).items():
        node = flow.nodes[node_id]
        if not _sends_freely(node) or silence.most < WINDOW_SECONDS:
            continue
        if silence.least >= WINDOW_SECONDS:
            words = "A day has passed without a word from the contact: only a template can be sent"
            yield error(node_id, "window_closed", words)
        else:
            words = "A day may have passed without a word from the contact: send a template instead"
            yield warning(node_id, "window_may_be_closed", words)


def _silences(flow: Flow) -> dict[str, Silence]:
    """By node that can be reached. Times only widen; a circle of short waits, which would widen
    them for long, is taken to last."""
    silences = {flow.start: _at_start(flow)}
    left = [flow.start]
    widenings = dict.fromkeys(flow.nodes, 0)
    while left:
        node = flow.nodes[left.pop()]
        for exit_, target in leaves(flow, node).items():
            after = _after(node, exit_, silences[node.id])
            before = silences.get(target)
            widened = after if before is None else before.or_(after)
            if widened != before:
                widenings[target] += 1
                if widenings[target] > _MOST_WIDENINGS:
                    widened = Silence(widened.least, WINDOW_SECONDS)
                silences[target] = widened
                left.append(target)
    return silences


def _at_start(flow: Flow) -> Silence:
    """A flow that others start is taken to start on a message: they know better."""
    triggers = flow.definition.triggers
    by_message = [isinstance(trigger, _BY_MESSAGE) for trigger in triggers]
    least = 0 if not triggers or any(by_message) else WINDOW_SECONDS
    return Silence(least, 0 if all(by_message) else WINDOW_SECONDS)


def _after(node: BaseNode, exit_: str, before: Silence) -> Silence:
    match node:
        case AskNode() if exit_ == TIMEOUT and node.data.timeout is not None:
            return before.later(node.data.timeout.seconds, node.data.timeout.seconds)
        case AskNode():
            return _JUST_SPOKEN
        case WaitNode() if exit_ == REPLIED:
            return _JUST_SPOKEN
        case WaitNode():
            return before.later(*_waits(node))
        case AssignNode() if exit_ == TIMEOUT and node.data.timeout is not None:
            return before.later(0, node.data.timeout.seconds)
    return before


def _waits(node: WaitNode) -> tuple[int, int]:
    data = node.data
    if data.until is not None:
        return 0, WINDOW_SECONDS
    least = data.duration.seconds if data.duration else 0
    return least, least if data.window is None else WINDOW_SECONDS


def _sends_freely(node: BaseNode) -> bool:
    if template_of(node) is not None:
        return False
    return isinstance(node, MessageNode | AskNode) or (isinstance(node, AiNode) and node.data.send)
