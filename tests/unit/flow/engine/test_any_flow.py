"""Random flows with circles: every step ends, nothing raises, and what comes out can be stored."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from hypothesis import HealthCheck, given, settings

from flow.engine import session as sessions
from flow.engine.checks import check
from flow.engine.definition import Flow, compile_flow
from flow.engine.effects import Send, Stopped, Traced
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
from flow.engine.limits import Limits
from flow.engine.lookup import FlowRef
from flow.engine.nodes import NODE_TYPES
from flow.engine.session import Session
from flow.engine.step import Step, step
from flow.engine.walk import ENDED, JUMPED
from shared.json_types import JsonObject
from tests.unit.flow.engine.any_flow import DATA, HAPPENINGS, flows

LIMITS = Limits(
    steps_per_event=12,
    events_per_session=8,
    frames=3,
    state_bytes=600,
    output_bytes=2500,
    sends_per_event=6,
    rule_steps_per_event=300,
    rule_growth=500,
    starts_per_session=2,
    wait_seconds=300 * 86_400,
)
REF = FlowRef("main", 1)


def test_every_type_of_node_is_tried() -> None:
    assert DATA.keys() == NODE_TYPES.keys()


class _Play:
    def __init__(self, main: JsonObject, other: JsonObject) -> None:
        self.flows = {"main": compile_flow(main, LIMITS), "other": compile_flow(other, LIMITS)}
        self.session: Session | None = None
        self.now = 1_800_000_000_000
        self.serial = 0

    def find(self, flow_id: str, version: int | None) -> tuple[int, Flow] | None:
        flow = self.flows.get(flow_id)
        return None if flow is None else (version or 1, flow)

    def happens(self, kind: str, *content: Any) -> Step:
        self.serial += 1
        self.now += 60_000
        event = self._event(f"e{self.serial}", kind, *content)
        is_start = self.session is None and isinstance(event, Said | Started)
        done = step(
            self.find,
            self.session,
            event,
            start=REF if is_start or isinstance(event, Started) else None,
            contact={"id": "c", "name": "Ana", "tags": []},
            workspace={"time_zone": "Asia/Jakarta"},
            now=self.now,
            limits=LIMITS,
        )
        self.session = done.session
        return done

    def _event(self, id_: str, kind: str, *content: Any) -> EngineEvent:
        waiting = self.session.waiting if self.session else None
        correlation = waiting.correlation if waiting else "none"
        if kind == "timer" and waiting and waiting.deadline:
            self.now = max(self.now, waiting.deadline)
        match kind:
            case "said":
                return Said(id_, content[0], "yes" if content[0] == "yes" else None, content[1])
            case "http":
                return HttpAnswered(id_, correlation, content[0], 200, content[1])
            case "ai":
                return AiAnswered(id_, correlation, content[0], content[1])
        others: dict[str, EngineEvent] = {
            "late": HttpAnswered(id_, "somebody else's", "success", 200, {}),
            "taken": TakenOver(id_),
            "back": HandedBack(id_),
            "started": Started(id_, "api", {"k": 1}, {"a": "1"}),
        }
        return others.get(kind, TimerFired(id_, correlation))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(main=flows(), other=flows(), happenings=HAPPENINGS)
def test_it_stops_and_never_raises(
    main: JsonObject, other: JsonObject, happenings: list[tuple[Any, ...]]
) -> None:
    play = _Play(main, other)
    for kind, *content in happenings:
        before = play.session
        done = play.happens(kind, *content)
        _check_effects(play, done)
        _check_session(play, before)
        if kind == "late":
            assert done == Step(before)


def _check_effects(play: _Play, done: Step) -> None:
    effects = [effect for effect in done.effects if not isinstance(effect, Traced)]
    # One more than the limit may have been wanted when it is noticed, and it is small.
    assert len(json.dumps([asdict(effect) for effect in effects])) < 2 * LIMITS.output_bytes
    assert sum(isinstance(effect, Send) for effect in effects) <= LIMITS.sends_per_event
    for effect in done.effects:
        match effect:
            case Send({"type": "text", "text": {"body": body}}):
                assert body.strip()
                assert len(body) <= LIMITS.text_characters
            case Stopped():
                assert play.session is None
            case Traced(_, visits):
                assert len(visits) <= 3 * LIMITS.steps_per_event
                for visit in visits:
                    node = play.flows[visit.flow].nodes[visit.node]
                    assert visit.exit in {None, ENDED, JUMPED, *node.exits()}


def _check_session(play: _Play, before: Session | None) -> None:
    session = play.session
    if session is None:
        return
    assert session.top.node in play.flows[session.top.flow].nodes
    assert len(session.frames) <= LIMITS.frames
    assert session.events <= LIMITS.events_per_session
    size = sum(len(json.dumps(frame.variables)) for frame in session.frames)
    assert size <= LIMITS.state_bytes
    assert sessions.from_json(json.loads(json.dumps(sessions.to_json(session)))) == session
    assert session.silenced or session.waiting.awaited != "person" or before is not None


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(flow=flows())
def test_any_flow_can_be_checked(flow: JsonObject) -> None:
    for finding in check(flow):
        assert finding.node_id is None or finding.node_id in {node["id"] for node in flow["nodes"]}
        assert finding.message
