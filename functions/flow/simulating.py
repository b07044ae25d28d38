"""A conversation with a flow that happens nowhere: production's own turns, state in and state out.

Nothing is read but flows and nothing is written. Time is what the caller says it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from flow.campaign_replies import CampaignReply
from flow.catalog import Catalog
from flow.engine import session as sessions
from flow.engine.effects import Effect, Stopped
from flow.engine.session import Session
from flow.happened import Happened
from flow.taking_turns import take_turn
from flow.turn import Talk, Turn
from shared import handling as handlings
from shared.events import (
    AI_ANSWERED,
    HANDED_BACK,
    HTTP_ANSWERED,
    MESSAGE,
    START,
    TAKEN_OVER,
    TIMER_FIRED,
    Event,
)
from shared.handling import Handling
from shared.json_types import JsonObject

Perform = Callable[[JsonObject], JsonObject]
"""Makes a call or asks knowledge for real: from the effect as JSON to the answer's fields."""

CHANNEL: Final = "simulator"
_CONTACT: Final[JsonObject] = {
    "id": "simulated",
    "name": "Ana",
    "username": "",
    "phone": "+6281234567890",
    "language": None,
    "tags": [],
    "fields": {},
    "opt_ins": {},
    "blocked": False,
}
_CAMEL: Final = re.compile(r"(?<!^)(?=[A-Z])")


class SimulationError(ValueError):
    """The state is none that a simulation answered, or the event does not fit it."""


@dataclass(frozen=True, slots=True)
class _State:
    """`pending` is the call or question whose answer is awaited; `turns` counts the events."""

    session: Session | None
    handling: Handling
    contact: JsonObject
    now: int
    turns: int
    pending: JsonObject | None


def simulate(
    catalog: Catalog,
    state: JsonObject | None,
    event: JsonObject,
    *,
    contact: JsonObject | None,
    workspace: JsonObject,
    now: int,
    perform: Perform,
) -> JsonObject:
    """One event; see the API for the shapes. Raises SimulationError."""
    before = _read(state, contact, now)
    told, at = _event(before, event, perform)
    talk = Talk(
        id=str(before.contact.get("id", "")),
        session=before.session,
        handling=before.handling,
        contact=before.contact,
        channel=CHANNEL,
        is_new=state is None,
    )
    turn = Turn(talk, catalog, workspace, at)
    take_turn(turn, told)
    burst = turn.talk.handling.burst
    if burst is not None:  # nobody types in bursts here: what is held is answered at once
        body = {"correlation": burst.correlation}
        take_turn(turn, Event(f"{told.id}:end", TIMER_FIRED, at, body))
    return _answer(before, turn)


