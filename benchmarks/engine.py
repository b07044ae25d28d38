"""CPU of the flow engine per event: the session read from and written to JSON each time, the flow
compiled once, as in a warm worker.

The first flow's target is what goflow, RapidPro's engine in Go, takes per event on such a machine.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.timing import cpu_microseconds
from flow.engine import session as sessions
from flow.engine.definition import Flow, compile_flow
from flow.engine.events import EngineEvent, HttpAnswered, Said, TimerFired
from flow.engine.lookup import FlowRef
from flow.engine.session import Session
from flow.engine.step import step
from shared.json_types import JsonObject

TARGET_MICROSECONDS = 440.0
STEP_TARGET_MICROSECONDS = 20.0
CONTACT: JsonObject = {"id": "c1", "name": "Ana", "language": "id", "tags": [], "fields": {}}
WORKSPACE: JsonObject = {"id": "w1", "time_zone": "Asia/Jakarta"}
NOW = 1_800_000_000_000
LOOPS = 100

Answer = Callable[[Session | None, str], EngineEvent]


@dataclass(frozen=True, slots=True)
class Row:
    """`microseconds` of CPU per event, over events that lead through `steps` nodes on average."""

    case: str
    events: int
    steps: float
    microseconds: float
    target: float | None = None


def run() -> list[Row]:
    rows = [_row(case, *CASES[case]()) for case in CASES]
    first, loop = rows[0], rows[1]
    further = (loop.microseconds - first.microseconds) / (loop.steps - first.steps)
    first = Row(first.case, first.events, first.steps, first.microseconds, TARGET_MICROSECONDS)
    per_step = Row("one further step of the loop", 0, 1, further, STEP_TARGET_MICROSECONDS)
    return [first, *rows[1:], per_step]


def _row(case: str, flows: dict[str, Flow], answers: list[Answer]) -> Row:
    visits = sum(_conversation(flows, answers))
    total = cpu_microseconds(lambda: list(_conversation(flows, answers)))
    return Row(case, len(answers), visits / len(answers), total / len(answers))


def _conversation(flows: dict[str, Flow], answers: list[Answer]) -> Iterator[int]:
    """How many nodes each event led through; the state is text in between, as in the store."""
    stored = "null"
    for place, answer in enumerate(answers):
        raw = json.loads(stored)
        session = sessions.from_json(raw) if raw else None
        done = step(
            lambda flow_id, _: (1, flows[flow_id]),
            session,
            answer(session, f"e{place}"),
            start=FlowRef("main", 1) if session is None else None,
            contact=CONTACT,
            workspace=WORKSPACE,
            now=NOW + place * 3 * 3600 * 1000,
        )
        after = done.session
        stored = json.dumps(sessions.to_json(after) if after else None)
        yield len(done.effects[-1].visits)  # type: ignore[union-attr]
    if stored != "null":
        raise AssertionError("the conversation is to come to its end")


def _says(text: str) -> Answer:
    return lambda _, id_: Said(id_, text, message={"type": "text", "text": {"body": text}})


def _wakes(session: Session | None, id_: str) -> EngineEvent:
    assert session is not None
    return TimerFired(id_, session.waiting.correlation)


def _answers(session: Session | None, id_: str) -> EngineEvent:
    assert session is not None
    body = {"order": {"status": "shipped", "items": [{"name": "tea", "count": 2}] * 5}}
    return HttpAnswered(id_, session.waiting.correlation, "success", 200, body)


def _two_questions() -> tuple[dict[str, Flow], list[Answer]]:
    nodes = [
        _ask("name", {"kind": "text"}, "Hello! What is your name?"),
        _ask("age", {"kind": "number", "minimum": 1}, "Hi {{vars.name | capitalize}}, how old?"),
        _say("bye", "Thank you {{vars.name}}, {{vars.age}} it is."),
    ]
    return {"main": _chain(*nodes)}, [_says("halo"), _says("ana"), _says("31")]


def _loop() -> tuple[dict[str, Flow], list[Answer]]:
    """Each turn counts up, and looks whether it is enough."""
    more = {"rule": {"+": [{"var": "vars.count"}, 1]}}
    nodes = [
        _node("zero", "set", assignments=[{"variable": "count", "to": {"value": 0}}]),
        _node("more", "set", assignments=[{"variable": "count", "to": more}]),
        _node(
            "enough",
            "condition",
            cases=[{"exit": "no", "rule": {"<": [{"var": "vars.count"}, LOOPS // 2]}}],
        ),
        _say("done", "{{vars.count}} turns"),
    ]
    edges = [_edge("zero", "more"), _edge("more", "enough"), _edge("enough", "more", "no")]
    return {"main": _flow(nodes, [*edges, _edge("enough", "done")])}, [_says("go")]


def _subflow() -> tuple[dict[str, Flow], list[Answer]]:
    inner = _chain(
        _say("soon", "One moment, {{vars.who}}"),
        _node("wait", "wait", **{"for": {"amount": 2, "unit": "hours"}}),
        _node("end", "end", returns={"result": {"text": "done for {{vars.who}}"}}),
        parameters=[{"name": "who", "kind": "text", "default": "you"}],
    )
    call = _node(
        "call",
        "subflow",
        flow="inner",
        parameters={"who": {"text": "{{contact.name}}"}},
        returns={"answer": "result"},
    )
    main = _chain(_say("hi", "Hello"), call, _say("told", "{{vars.answer}}"))
    return {"main": main, "inner": inner}, [_says("halo"), _wakes]


def _switch() -> tuple[dict[str, Flow], list[Answer]]:
    cases = [{"exit": f"c{i}", "values": [f"word {i}", i]} for i in range(20)]
    nodes = [
        _ask("which", {"kind": "text"}, "Which?"),
        _node("switch", "switch", on={"text": "{{vars.which}}"}, cases=cases),
        *(_say(f"m{i}", f"It is {i}") for i in range(20)),
    ]
    edges = [_edge("which", "switch"), *(_edge("switch", f"m{i}", f"c{i}") for i in range(20))]
    return {"main": _flow(nodes, edges)}, [_says("halo"), _says("Word 19")]


def _http() -> tuple[dict[str, Flow], list[Answer]]:
    call = _node(
        "call",
        "http",
        url="https://shop.example/orders/{{message.text | url_encode}}",
        headers={"X-Contact": "{{contact.id}}"},
        mapping={"status": "order.status", "first": "order.items.0.name"},
    )
    nodes = [call, _say("told", "It is {{vars.status}}: {{vars.first}}")]
    return {"main": _flow(nodes, [_edge("call", "told", "success")])}, [_says("A-17"), _answers]


CASES: dict[str, Callable[[], tuple[dict[str, Flow], list[Answer]]]] = {
    "two questions": _two_questions,
    f"a loop of {LOOPS} steps": _loop,
    "a subflow with a wait": _subflow,
    "a switch of 20 cases": _switch,
    "an HTTP call, answered": _http,
}


def _say(id_: str, text: str) -> JsonObject:
    return _node(id_, "message", content={"kind": "text", "text": text})


def _ask(id_: str, answer: JsonObject, text: str) -> JsonObject:
    content = {"kind": "text", "text": text}
    return _node(id_, "ask", content=content, answer=answer, variable=id_)


def _node(id_: str, type_: str, **data: Any) -> JsonObject:
    return {"id": id_, "type": type_, "data": data}


def _edge(source: str, target: str, exit_: str = "default") -> JsonObject:
    return {"source": source, "target": target, "sourceHandle": exit_}


def _chain(*nodes: JsonObject, **rest: Any) -> Flow:
    ids = [node["id"] for node in nodes]
    return _flow([*nodes], [_edge(*pair) for pair in itertools.pairwise(ids)], **rest)


def _flow(nodes: list[JsonObject], edges: list[JsonObject], **rest: Any) -> Flow:
    start = {"schema": 2, "name": "benchmark", "start": nodes[0]["id"]}
    return compile_flow({**start, "nodes": nodes, "edges": edges, **rest})
