"""An answer or a timer that has come while a person talks with the contact: kept as JSON with the
session, an event again at the hand-back."""

from __future__ import annotations

from flow.engine.events import AiAnswered, EngineEvent, HandedBack, HttpAnswered, TimerFired
from flow.engine.session import Session
from shared.json_types import JsonObject


def held(event: EngineEvent) -> JsonObject:
    match event:
        case HttpAnswered():
            answer = {"outcome": event.outcome, "status": event.status, "body": event.body}
            return {"kind": "http", **answer}
        case AiAnswered():
            told = {"outcome": event.outcome, "text": event.text, "sources": event.sources}
            return {"kind": "ai", **told, "answer": event.answer}
    return {"kind": "timer"}


def let_go(session: Session, event: HandedBack) -> EngineEvent:
    correlation = session.waiting.correlation
    kept = dict(session.held or {})
    match kept.pop("kind", "timer"):
        case "http":
            return HttpAnswered(event.id, correlation, **kept)
        case "ai":
            return AiAnswered(event.id, correlation, **kept)
    return TimerFired(event.id, correlation)