def _read(state: JsonObject | None, contact: JsonObject | None, now: int) -> _State:
    given = {**_CONTACT, **(contact or {})}
    if state is None:
        return _State(None, Handling(), given, now, 0, None)
    try:
        session = sessions.from_json(state["session"]) if state["session"] else None
        return _State(
            session=session,
            handling=handlings.from_json(state["handling"]),
            contact={**state["contact"], **(contact or {})},
            now=max(int(state["now"]), now),
            turns=int(state["turns"]),
            pending=state["pending"],
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SimulationError("state") from error


def _event(state: _State, event: JsonObject, perform: Perform) -> tuple[Event, int]:
    """The event as a lane would carry it, and when it comes. A message that has an id keeps it:
    what is drawn at random is drawn by it."""
    make = _EVENTS.get(str(event.get("type")))
    if make is None:
        raise SimulationError("event.type")
    kind, body, at = make(state, event, perform)
    id_ = body.get("id") if kind == MESSAGE else None
    return Event(str(id_ or f"simulated:{state.turns + 1}"), kind, at, body), at


Made = tuple[str, JsonObject, int]


def _said(state: _State, event: JsonObject, perform: Perform) -> Made:  # noqa: ARG001
    text, payload = str(event.get("text", "")), event.get("payload")
    message = event.get("message")
    if isinstance(message, dict):
        return MESSAGE, message, state.now
    if payload is not None:
        reply = {"type": "button_reply", "button_reply": {"id": str(payload), "title": text}}
        return MESSAGE, {"type": "interactive", "interactive": reply}, state.now
    return MESSAGE, {"type": "text", "text": {"body": text}}, state.now


def _started(state: _State, event: JsonObject, perform: Perform) -> Made:  # noqa: ARG001
    body = {
        "trigger": str(event.get("trigger", "api")),
        "flow": event["flow_id"],
        "values": _object(event, "values"),
        "parameters": _object(event, "parameters"),
        "generation": _count(event, "generation"),
        "interrupt": True,
    }
    return START, body, state.now


def _timer_fired(state: _State, event: JsonObject, perform: Perform) -> Made:  # noqa: ARG001
    """Time jumps to what is waited for."""
    session = _waiting(state)
    deadline = session.waiting.deadline
    if deadline is None:
        raise SimulationError("event.type")
    return (
        TIMER_FIRED,
        {"correlation": session.waiting.correlation},
        max(state.now, deadline),
    )


def _http_answered(state: _State, event: JsonObject, perform: Perform) -> Made:  # noqa: ARG001
    answer = {
        "outcome": str(event.get("outcome", "success")),
        "status": event.get("status"),
        "body": event.get("body"),
    }
    correlation = _waiting(state).waiting.correlation
    return HTTP_ANSWERED, {"correlation": correlation, **answer}, state.now


def _ai_answered(state: _State, event: JsonObject, perform: Perform) -> Made:  # noqa: ARG001
    answer = {
        "outcome": str(event.get("outcome", "answered")),
        "text": str(event.get("text", "")),
        "sources": _objects(event, "sources"),
    }
    correlation = _waiting(state).waiting.correlation
    return AI_ANSWERED, {"correlation": correlation, **answer}, state.now


def _performed(state: _State, event: JsonObject, perform: Perform) -> Made:  # noqa: ARG001
    """What is awaited is done for real."""
    pending, correlation = state.pending, _waiting(state).waiting.correlation
    if pending is None or pending.get("correlation") != correlation:
        raise SimulationError("event.type")
    kind = HTTP_ANSWERED if pending.get("type") == "call_http" else AI_ANSWERED
    return kind, {"correlation": correlation, **perform(pending)}, state.now


def _taken_over(state: _State, event: JsonObject, perform: Perform) -> Made:  # noqa: ARG001
    return TAKEN_OVER, {"by": "simulated"}, state.now


def _handed_back(state: _State, event: JsonObject, perform: Perform) -> Made:  # noqa: ARG001
    return HANDED_BACK, {}, state.now


_EVENTS: Final[dict[str, Callable[[_State, JsonObject, Perform], Made]]] = {
    "said": _said,
    "started": _started,
    "timer_fired": _timer_fired,
    "http_answered": _http_answered,
    "ai_answered": _ai_answered,
    "perform": _performed,
    "taken_over": _taken_over,
    "handed_back": _handed_back,
}


def _waiting(state: _State) -> Session:
    if state.session is None:
        raise SimulationError("event.type")
    return state.session


def _count(event: JsonObject, name: str) -> int:
    value = event.get(name)
    return value if isinstance(value, int) and value >= 0 else 0


def _objects(event: JsonObject, name: str) -> list[JsonObject]:
    value = event.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _object(event: JsonObject, name: str) -> JsonObject:
    value = event.get(name)
    return value if isinstance(value, dict) else {}


def _answer(before: _State, turn: Turn) -> JsonObject:
    session = turn.talk.session
    wanted = [one for one in turn.effects if not isinstance(one, Happened | CampaignReply)]
    effects = [_shown(effect) for effect in wanted]
    calls = [effect for effect in effects if effect["type"] in ("call_http", "ask_knowledge")]
    return {
        "state": {
            "session": sessions.to_json(session) if session else None,
            "handling": handlings.to_json(turn.talk.handling),
            "contact": turn.talk.contact,
            "now": turn.now,
            "turns": before.turns + 1,
            "pending": calls[-1] if calls else (before.pending if session else None),
        },
        "now": turn.now,
        "waiting": session and _shown_waiting(session),
        "variables": session.top.variables if session else {},
        "contact": turn.talk.contact,
        "effects": effects,
        "visits": [
            asdict(visit)
            for effect in turn.effects
            if isinstance(effect, Happened)
            for visit in effect.visits
        ],
        "stopped": next((one.code for one in wanted if isinstance(one, Stopped)), None),
    }


def _shown_waiting(session: Session) -> JsonObject:
    waiting, top = session.waiting, session.top
    place = {"flow": top.flow, "node": top.node}
    return {"awaited": waiting.awaited, "deadline": waiting.deadline, **place}


def _shown(effect: Effect) -> JsonObject:
    """{"type": "call_http", …}: the effect's class in small letters, and its fields."""
    fields: dict[str, Any] = asdict(effect)
    return {"type": _CAMEL.sub("_", type(effect).__name__).lower(), **fields}
