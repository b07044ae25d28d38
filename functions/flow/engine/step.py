"""One event, one step: total, pure and bounded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeAlias

from flow.engine.definition import Flow
from flow.engine.effects import Effect, Stopped
from flow.engine.errors import (
    FlowStoppedError,
    StateTooLargeError,
    TooManyEventsError,
    TooManyStepsError,
)
from flow.engine.events import EngineEvent, HttpAnswered, Said
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.nodes import Run, Wait, enter, resume
from flow.engine.session import Session
from shared.json_types import JsonObject

Effects: TypeAlias = tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class FlowRef:
    """Which version of which flow a new session is pinned to."""

    id: str
    version: int


def step(
    flow: Flow,
    ref: FlowRef,
    session: Session | None,
    event: EngineEvent,
    *,
    contact: JsonObject,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Session | None, Effects]:
    """The session after the event (None: it has ended) and what is to be done.

    `flow` is the compiled `ref`. Without a session, what a customer says starts one. An answer
    that nobody waits for any more changes nothing. Never raises on any event: a session that hits
    a limit ends with a Stopped effect, and keeps what it had sent before.
    """
    if session is None and not isinstance(event, Said):
        return None, ()
    if isinstance(event, HttpAnswered) and (
        session is None or session.correlation != event.correlation
    ):
        return session, ()
    if isinstance(event, Said) and session is not None and session.correlation is not None:
        return session, ()  # an action is awaited; what is said meanwhile answers nothing
    run = Run(
        flow=flow,
        event=event,
        limits=limits,
        variables=dict(session.variables) if session else {},
        contact=contact,
    )
    try:
        return _advance(run, ref, session), tuple(run.effects)
    except FlowStoppedError as stopped:
        return None, (*run.effects, Stopped(stopped.code))


def _advance(run: Run, ref: FlowRef, session: Session | None) -> Session | None:
    events = session.events + 1 if session else 1
    if events > run.limits.events_per_session:
        raise TooManyEventsError(f"{events} events")
    nodes = run.flow.nodes
    node = session.node if session else run.flow.start
    outcome = resume(run, nodes[node]) if session else enter(run, nodes[node])
    for _ in range(run.limits.steps_per_event):
        if isinstance(outcome, Wait):
            after = Session(ref.id, ref.version, node, outcome.correlation, run.variables, events)
            return _bounded(after, run.limits)
        target = run.flow.after(node, outcome.exit)
        if target is None:
            return None
        node = target
        outcome = enter(run, nodes[node])
    raise TooManyStepsError(f"{run.limits.steps_per_event} steps")


def _bounded(session: Session, limits: Limits) -> Session:
    size = len(json.dumps(session.variables))
    if size > limits.state_bytes:
        raise StateTooLargeError(f"{size} bytes")
    return session
