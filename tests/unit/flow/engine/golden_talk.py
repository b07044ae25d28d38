"""Golden cases: a flow, what happens, and what comes of it. See golden/README.md."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from flow.engine import session as sessions
from flow.engine.contacts import changed
from flow.engine.definition import compile_flow
from flow.engine.effects import (
    AskKnowledge,
    Assign,
    CallHttp,
    EmitWebhook,
    HandBack,
    RateAnswer,
    Send,
    StartFlow,
    Stopped,
    Traced,
    UpdateContact,
    Visit,
    WakeAt,
)
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
from flow.engine.lookup import FlowRef
from flow.engine.session import Session
from flow.engine.step import step
from shared.json_types import JsonObject

FOLDER: Final = Path(__file__).parent / "golden"
FILES: Final = sorted(FOLDER.glob("*.json"))
STARTS_AT: Final = "2026-11-25T09:00:00+07:00"
CONTACT: Final[JsonObject] = {
    "id": "contact-1",
    "name": "Ana",
    "phone": "+6281100000001",
    "language": "en",
    "tags": [],
    "fields": {},
}
WORKSPACE: Final[JsonObject] = {"id": "w", "time_zone": "Asia/Jakarta", "country_code": "62"}
_NAMES: Final = {
    CallHttp: "call",
    AskKnowledge: "ask",
    RateAnswer: "rate",
    UpdateContact: "contact",
    Assign: "assign",
    HandBack: "hand_back",
    StartFlow: "start_flow",
    EmitWebhook: "webhook",
}


def play(case: JsonObject) -> list[JsonObject]:
    """What came of each thing that happened, in the words of the golden files."""
    talk = _Talk(case)
    return [talk.happens(place, dict(turn["when"])) for place, turn in enumerate(case["talk"])]


def stored_flows(cases: list[JsonObject]) -> list[JsonObject]:
    return [flow for case in cases for flow in flows_of(case).values()]


class _Talk:
    def __init__(self, case: JsonObject) -> None:
        self.flows = {name: compile_flow(flow) for name, flow in flows_of(case).items()}
        self.contact = {**CONTACT, **case.get("contact", {})}
        self.workspace = {**WORKSPACE, **case.get("workspace", {})}
        self.now = _milliseconds(case.get("starts_at", STARTS_AT))
        self.session: Session | None = None

    def happens(self, place: int, when: JsonObject) -> JsonObject:
        self.now = _milliseconds(when.pop("at")) if "at" in when else self.now + 1000
        event = self._event(f"wamid.{place}", when)
        starts = self.session is None and isinstance(event, Said | Started)
        done = step(
            lambda flow_id, version: (version or 1, self.flows[flow_id]),
            self.session,
            event,
            start=FlowRef("main", 1) if starts else None,
            contact=self.contact,
            workspace=self.workspace,
            now=self.now,
        )
        before = self.session
        self.session = sessions.from_json(sessions.to_json(done.session)) if done.session else None
        for effect in done.effects:
            for change in effect.changes if isinstance(effect, UpdateContact) else ():
                self.contact = changed(self.contact, change)
        return self._told(before, done.effects)

    def _event(self, id_: str, when: JsonObject) -> EngineEvent:
        correlation = self.session.waiting.correlation if self.session else "none"
        match when:
            case {"said": text, **rest}:
                message = {"type": "text", "text": {"body": text}}
                return Said(id_, text, **{"message": message, **rest})
            case {"started": trigger, **rest}:
                return Started(id_, trigger, **rest)
            case {"answered": outcome, "text": text, **rest}:
                return AiAnswered(id_, correlation, outcome, text, **rest)
            case {"answered": outcome, **rest}:
                return HttpAnswered(id_, correlation, outcome, **rest)
        return self._other_event(id_, when, correlation)

    def _other_event(self, id_: str, when: JsonObject, correlation: str) -> EngineEvent:
        if "timer" in when:
            if self.session is not None and self.session.waiting.deadline is not None:
                self.now = max(self.now, self.session.waiting.deadline)
            return TimerFired(id_, correlation)
        return TakenOver(id_) if "taken_over" in when else HandedBack(id_)

    def _told(self, before: Session | None, effects: tuple[Any, ...]) -> JsonObject:
        told: JsonObject = {"effects": [], "path": []}
        for effect in effects:
            match effect:
                case Traced(_, visits):
                    told["path"] += [_path(visit) for visit in visits]
                case Send(message):
                    told["effects"].append({"send": message})
                case WakeAt(_, at):
                    told["effects"].append({"wake": self._written(at)})
                case Stopped(code):
                    told["effects"].append({"stopped": code})
                case _:
                    parts = {k: v for k, v in asdict(effect).items() if k != "correlation"}
                    parts = json.loads(json.dumps(parts))
                    told["effects"].append({_NAMES[type(effect)]: parts})
        if self.session is None:
            return {**told, "ended": True}
        waiting: JsonObject = {"awaited": self.session.waiting.awaited, "at": self.session.top.node}
        if self.session.silenced:
            waiting["silenced"] = True
        return {**told, "waits": waiting, "vars": self.session.top.variables}

    def _written(self, at: int) -> str:
        return datetime.fromtimestamp(at / 1000, UTC).isoformat().replace("+00:00", "Z")


def flows_of(case: JsonObject) -> JsonObject:
    """The case's own nodes are the flow "main"; others stand by their names."""
    if "stored" in case:
        return {"main": case["stored"]}
    nodes, edges = case["nodes"], [_edge(edge) for edge in case.get("edges", [])]
    rest = {"name": "main", "start": nodes[0]["id"], **case.get("flow", {})}
    found = {"main": {"schema": 2, "nodes": nodes, "edges": edges, **rest}}
    for name, flow in case.get("flows", {}).items():
        edges = [_edge(edge) for edge in flow.get("edges", [])]
        start = flow["nodes"][0]["id"]
        found[name] = {"schema": 2, "name": name, "start": start, **flow, "edges": edges}
    return found


def _edge(written: str) -> JsonObject:
    """`ask -> thanks`, `ask (timeout) -> bye`."""
    source, target = written.split(" -> ")
    source, _, exit_ = source.partition(" (")
    return {"source": source, "target": target, "sourceHandle": exit_.rstrip(")") or None}


def _path(visit: Visit) -> str:
    place = visit.node if visit.flow == "main" else f"{visit.flow}/{visit.node}"
    if visit.dropped:
        return f"{place} x {visit.dropped}"
    return f"{place} > {visit.exit}" if visit.exit else place


def _milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)
