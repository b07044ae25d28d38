"""From a committed outbox to queue entries and log lines. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from flow.effects_out import effect_id
from shared.channels.inbound import line_of, media_of
from shared.contacts.handing_over import Change, entry_of_conversation
from shared.conversation import Conversation, Handover
from shared.events import BEFORE_US, OURS
from shared.handling import Taken
from shared.json_types import JsonObject
from shared.lanes import Identity, lane
from shared.media.work import fetch_entry
from shared.queues import Entry, encode
from shared.starts import StartRequest, start_entry
from shared.store.conversations import LogLine, Summary
from shared.tenancy import Tenant
from shared.timers import Timer, timer_entry

_OUTBOUND = frozenset({"send", "mark_read"})
_ACTIONS = frozenset({"http", "webhook"})
_QUESTIONS = frozenset({"ai", "rate"})
_PREVIEW_CHARACTERS = 120


def outbound_entry(
    tenant: Tenant, conversation: Conversation, handovers: Iterable[Handover]
) -> Entry | None:
    """What the sender is to do, in order, in the conversation's own lane.

    One entry, because SQS may take a part of a batch: the rest would come after it, and answers
    would change places.
    """
    handovers = tuple(handovers)
    effects = _effects(handovers, _OUTBOUND)
    if not effects:
        return None
    contact = conversation.contact.id
    ids = "\n".join(effect_id(effect) for effect in effects)
    body: JsonObject = {
        "v": 1,
        "tenant": tenant.id,
        "channel": conversation.channel,
        "contact": contact,
        "at": max(handover.at for handover in handovers),
        "open_until": conversation.window.open_until,
        "blocked": conversation.blocked,
        "effects": effects,
    }
    return Entry(
        body=encode(body),
        group=lane(conversation.channel, contact),
        dedup=f"{contact}:{hashlib.sha256(ids.encode()).hexdigest()}",
    )


def action_entries(
    tenant: Tenant, conversation: Conversation, handovers: Iterable[Handover]
) -> list[Entry]:
    """What the actions worker is to do."""
    return _slow_entries(tenant, conversation, handovers, _ACTIONS)


def question_entries(
    tenant: Tenant, conversation: Conversation, handovers: Iterable[Handover]
) -> list[Entry]:
    """What knowledge is asked, whose answers come back as events of the lane; and what contacts
    think of answers."""
    return _slow_entries(tenant, conversation, handovers, _QUESTIONS)


def _slow_entries(
    tenant: Tenant,
    conversation: Conversation,
    handovers: Iterable[Handover],
    kinds: frozenset[str],
) -> list[Entry]:
    """The group is the tenant's share of the queue."""
    channel, contact = conversation.channel, conversation.contact.id
    place = {"tenant": tenant.id, "channel": channel, "contact": contact}
    return [
        Entry(
            encode({"v": 1, "id": f"{handover.version}:{n}", "at": handover.at, **place, **effect}),
            group=tenant.id,
        )
        for handover in handovers
        for n, effect in enumerate(handover.effects)
        if effect["kind"] in kinds
    ]


def media_entries(
    tenant: Tenant, conversation: Conversation, handovers: Iterable[Handover]
) -> list[Entry]:
    """The files to fetch: whatever was said with one, whoever said it."""
    channel, contact = conversation.channel, conversation.contact.id
    return [
        fetch_entry(tenant, channel, contact, handover.said.seq)
        for handover in handovers
        if handover.said is not None and media_of(handover.said.message) is not None
    ]


def timer_entries(
    tenant: Tenant, conversation: Conversation, handovers: Iterable[Handover], now: int
) -> list[Entry]:
    """When the conversation is to be woken."""
    channel, contact = conversation.channel, conversation.contact.id
    return [
        timer_entry(Timer(tenant.id, channel, contact, effect["correlation"], effect["due"]), now)
        for effect in _effects(handovers, frozenset({"wake"}))
    ]


