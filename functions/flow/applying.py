"""Apply one event to a conversation. Pure: the worker reads before and commits after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flow.catalog import Catalog
from flow.contact_copy import copied, scope, seen
from flow.effects_out import numbered
from flow.engine import session as sessions
from flow.engine.ratings import rating_of
from flow.opting import with_wishes
from flow.taking_turns import take_turn
from flow.turn import Talk, Turn
from shared.channels.capabilities import KINDS, SENDS
from shared.channels.messages import validate
from shared.conversation import Conversation, Handover, SaidLine
from shared.events import CAMPAIGN_SENT, LOGGED, MESSAGE, OF_THE_CUSTOMER, Event
from shared.json_types import JsonObject
from shared.offered import Offered, as_tapped, offered_by


def apply(
    conversation: Conversation,
    event: Event,
    catalog: Catalog,
    now: int,
    workspace: JsonObject,
) -> Conversation:
    """The conversation after the event, one version on, with what it caused in the outbox.

    `catalog` has the workspace's flows; `workspace` is what flows see of it. `now` in milliseconds.
    """
    contact = conversation.contact
    if event.sender is not None:
        contact = contact.seen_as(event.sender, event.at)
    profile = copied(conversation.profile, event)
    before = sessions.from_json(conversation.session) if conversation.session else None
    talk = Talk(
        id=contact.id,
        session=before,
        handling=conversation.handling,
        contact=scope(contact, profile),
        channel=conversation.channel,
        is_new=conversation.version == 0,
    )
    turn = Turn(talk, catalog, workspace, now)
    offered = conversation.offered
    tapped = as_tapped(event.body, offered, event.at) if event.kind == MESSAGE else None
    # The log keeps what was typed; flows see what was meant.
    take_turn(turn, replace(event, body=tapped) if tapped else event)
    said = _said(event)
    seq = conversation.seq if said is None else conversation.seq + 1
    effects, last_seq = numbered(turn.effects, event, contact, seq)
    told = seen(conversation, contact, event)
    version = conversation.version + 1
    handover = Handover(
        event=event.id,
        version=version,
        at=now,
        said=None if said is None else SaidLine(seq, event.at, said, event.kind),
        effects=(*effects, *told),
    )
    window = conversation.window
    if event.kind in OF_THE_CUSTOMER:
        window = window.after(event.body, event.at)
    session = turn.talk.session
    return replace(
        conversation,
        contact=contact,
        version=version,
        seq=last_seq,
        session=sessions.to_json(session) if session else None,
        handling=turn.talk.handling,
        applied=conversation.applied.with_id(event.id, event.at),
        outbox=(*conversation.outbox, handover),
        profile=with_wishes(profile, turn.talk.contact),
        told_at=event.at if told else conversation.told_at,
        window=window,
        offered=_offered(effects, catalog.channel_kind, now, None if tapped else offered),
    )


def _said(event: Event) -> JsonObject | None:
    """The message that the event brings into the log."""
    if event.kind == CAMPAIGN_SENT:
        return event.body.get("message")
    return event.body if event.kind in LOGGED else None


def _offered(
    effects: Iterable[JsonObject], channel_kind: str, now: int, before: Offered | None
) -> Offered | None:
    """By the newest of these messages that offers anything, or else as before. Whether an answer
    helped can be said as long as nothing else was: then a number may mean something else."""
    sent = [effect["message"] for effect in effects if effect["kind"] == "send"]
    asked = [_asked(message, channel_kind, now) for message in sent]
    open_ = [before, *asked]
    offers = [one for one in open_ if one is not None and (one is open_[-1] or not _rates(one))]
    return offers[-1] if offers else None


def _rates(offered: Offered) -> bool:
    return all(rating_of(option.id) is not None for option in offered.options)


def _asked(message: JsonObject, channel_kind: str, now: int) -> Offered | None:
    """A message that the sender will refuse offers nothing."""
    if SENDS[channel_kind] >= KINDS or validate(message):
        return None
    return offered_by(message, channel_kind, now)
