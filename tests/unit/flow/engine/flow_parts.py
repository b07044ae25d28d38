"""Flows in few words, and one step of them."""

from __future__ import annotations

import itertools
from typing import Any

from flow.engine.definition import compile_flow
from flow.engine.effects import CallHttp, Effect, Send, Stopped, Traced
from flow.engine.events import EngineEvent, HttpAnswered, Said
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.lookup import FlowRef
from flow.engine.session import Session
from flow.engine.step import step
from shared.json_types import JsonObject

REF = FlowRef("flow", 3)
CONTACT = {"id": "contact-1", "name": "Ana", "username": "ana_s"}


def message(id_: str, text: str = "hello") -> JsonObject:
    return {"id": id_, "type": "message", "data": {"text": text}}


def question(id_: str, variable: str = "answer", text: str = "well?") -> JsonObject:
    return {"id": id_, "type": "question", "data": {"text": text, "variable": variable}}


def condition(id_: str, **cases: Any) -> JsonObject:
    """Rules by handle, in order."""
    found = [{"handle": handle, "rule": rule} for handle, rule in cases.items()]
    return {"id": id_, "type": "condition", "data": {"cases": found}}


def http(id_: str, variable: str = "answer", **data: Any) -> JsonObject:
    return {
        "id": id_,
        "type": "http",
        "data": {"url": "https://shop.example/", "variable": variable, **data},
    }


def edge(source: str, target: str, handle: str | None = None) -> JsonObject:
    built = {"source": source, "target": target}
    return built if handle is None else {**built, "sourceHandle": handle}


def chain(*nodes: JsonObject) -> JsonObject:
    """Each node's default exit leads to the next."""
    ids = [node["id"] for node in nodes]
    return flow(nodes, [edge(a, b) for a, b in itertools.pairwise(ids)])


def flow(nodes: Any, edges: Any, **extra: Any) -> JsonObject:
    nodes = list(nodes)
    start = {"schema": 1, "name": "test", "start": nodes[0]["id"]}
    return {**start, "nodes": nodes, "edges": list(edges), **extra}


class Talk:
    """A session that goes from step to step. `effects` are those of the last one."""

    def __init__(self, definition: JsonObject, limits: Limits = DEFAULT_LIMITS) -> None:
        self.flow = compile_flow(definition, limits)
        self.limits = limits
        self.session: Session | None = None
        self.effects: tuple[Effect, ...] = ()
        self.now = 1_800_000_000_000
        self._events = 0

    def says(self, text: str) -> Talk:
        self._events += 1
        return self.happens(Said(f"wamid.{self._events}", text))

    def hears(self, outcome: str, body: Any = None, status: int | None = 200) -> Talk:
        """The answer that is awaited comes."""
        assert self.session is not None
        correlation = self.session.waiting.correlation
        return self.happens(HttpAnswered(f"http:{correlation}", correlation, outcome, status, body))

    def happens(self, event: EngineEvent) -> Talk:
        done = step(
            lambda flow_id, _: (REF.version, self.flow) if flow_id == REF.id else None,
            self.session,
            event,
            start=REF if self.session is None and isinstance(event, Said) else None,
            contact=CONTACT,
            workspace={},
            now=self.now,
            limits=self.limits,
        )
        self.session = done.session
        self.effects = tuple(e for e in done.effects if not isinstance(e, Traced))
        return self

    @property
    def texts(self) -> list[str]:
        return [e.message["text"]["body"] for e in self.effects if isinstance(e, Send)]

    @property
    def calls(self) -> list[CallHttp]:
        return [effect for effect in self.effects if isinstance(effect, CallHttp)]

    @property
    def stopped_by(self) -> list[str]:
        return [effect.code for effect in self.effects if isinstance(effect, Stopped)]

    @property
    def node(self) -> str | None:
        return self.session.top.node if self.session else None

    @property
    def variables(self) -> JsonObject:
        assert self.session is not None
        return self.session.top.variables