def start_entries(
    tenant: Tenant, conversation: Conversation, handovers: Iterable[Handover]
) -> list[Entry]:
    """The flows to start for other contacts, on the same number."""
    place = f"{conversation.channel}.{conversation.contact.id}"
    return [
        start_entry(
            StartRequest(
                id=f"flow:{place}:{handover.version}:{number}",
                tenant_id=tenant.id,
                channel=conversation.channel,
                trigger="flow",
                flow=effect["flow"],
                contact_id=effect["contact_id"],
                phone=effect["phone"],
                parameters=effect["parameters"],
                generation=effect["generation"],
                at=handover.at,
            )
        )
        for handover in handovers
        for number, effect in enumerate(handover.effects)
        if effect["kind"] == "start"
    ]


def contact_entry(
    tenant: Tenant, conversation: Conversation, handovers: Iterable[Handover]
) -> Entry | None:
    """What is to change in the contact's record, in order."""
    contact = conversation.contact
    changes = [
        Change(
            f"{conversation.channel}.{contact.id}:{handover.version}:{place}",
            handover.at,
            effect["change"],
        )
        for handover in handovers
        for place, effect in enumerate(handover.effects)
        if effect["kind"] == "contact"
    ]
    known = ((kind, getattr(contact, kind)) for kind in ("bsuid", "wa_id", "lid"))
    identities = [Identity(kind, value) for kind, value in known if value]
    if not changes or not identities:
        return None
    return entry_of_conversation(tenant, conversation.channel, contact.id, identities, changes)


def campaign_replies(handovers: Iterable[Handover]) -> list[tuple[int, JsonObject]]:
    """The campaigns' messages that were answered, each with when."""
    return [
        (handover.at, effect)
        for handover in handovers
        for effect in handover.effects
        if effect["kind"] == "campaign_reply"
    ]


def stops(handovers: Iterable[Handover]) -> list[str]:
    """The codes of the limits that ended a session."""
    return [effect["code"] for effect in _effects(handovers, frozenset({"stopped"}))]


def log_lines(handovers: Iterable[Handover]) -> list[LogLine]:
    """The messages of these handovers: the customer's, and ours, whoever wrote them."""
    lines: list[LogLine] = []
    for handover in handovers:
        said = handover.said
        if said is not None:
            direction = "out" if said.kind in OURS else "in"
            lines.append(
                LogLine(said.seq, direction, said.at, handover.event, said.message, said.kind)
            )
        for effect in handover.effects:
            if effect["kind"] == "send":
                line = LogLine(effect["seq"], "out", handover.at, handover.event, effect["message"])
                lines.append(replace(line, asked=effect.get("asked", "")))
    return lines


def summary(conversation: Conversation, lines: list[LogLine], before: Summary | None) -> Summary:
    """The conversation's line in the inbox, saying that everything up to its version is done."""
    now = [line for line in lines if before is None or line.kind not in BEFORE_US]
    newest = max(now, key=lambda line: line.seq, default=None)
    if newest is not None:
        last = {
            "text": line_of(newest.message)[:_PREVIEW_CHARACTERS],
            "direction": newest.direction,
            "type": newest.message.get("type", ""),
        }
        last_at = newest.at
    else:
        last = before.last if before else {"text": "", "direction": "in", "type": ""}
        last_at = before.last_at if before else 0
    taken = conversation.handling.taken
    return Summary(
        channel=conversation.channel,
        contact=conversation.contact,
        handed=conversation.version,
        last_at=max(last_at, before.last_at if before else 0),
        last=last,
        taken=_who_has_it(taken) if taken else None,
        open_until=conversation.window.open_until,
        person=(conversation.profile or {}).get("id"),
        blocked=conversation.blocked,
    )


def _who_has_it(taken: Taken) -> JsonObject:
    return {
        "by": taken.by,
        "team": taken.team,
        "since": taken.since,
        "back_at": taken.back_at,
    }


def _effects(handovers: Iterable[Handover], kinds: frozenset[str]) -> list[JsonObject]:
    return [
        effect for handover in handovers for effect in handover.effects if effect["kind"] in kinds
    ]
