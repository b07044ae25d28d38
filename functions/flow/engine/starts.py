"""Which flow an event starts, and whether one that runs may be broken off for it. Pure: the host
gives the published flows and acts on the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flow.engine.answers import ChoiceAnswer
from flow.engine.definition import Flow
from flow.engine.events import Said, Started
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.lookup import FlowRef
from flow.engine.nodes.ask import AskNode
from flow.engine.parts import Duration
from flow.engine.session import CUSTOMER, Session
from flow.engine.triggers import (
    CampaignNoReplyTrigger,
    KeywordTrigger,
    PayloadTrigger,
    Trigger,
    plain,
)


@dataclass(frozen=True, slots=True)
class Startable:
    """A published flow."""

    ref: FlowRef
    flow: Flow


@dataclass(frozen=True, slots=True)
class Running:
    """A session, with the flow that it runs now."""

    session: Session
    flow: Flow


def choose(
    flows: Iterable[Startable],
    event: Said | Started,
    *,
    running: Running | None,
    is_new_contact: bool = False,
    channel: str = "",
) -> FlowRef | None:
    """The flow to start, by its most exact trigger; the first of equals. None: none.

    While a flow runs, only what may break it off is considered: keywords and buttons of flows that
    interrupt, if it is interruptible and does not offer just that as an answer; other starts, if
    their flow says so.
    """
    best: tuple[int, FlowRef] | None = None
    for startable in flows:
        for trigger in startable.flow.definition.triggers:
            if trigger.channels and channel not in trigger.channels:
                continue
            if best is not None and best[0] <= trigger.RANK:
                continue
            if running is not None and not _may_break_off(running, startable, trigger, event):
                continue
            if trigger.starts_on(event, is_new_contact):
                best = trigger.RANK, startable.ref
    return best[1] if best else None


def is_expired(running: Running, now: int) -> bool:
    """Whether a question has waited for the contact for longer than its flow wants."""
    after = running.flow.definition.settings.expires_after
    session = running.session
    if after is None or session.waiting.awaited != CUSTOMER or session.silenced:
        return False
    return session.waiting.deadline is None and now > session.active_at + after.seconds * 1000


def _may_break_off(
    running: Running, by: Startable, trigger: Trigger, event: Said | Started
) -> bool:
    if running.session.silenced:
        return False
    if isinstance(event, Started):
        return by.flow.definition.settings.when_busy == "interrupt"
    if not isinstance(trigger, KeywordTrigger | PayloadTrigger):
        return False
    if not running.flow.definition.settings.interruptible:
        return False
    return by.flow.definition.settings.interrupts and not is_offered(running, event)


def is_offered(running: Running, said: Said) -> bool:
    """Whether the question that waits has the message among its options."""
    node = running.flow.nodes.get(running.session.top.node)
    if not isinstance(node, AskNode) or not isinstance(node.data.answer, ChoiceAnswer):
        return False
    options = node.data.answer.options
    if said.payload is not None:
        return any(option.id == said.payload for option in options)
    titles = {
        plain(piece)
        for option in options
        for template in option.title.by_language.values()
        for piece in template.pieces
        if isinstance(piece, str)
    }
    return plain(said.text) in titles


@dataclass(frozen=True, slots=True)
class Repetition:
    """How often one contact has said the same thing lately: a bot that talks with a bot does.
    Kept with the conversation, since sessions come and go. `since` in milliseconds."""

    text: str = ""
    times: int = 0
    since: int = 0


def started_again(
    before: Repetition, now: int, limits: Limits = DEFAULT_LIMITS
) -> tuple[Repetition, bool]:
    """The count with one more start that came of a change of the contact, and whether it is a loop:
    flows whose changes start flows."""
    if now > before.since + limits.own_starts_seconds * 1000:
        return Repetition("", 1, now), False
    after = Repetition("", before.times + 1, before.since)
    return after, after.times > limits.own_starts


def missed_replies(
    flows: Iterable[Startable], campaign: str, channel: str
) -> Iterator[tuple[str, Duration]]:
    """The flows that a campaign without a reply starts, each with how long it waits for one."""
    for startable in flows:
        for trigger in startable.flow.definition.triggers:
            if not isinstance(trigger, CampaignNoReplyTrigger):
                continue
            if trigger.channels and channel not in trigger.channels:
                continue
            if not trigger.campaign_ids or campaign in trigger.campaign_ids:
                yield startable.ref.id, trigger.after
                break


def heard(
    before: Repetition, said: Said, now: int, limits: Limits = DEFAULT_LIMITS
) -> tuple[Repetition, bool]:
    """The repetition with this message, and whether it is a loop that must not be answered."""
    text = plain(said.text)[:100] or str(said.payload or said.message.get("type"))
    window = limits.same_text_seconds * 1000
    if text != before.text or now > before.since + window:
        return Repetition(text, 1, now), False
    after = Repetition(text, before.times + 1, before.since)
    return after, after.times > limits.same_text_times
