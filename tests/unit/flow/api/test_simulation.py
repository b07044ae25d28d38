"""The simulator's route: state in, state and effects out."""

from __future__ import annotations

from typing import Any

import pytest

from flow import simulation
from shared.json_types import JsonObject
from shared.public_http import Response
from tests.unit.flow.api.asking import Flows
from tests.unit.flow.test_conversations import ask, flow, node, text

NOW = 1_800_000_000_000


class Simulator:
    def __init__(self, flows: Flows, definition: JsonObject) -> None:
        self.flows, self.flow = flows, definition
        self.last: JsonObject = {"state": None}

    def happens(self, type_: str, **event: Any) -> JsonObject:
        body = {"flow": self.flow, "state": self.last["state"], "event": {"type": type_, **event}}
        self.last = self.flows.ok("POST", "flows/simulate", {**body, "now": NOW})
        return self.last

    def texts(self) -> list[str]:
        return [
            effect["message"]["text"]["body"]
            for effect in self.last["effects"]
            if effect["type"] == "send"
        ]


def test_a_conversation_goes_from_state_to_state(flows: Flows) -> None:
    one = Simulator(flows, flow(ask("q", "name?"), text("t", "hi {{vars.q}}")))
    first = one.happens("said", text="halo")
    assert one.texts() == ["name?"]
    assert first["waiting"] == {
        "awaited": "customer",
        "deadline": None,
        "flow": "simulated",
        "node": "q",
    }
    one.happens("said", text="Ana")
    assert one.texts() == ["hi Ana"]
    assert list(dict.fromkeys(visit["node"] for visit in one.last["visits"])) == ["q", "t"]
    assert one.last["waiting"] is None


def test_time_jumps_over_waits(flows: Flows) -> None:
    waiting = node("w", "wait", **{"for": {"amount": 40, "unit": "days"}})
    one = Simulator(flows, flow(text("a", "wait"), waiting, text("b", "now")))
    one.happens("started")
    assert one.texts() == ["wait"]
    one.happens("timer_fired")
    assert one.texts() == ["now"]
    assert one.last["now"] == NOW + 40 * 24 * 3600 * 1000


def test_calls_are_answered_by_what_is_typed_in(flows: Flows) -> None:
    calling = flow(
        node("call", "http", url="https://shop.example/", variable="order"),
        node("ai", "ai", knowledge_base="faq", question="?"),
        text("t", "{{vars.order.body.status}}"),
        edges=[("call", "success", "ai"), ("ai", "answered", "t")],
    )
    one = Simulator(flows, calling)
    assert one.happens("said", text="halo")["effects"][0]["type"] == "call_http"
    one.happens("http_answered", outcome="success", status=200, body={"status": "sent"})
    one.happens("ai_answered", outcome="answered", text="From nine")
    assert one.texts() == ["From nine", "sent"]


def test_what_an_answer_cites_is_kept_as_told(flows: Flows) -> None:
    answering = flow(
        node("ai", "ai", knowledge_base="faq", question="?", variable="found"),
        ask("q", "Did it help?"),
        edges=[("ai", "answered", "q")],
    )
    one = Simulator(flows, answering)
    one.happens("said", text="halo")
    cited = {"number": 1, "title": "prices.md"}
    answer = one.happens(
        "ai_answered", outcome="answered", text="From nine [1]", sources=[cited, "no source"]
    )
    assert answer["variables"]["found"] == {"text": "From nine [1]", "sources": [cited]}


def test_an_awaited_answer_can_be_fetched_for_real(
    flows: Flows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulation, "request", lambda *_, **__: Response(200, b'{"name": "Ana"}'))
    calling = flow(
        node("call", "http", url="https://shop.example/", variable="found"),
        text("a", "{{vars.found.body.name}}"),
        edges=[("call", "success", "a")],
    )
    one = Simulator(flows, calling)
    one.happens("said", text="halo")
    one.happens("perform")
    assert one.texts() == ["Ana"]


def test_a_takeover_can_be_played_through(flows: Flows) -> None:
    one = Simulator(flows, flow(ask("q", "name?"), text("t", "hi")))
    one.happens("said", text="halo")
    one.happens("taken_over")
    assert one.happens("said", text="hello?")["effects"] == []
    one.happens("handed_back")
    assert one.texts() == ["name?"]


def test_messages_within_a_breath_are_answered_at_once_here(flows: Flows) -> None:
    merging = flow(ask("q", "?"), text("t", "<{{vars.q}}>"), settings={"merge_seconds": 9})
    one = Simulator(flows, merging)
    one.happens("said", text="halo")
    one.happens("said", text="Ana")
    assert one.texts() == ["<Ana>"]


def test_the_saved_draft_is_used_and_nothing_is_written(flows: Flows) -> None:
    made = flows.ok("POST", "flows", {"name": "F", "flow": flow(text("a", "drawn"))})
    body = {"flow_id": made["id"], "event": {"type": "said", "text": "x"}}
    answer = flows.ok("POST", "flows/simulate", body)
    assert answer["effects"][0]["message"]["text"]["body"] == "drawn"
    assert flows.sqs.sent == {}
    assert flows.audited() == ["flow.created"]


def test_what_cannot_be_simulated_is_told(flows: Flows) -> None:
    good = flow(text("a", "x"))
    event = {"type": "said", "text": "x"}
    broken = flows.ask("POST", "flows/simulate", {"flow": {"schema": 2}, "event": event})
    assert broken.kind == (422, "flow-invalid")
    for state in ({}, {"session": 1}, {"session": {"frames": 1}}):
        odd = flows.ask("POST", "flows/simulate", {"flow": good, "state": state, "event": event})
        assert odd.kind == (422, "simulation-impossible")
    for event_type in ("timer_fired", "perform", "http_answered", "unheard_of"):
        asked = {"flow": good, "event": {"type": event_type}}
        assert flows.ask("POST", "flows/simulate", asked).kind == (422, "simulation-impossible")
