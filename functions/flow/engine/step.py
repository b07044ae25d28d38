"""One event, one step: total, pure and bounded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Final

from flow.engine import message_scope
from flow.engine.effects import Effect, Stopped, Traced, Visit, WakeAt
from flow.engine.errors import FlowStoppedError, StateTooLargeError, TooManyEventsError
from flow.engine.events import (
    AiAnswered,
    EngineEvent,
    HandedBack,
    HttpAnswered,
    Said,
    Started,
    TakenOver,
    TimerFired,
)
from flow.engine.held import held, let_go
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.lookup import Find, FlowRef
from flow.engine.outcomes import Outcome
from flow.engine.ratings import rating_of
from flow.engine.run import Run
from flow.engine.session import ACTION, CUSTOMER, PERSON, TIME, Session, Waiting
from flow.engine.walk import Walk
from shared.json_types import JsonObject

EARLY_MILLISECONDS: Final = 1000  # clocks differ; a timer that fires so early is on time


@dataclass(frozen=True, slots=True)
class Step:
    """The session after the event (None: it has ended, or none was started) and what is to be
    done, in order."""

    session: Session | None
    effects: tuple[Effect, ...] = ()


def step(
    find: Find,
    session: Session | None,
    event: EngineEvent,
    *,
    start: FlowRef | None = None,
    contact: JsonObject,
    workspace: JsonObject,
    now: int,
    seed: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> Step:
    """What an event makes of a session.

    `start` is the flow that the event starts (see `starts.choose`); a session that runs is broken
    off for it. Otherwise the event goes to the session; one that it does not wait for changes
    nothing, and neither does a tap that rates an answer from knowledge. `contact` and `workspace`
    are what texts and rules see of them; `now` is in milliseconds since 1970. `seed` goes into what
    is drawn at random, together with the event's id: the same event makes the same step.

    Never raises on any event: a session that hits a limit ends with a Stopped effect, and keeps
    what it had sent before.
    """
    if isinstance(event, Said) and (rating := rating_of(event.payload)):
        return Step(session, (rating,))
    host = _Host(find, contact, workspace, now, seed, limits)
    if start is not None and isinstance(event, Said | Started):
        before = _given_up(session, "interrupted") if session else ()
        return host.started(start, event, before)
    return Step(None) if session is None else host.told(session, event)


def expire(session: Session) -> Step:
    """Give up a session that has waited too long for the contact (see `starts.is_expired`)."""
    return Step(None, _given_up(session, "expired"))


def _given_up(session: Session, code: str) -> tuple[Effect, ...]:
    top = session.top
    visit = Visit(top.flow, top.version, top.node, entered=False, dropped=code)
    return (Traced(session.id, (visit,)),)


def _is_awaited(session: Session, event: EngineEvent, now: int) -> bool:
    waiting = session.waiting
    match event:
        case Said() if waiting.awaited == ACTION:  # its answer was lost, or it would be here
            return waiting.deadline is not None and now > waiting.deadline
        case Said():
            return waiting.awaited in (CUSTOMER, TIME) and not session.silenced
        case HttpAnswered() | AiAnswered():
            return waiting.awaited == ACTION and event.correlation == waiting.correlation
        case TimerFired():
            is_ours = event.correlation == waiting.correlation and waiting.deadline is not None
            talks_with_a_person = session.silenced and waiting.awaited == CUSTOMER
            return is_ours and not talks_with_a_person and _is_due(waiting, now)
    return False


def _is_due(waiting: Waiting, now: int) -> bool:
    return waiting.deadline is not None and now >= waiting.deadline - EARLY_MILLISECONDS


def _still_to_wake(session: Session, event: EngineEvent, now: int) -> tuple[Effect, ...]:
    """A timer that came too early is set again."""
    waiting = session.waiting
    if not isinstance(event, TimerFired) or event.correlation != waiting.correlation:
        return ()
    if waiting.deadline is None or _is_due(waiting, now):
        return ()
    return (WakeAt(waiting.correlation, waiting.deadline),)


@dataclass(frozen=True, slots=True)
class _Host:
    """What the step was given, for the ways that it may go."""

    find: Find
    contact: JsonObject
    workspace: JsonObject
    now: int
    seed: str
    limits: Limits

    def started(self, ref: FlowRef, event: Said | Started, before: tuple[Effect, ...]) -> Step:
        session_id = hashlib.sha256(f"{event.id}\n{ref.id}".encode()).hexdigest()[:24]
        run = self._run(session_id, event, {})
        parameters: JsonObject = {}
        if isinstance(event, Started):
            run.generation, parameters = event.generation, event.parameters
        try:
            walk = Walk.from_start(run, self.find, ref.id, ref.version, parameters)
            if isinstance(event, Started) and event.values:
                run.set("trigger", event.values)
        except FlowStoppedError as stopped:
            return Step(None, (*before, Stopped(stopped.code)))
        after = self._walked(walk, None, event)
        return Step(after.session, (*before, *after.effects))

    def told(self, session: Session, event: EngineEvent) -> Step:
        if isinstance(event, TakenOver):
            return Step(replace(session, silenced=True))
        if isinstance(event, HandedBack):
            return self.handed_back(session, event)
        if not _is_awaited(session, event, self.now):
            return Step(session, _still_to_wake(session, event, self.now))
        if session.silenced and session.waiting.awaited != PERSON:
            return Step(replace(session, held=held(event)))
        return self.resumed(session, event)

    def resumed(self, session: Session, event: EngineEvent) -> Step:
        run = self._run(session.id, event, session.message)
        run.generation, run.starts = session.generation, session.starts
        run.silenced, run.waiting = session.silenced, session.waiting
        try:
            walk = Walk.at(run, self.find, list(session.frames))
        except FlowStoppedError as stopped:
            return Step(None, (Stopped(stopped.code), *_given_up(session, stopped.code)))
        return self._walked(walk, session, event)

    def handed_back(self, session: Session, event: HandedBack) -> Step:
        """Go on where it was: what was asked is asked again, what came meanwhile counts."""
        awake = replace(session, silenced=False, held=None)
        if session.waiting.awaited in (PERSON, CUSTOMER):
            return self.resumed(session if session.waiting.awaited == PERSON else awake, event)
        if session.held is not None:
            return self.resumed(awake, let_go(session, event))
        return Step(awake)

    def _walked(self, walk: Walk, before: Session | None, event: EngineEvent) -> Step:
        run = walk.run
        session: Session | None = None
        stopped: tuple[Effect, ...] = ()
        try:
            events = before.events + 1 if before else 1
            if events > self.limits.events_per_session:
                raise TooManyEventsError(f"{events} events")
            waiting = walk.go_on(_first(walk, before, event))
            if before is not None and waiting == before.waiting and not run.effects:
                return Step(before)  # the node takes no notice of what was said
            if waiting is not None:
                session = self._session(walk, before, events, waiting)
        except FlowStoppedError as error:
            walk.dropped(error.code)
            stopped = (Stopped(error.code),)
        return Step(session, (*run.effects, *stopped, Traced(run.session, tuple(walk.visits))))

    def _session(
        self, walk: Walk, before: Session | None, events: int, waiting: Waiting
    ) -> Session:
        run = walk.run
        frames = walk.frames()
        size = sum(len(json.dumps(frame.variables)) for frame in frames)
        if size > self.limits.state_bytes:
            raise StateTooLargeError(f"{size} bytes")
        said = isinstance(run.event, Said) or before is None
        return Session(
            id=run.session,
            frames=frames,
            waiting=waiting,
            events=events,
            started_at=before.started_at if before else self.now,
            active_at=self.now if said or before is None else before.active_at,
            silenced=run.silenced,
            generation=run.generation,
            starts=run.starts,
            message=message_scope.kept(run.scope["message"]),
        )

    def _run(self, session_id: str, event: EngineEvent, message: JsonObject) -> Run:
        if isinstance(event, Said):
            message = message_scope.message_of(event)
        scope: JsonObject = {
            "vars": {},
            "contact": self.contact,
            "message": message,
            "workspace": self.workspace,
            "run": {"id": session_id, "now": self.now},
        }
        return Run(
            session=session_id,
            event=event,
            now=self.now,
            limits=self.limits,
            seed=self.seed,
            contact=self.contact,
            workspace=self.workspace,
            scope=scope,
        )


def _first(walk: Walk, before: Session | None, event: EngineEvent) -> Outcome:
    """What the node says to the event. A question that a person's talk has come between is asked
    again; what the contact says while an answer is overdue is the answer's end."""
    if before is None:
        return walk.enter()
    awaited = before.waiting.awaited
    if isinstance(event, HandedBack) and awaited == CUSTOMER:
        return walk.enter()
    if isinstance(event, Said) and awaited == ACTION:
        event = TimerFired(event.id, before.waiting.correlation)
    return walk.node.resume(walk.run, event)
