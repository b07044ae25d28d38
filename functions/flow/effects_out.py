"""What a turn wants done, as JSON for the queues: committed with the state, handed over after."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict

from flow.campaign_replies import CampaignReply
from flow.engine.effects import (
    AskKnowledge,
    Assign,
    CallHttp,
    Effect,
    EmitWebhook,
    RateAnswer,
    Send,
    StartFlow,
    Stopped,
    UpdateContact,
    Visit,
    WakeAt,
)
from flow.happened import Happened
from shared.channels.inbound import opt_change
from shared.conversation import Contact
from shared.events import MESSAGE, PREFERENCE, PROGRAM_MESSAGE, Event
from shared.json_types import JsonObject

_MOST_VALUE_CHARACTERS = 500  # of a variable's value, as the trace shows it
_SLOW = (CallHttp, AskKnowledge)
_UNSEEN = (Happened, Stopped, CampaignReply, RateAnswer)


def numbered(
    wanted: Iterable[Effect | Happened | CampaignReply], event: Event, contact: Contact, seq: int
) -> tuple[tuple[JsonObject, ...], int]:
    """Effects as JSON, each message with its place in the log; and the last place given."""
    wanted = tuple(wanted)
    effects: list[JsonObject] = []
    if event.kind == MESSAGE and any(not isinstance(effect, _UNSEEN) for effect in wanted):
        typing = any(isinstance(effect, _SLOW) for effect in wanted)
        read = {"wamid": event.id, "to": contact.address(), "typing": typing}
        effects.append({"kind": "mark_read", **read})
    for effect in wanted:
        if isinstance(effect, Send):
            seq += 1
            place: JsonObject = {"seq": seq, "to": contact.address()}
            if event.kind == PROGRAM_MESSAGE:
                place["asked"] = event.body["asked"]
            effects.append({"kind": "send", **place, "message": effect.message})
        else:
            effects += _as_json(effect, event.hops + 1)
    if event.kind == PREFERENCE and (change := opt_change(event.body)):
        effects.append({"kind": "contact", "change": change})
    return tuple(effects), seq


def _as_json(effect: Effect | Happened | CampaignReply, hops: int) -> list[JsonObject]:
    """What is of no concern to any queue (to take, to hand back) is kept with the state already."""
    match effect:
        case CallHttp() | AskKnowledge():
            kind = "http" if isinstance(effect, CallHttp) else "ai"
            found = [{"kind": kind, "hops": hops, **asdict(effect)}]
        case RateAnswer():
            found = [{"kind": "rate", **asdict(effect)}]
        case UpdateContact(changes):
            found = [{"kind": "contact", "change": change} for change in changes]
        case Assign(note=note) if note:
            found = [{"kind": "contact", "change": {"op": "note", "text": note}}]
        case WakeAt(correlation, at):
            found = [{"kind": "wake", "correlation": correlation, "due": at}]
        case StartFlow():
            found = [{"kind": "start", **asdict(effect)}]
        case EmitWebhook(event=name, data=data):
            found = [{"kind": "webhook", "event": name, "data": data}]
        case Stopped(code):
            found = [{"kind": "stopped", "code": code}]
        case CampaignReply(campaign):
            change = {"op": "campaign", "campaign_id": campaign, "state": "replied"}
            told = {"kind": "campaign_reply", **asdict(effect)}
            found = [told, {"kind": "contact", "change": change}]
        case Happened():
            found = [_trace(effect)]
        case _:
            found = []
    return found


def _trace(happened: Happened) -> JsonObject:
    return {
        "kind": "traced",
        "session": happened.session,
        "begun": happened.begun,
        "waited_at": happened.waited_at,
        "waits_at": happened.waits_at,
        "visits": [_visit(visit) for visit in happened.visits],
    }


def _visit(visit: Visit) -> JsonObject:
    """Without what says nothing."""
    shown = {name: value for name, value in asdict(visit).items() if value is not None}
    values = shown.pop("values")
    return {**shown, "values": _short(values)} if values else shown


def _short(values: JsonObject) -> JsonObject:
    """Long values are told by their beginning: a trace is looked at, not computed with."""
    short: JsonObject = {}
    for name, value in values.items():
        text = str(value)
        is_long = len(text) > _MOST_VALUE_CHARACTERS
        short[name] = f"{text[:_MOST_VALUE_CHARACTERS]}…" if is_long else value
    return short


def effect_id(effect: JsonObject) -> str:
    """The same for the same effect, however often it is handed over."""
    match effect:
        case {"kind": "send", "seq": seq}:
            return f"send:{seq}"
        case {"kind": "http" | "ai" | "wake" as kind, "correlation": correlation}:
            return f"{kind}:{correlation}"
    return f"{effect['kind']}:{hashlib.sha256(str(effect.get('wamid')).encode()).hexdigest()[:24]}"
