"""Apply one event to a conversation. Pure: the worker reads before and commits after."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace

from flow.engine import session as sessions
from flow.engine.definition import Flow
from flow.engine.effects import CallHttp, Effect, Send, Stopped, Traced
from flow.engine.events import EngineEvent, HttpAnswered, Said
from flow.engine.lookup import FlowRef
from flow.engine.step import step
from shared.channels.inbound import opt_change, speaks, text_of
from shared.conversation import Contact, Conversation, Handover, SaidLine
from shared.events import HTTP_ANSWERED, LOGGED, MAX_HOPS, MESSAGE, PREFERENCE, Event
from shared.json_types import JsonObject


def apply(
    conversation: Conversation, event: Event, flow: Flow | None, ref: FlowRef | None, now: int
) -> Conversation:
    """The conversation after the event, one version on, with what it caused in the outbox.

    `flow` is the one that the conversation's session is pinned to, or the one to start; None when
    the number has none. `now` in milliseconds.
    """
    contact = conversation.contact
    if event.sender is not None:
        contact = contact.seen_as(event.sender)
    session, wanted = _step(conversation.session, event, flow, ref, contact=contact, now=now)
    seq = conversation.seq + 1 if event.kind in LOGGED else conversation.seq
    effects, last_seq = _numbered(wanted, event, contact, seq)
    if event.kind == PREFERENCE:
        effects = (*effects, *_wishes(event.body))
    version = conversation.version + 1
    handover = Handover(
        event=event.id,
        version=version,
        at=now,
        said=SaidLine(seq, event.at, event.body, event.kind) if event.kind in LOGGED else None,
        effects=effects,
    )
    return replace(
        conversation,
        contact=contact,
        version=version,
        seq=last_seq,
        session=session,
        applied=conversation.applied.with_id(event.id, event.at),
        outbox=(*conversation.outbox, handover),
    )


def _step(
    session: JsonObject | None,
    event: Event,
    flow: Flow | None,
    ref: FlowRef | None,
    *,
    contact: Contact,
    now: int,
) -> tuple[JsonObject | None, tuple[Effect, ...]]:
    if event.hops > MAX_HOPS:
        return None, (Stopped("too_many_hops"),)
    engine_event = _engine_event(event)
    if engine_event is None or flow is None or ref is None:
        return session, ()
    before = sessions.from_json(session) if session else None
    done = step(
        lambda flow_id, _: (ref.version, flow) if flow_id == ref.id else None,
        before,
        engine_event,
        start=ref if before is None and isinstance(engine_event, Said) else None,
        contact=_contact_scope(contact),
        workspace={},
        now=now,
    )
    return (sessions.to_json(done.session) if done.session else None), done.effects


def _engine_event(event: Event) -> EngineEvent | None:
    """None for what no flow reacts to: a reaction, a correction, a notice."""
    if event.kind == MESSAGE:
        if not speaks(event.body):
            return None
        return Said(event.id, text_of(event.body), message=event.body)
    if event.kind == HTTP_ANSWERED:
        return HttpAnswered(id=event.id, **event.body)
    return None


def _contact_scope(contact: Contact) -> JsonObject:
    names = {"name": contact.name or "", "username": contact.username or ""}
    return {"id": contact.id, **names}


def _numbered(
    wanted: tuple[Effect, ...], event: Event, contact: Contact, seq: int
) -> tuple[tuple[JsonObject, ...], int]:
    """Effects as JSON for their queues, each message with its place in the log."""
    effects: list[JsonObject] = []
    if event.kind == MESSAGE and any(not isinstance(effect, Traced) for effect in wanted):
        effects.append({"kind": "mark_read", "wamid": event.id, "typing": _is_slow(wanted)})
    for effect in wanted:
        match effect:
            case Send(message):
                seq += 1
                effects.append(
                    {"kind": "send", "seq": seq, "to": contact.address(), "message": message}
                )
            case CallHttp():
                effects.append({"kind": "http", "hops": event.hops + 1, **asdict(effect)})
            case Stopped(code):
                effects.append({"kind": "stopped", "code": code})
    return tuple(effects), seq


def _wishes(body: JsonObject) -> tuple[JsonObject, ...]:
    """What the person wishes to be sent, for the record of the contact."""
    change = opt_change(body)
    return ({"kind": "update_contact", "changes": [change]},) if change else ()


def _is_slow(wanted: tuple[Effect, ...]) -> bool:
    return any(isinstance(effect, CallHttp) for effect in wanted)


def effect_id(effect: JsonObject) -> str:
    """The same for the same effect, however often it is handed over."""
    match effect:
        case {"kind": "send", "seq": seq}:
            return f"send:{seq}"
        case {"kind": "http", "correlation": correlation}:
            return f"http:{correlation}"
    return f"{effect['kind']}:{hashlib.sha256(str(effect.get('wamid')).encode()).hexdigest()[:24]}"
