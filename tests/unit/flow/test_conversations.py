"""Whole conversations: which flow starts, waits, bursts, people who step in, starts, bots."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from flow.starting import of_phone
from shared.events import AGENT_MESSAGE, ECHO, HANDED_BACK, TAKEN_OVER
from shared.json_types import JsonObject
from shared.public_http import Response
from shared.store import traces as module
from shared.store.traces import Traces
from tests.published import publish
from tests.unit.flow.lane_world import World, customer
from tests.unit.flow.whole_lane import FakeKnowledge, Lane

DAY = 24 * 3600


def text(id_: str, words: str) -> JsonObject:
    return {"id": id_, "type": "message", "data": {"content": {"kind": "text", "text": words}}}


def ask(id_: str, words: str, **data: Any) -> JsonObject:
    asked = {"content": {"kind": "text", "text": words}, "answer": {"kind": "text"}}
    return {"id": id_, "type": "ask", "data": {**asked, "variable": id_, **data}}


def node(id_: str, type_: str, **data: Any) -> JsonObject:
    return {"id": id_, "type": type_, "data": data}


def flow(*nodes: JsonObject, edges: list[tuple[str, str, str]] | None = None, **extra: Any) -> Any:
    """Each node leads to the next by its default exit; `edges` are (source, exit, target)."""
    ids = [one["id"] for one in nodes]
    chain = [{"source": a, "target": b} for a, b in pairwise(ids)]
    more = [{"source": a, "sourceHandle": e, "target": b} for a, e, b in edges or []]
    taken = {(one["source"], one["sourceHandle"]) for one in more}
    chain = [one for one in chain if (one["source"], "default") not in taken]
    return {
        "schema": 2,
        "name": "Flow",
        "start": ids[0],
        "triggers": [],
        "nodes": list(nodes),
        "edges": [*chain, *more],
        **extra,
    }


def lane(dynamodb: Any, default: JsonObject, **others: JsonObject) -> Lane:
    """A lane of a workspace with these flows; the first answers what no trigger fits."""
    world = World(dynamodb, default)
    for name, definition in others.items():
        publish(world.flows, name, definition)
    world.worker = world.new_worker()
    return Lane(world, customer())


def test_the_most_exact_trigger_starts_and_the_numbers_own_flow_catches_the_rest(
    dynamodb: Any,
) -> None:
    one = lane(
        dynamodb,
        flow(text("a", "default")),
        any=flow(text("a", "any"), triggers=[{"type": "new_contact"}]),
        menu=flow(text("a", "menu"), triggers=[{"type": "keyword", "words": ["menu"]}]),
        later=flow(text("a", "later"), triggers=[{"type": "keyword", "words": ["menu", "x"]}]),
    )
    one.says("Menu!", "halo", "x")
    assert one.sent() == ["menu", "default", "later"]
    other = Lane(one.world, customer())
    assert other.says("halo").sent() == ["any"]


def test_a_keyword_breaks_off_a_question_only_where_the_flow_lets_it(dynamodb: Any) -> None:
    menu = flow(text("a", "menu"), triggers=[{"type": "keyword", "words": ["menu"]}])
    soft = lane(dynamodb, flow(ask("q", "name?"), text("t", "hi {{vars.q}}")), menu=menu)
    assert soft.says("halo", "menu").sent() == ["name?", "menu"]
    settings = {"interruptible": False}
    hard = flow(ask("q", "name?"), text("t", "hi {{vars.q}}"), settings=settings)
    assert lane(dynamodb, hard, menu=menu).says("halo", "menu").sent() == ["name?", "hi menu"]


@pytest.mark.parametrize(
    ("amount", "unit", "seconds", "step"),
    [(3, "seconds", 3, 1), (20, "minutes", 1200, 5), (40, "days", 40 * DAY, 1800)],
)
def test_a_flow_waits_as_long_as_it_says(
    dynamodb: Any, amount: int, unit: str, seconds: int, step: int
) -> None:
    waiting = node("w", "wait", **{"for": {"amount": amount, "unit": unit}})
    one = lane(dynamodb, flow(text("a", "wait"), waiting, text("b", "now")))
    one.says("halo").later(seconds - step, step=step)
    assert one.sent() == ["wait"]
    assert one.later(step + 1, step=1).sent() == ["wait", "now"]
    assert one.conversation.session is None


def test_no_answer_in_time_and_an_answer_in_time(dynamodb: Any) -> None:
    timeout = {"amount": 2, "unit": "minutes"}
    asking = flow(
        ask("q", "still there?", timeout=timeout),
        text("yes", "good"),
        node("end", "end"),
        text("no", "bye"),
        edges=[("q", "timeout", "no")],
    )
    silent = lane(dynamodb, asking).says("halo").later(121)
    assert silent.sent() == ["still there?", "bye"]
    prompt = lane(dynamodb, asking).says("halo").later(60).says("here").later(120)
    assert prompt.sent() == ["still there?", "good"]


def test_what_is_said_in_one_breath_is_one_answer(dynamodb: Any) -> None:
    merging = flow(ask("q", "tell me"), text("t", "<{{vars.q}}>"), settings={"merge_seconds": 4})
    one = lane(dynamodb, merging)
    one.says("halo").says("a").later(2).says("b").later(3)
    assert one.sent() == ["tell me"]
    assert one.says("c").later(4).sent() == ["tell me", "<a\nb\nc>"]
    assert one.conversation.handling.burst is None
    two = lane(dynamodb, merging).says("halo", "a", "b").later(60)
    assert two.sent() == ["tell me", "<a\nb>"]


def test_a_person_takes_over_and_hands_back_where_it_was(dynamodb: Any) -> None:
    one = lane(dynamodb, flow(ask("q", "name?"), text("t", "hi {{vars.q}}")))
    one.says("halo").happens(TAKEN_OVER, "t1", by="budi")
    one.says("are you a bot?").says("hello?")
    hi = {"type": "text", "text": {"body": "I am Budi"}}
    one.happens(AGENT_MESSAGE, "m1", by="budi", message=hi)
    one.happens(AGENT_MESSAGE, "m1", by="budi", message=hi)
    assert one.sent() == ["name?", "I am Budi"]
    summary = one.world.conversations.open(one.world.channel, one.contact).summary
    assert summary is not None
    assert summary.taken is not None
    assert summary.taken["by"] == "budi"
    one.happens(HANDED_BACK, "h1")
    assert one.says("Ana").sent() == ["name?", "I am Budi", "name?", "hi Ana"]
    assert one.conversation.handling.taken is None


def test_the_bot_comes_back_some_time_after_the_persons_last_word(dynamodb: Any) -> None:
    one = lane(dynamodb, flow(ask("q", "name?"), text("t", "hi {{vars.q}}")))
    one.says("halo").happens(TAKEN_OVER, "t1", by="budi", back_after=600)
    one.later(500, step=5)
    message = {"type": "text", "text": {"body": "a moment"}}
    one.happens(AGENT_MESSAGE, "m1", by="budi", message=message)
    one.later(500, step=5)
    assert one.says("Ana").sent() == ["name?", "a moment"]
    one.later(105, step=5)
    assert one.sent() == ["name?", "a moment", "name?"]


def test_what_comes_while_a_person_answers_counts_after_the_hand_back(dynamodb: Any) -> None:
    waiting = node("w", "wait", **{"for": {"amount": 5, "unit": "minutes"}})
    one = lane(dynamodb, flow(text("a", "wait"), waiting, text("b", "now")))
    one.says("halo").happens(TAKEN_OVER, "t1", by="budi").later(400, step=5)
    assert one.sent() == ["wait"]
    assert one.happens(HANDED_BACK, "h1").sent() == ["wait", "now"]


def test_whoever_writes_on_the_phone_silences_the_bot(dynamodb: Any) -> None:
    one = lane(dynamodb, flow(text("a", "bot")))
    one.says("halo")
    event = {"type": "text", "id": "wamid.echo", "text": {"body": "from the phone"}}
    one.happens(ECHO, "echo1", **event)
    one.says("thanks")
    assert one.sent() == ["bot"]
    one.later(1801, step=30)
    assert one.says("halo again").sent() == ["bot", "bot"]


def test_a_flow_gives_the_conversation_to_people_and_goes_on_after(dynamodb: Any) -> None:
    one = lane(
        dynamodb,
        flow(text("a", "one moment"), node("p", "assign", team="sales"), text("b", "thanks")),
    )
    one.says("halo").says("is anybody there?")
    assert one.sent() == ["one moment"]
    taken = one.conversation.handling.taken
    assert taken is not None
    assert taken.team == "sales"
    assert one.happens(HANDED_BACK, "h1").sent() == ["one moment", "thanks"]


def test_whoever_takes_over_from_a_team_has_it_for_the_team_until_it_goes_back(
    dynamodb: Any,
) -> None:
    one = lane(dynamodb, flow(node("p", "assign", team="sales"), text("b", "thanks")))
    one.says("halo")
    one.happens(TAKEN_OVER, "t1", by="user-budi")
    taken = one.conversation.handling.taken
    assert taken is not None
    assert (taken.by, taken.team) == ("user-budi", "sales")
    one.happens(TAKEN_OVER, "t2", by=None, team="night")
    taken = one.conversation.handling.taken
    assert taken is not None
    assert (taken.by, taken.team) == (None, "night")
    assert one.happens(HANDED_BACK, "h1").sent() == ["thanks"]


def test_a_call_and_a_question_to_the_knowledge_answer_a_customer(dynamodb: Any) -> None:
    calling = flow(
        node("call", "http", url="https://shop.example/{{message.text}}", variable="order"),
        node("ai", "ai", knowledge_base="faq", question="when open?"),
        text("done", "order {{vars.order.body.status}}"),
        edges=[("call", "success", "ai"), ("ai", "answered", "done")],
    )
    one = lane(dynamodb, calling).says("A1")
    assert one.sent() == ["Open from nine", "order sent"]
    assert one.knowledge.asked[0]["question"] == "when open?"


def test_without_a_knowledge_base_the_node_is_left_by_failed(dynamodb: Any) -> None:
    one = lane(
        dynamodb,
        flow(
            node("ai", "ai", knowledge_base="x"),
            text("no", "sorry"),
            edges=[("ai", "failed", "no")],
        ),
    )
    one.knowledge = FakeKnowledge("failed", "")
    assert one.says("halo").sent() == ["sorry"]


def test_a_program_starts_a_flow_once_for_whoever_it_names(dynamodb: Any) -> None:
    offer = flow(text("a", "offer {{vars.code}}"), parameters=[{"name": "code"}])
    one = lane(dynamodb, flow(ask("q", "name?")), offer=offer)
    phone = f"+{one.who.wa_id}"
    one.starts("s1", flow="offer", phone=phone, parameters={"code": "X1"})
    one.starts("s1", flow="offer", phone=phone, parameters={"code": "X1"})
    one.contact = of_phone(one.world.channel, phone).contact
    assert one.sent() == ["offer X1"]
    one.starts("s2", flow="offer", conversation=one.contact, parameters={"code": "X2"})
    assert one.sent() == ["offer X1", "offer X2"]


def test_a_start_leaves_alone_whoever_is_busy(dynamodb: Any) -> None:
    one = lane(dynamodb, flow(ask("q", "name?")), offer=flow(text("a", "offer")))
    one.says("halo").starts("s1", flow="offer", conversation=one.contact)
    assert one.sent() == ["name?"]
    one.starts("s2", flow="offer", conversation=one.contact, interrupt=True)
    assert one.sent() == ["name?", "offer"]
    one.happens(TAKEN_OVER, "t1", by="budi")
    one.starts("s3", flow="offer", conversation=one.contact, interrupt=True)
    assert one.sent() == ["name?", "offer"]


def test_flows_that_start_flows_for_others_end(dynamodb: Any) -> None:
    spread = flow(
        text("a", "hello"),
        node("s", "start_flow", flow="spread", contact="{{contact.phone}}"),
        settings={"when_busy": "interrupt"},
    )
    one = lane(dynamodb, flow(text("x", "x")), spread=spread)
    one.starts("s1", flow="spread", phone=f"+{one.who.wa_id}")
    one.contact = of_phone(one.world.channel, f"+{one.who.wa_id}").contact
    assert one.sent() == ["hello"] * 4


def test_two_bots_that_answer_each_other_stop(dynamodb: Any) -> None:
    one = lane(dynamodb, flow(text("a", "I am a bot")))
    for _ in range(30):
        one.says("I am a bot too")
    assert len(one.sent()) == 20
    assert one.conversation.outbox[-1].effects[0] == {"kind": "stopped", "code": "bot_loop"}
    one.world.clock.advance(301)
    assert len(one.says("I am a bot too").sent()) == 21


def test_events_of_a_workspace_that_has_lost_the_number_do_nothing(dynamodb: Any) -> None:
    one = lane(dynamodb, flow(ask("q", "name?"))).says("halo")
    one.happens(TAKEN_OVER, "t1", by="x", tenant="somebody_else")
    assert one.conversation.handling.taken is None


def test_what_happened_is_kept_and_counted(dynamodb: Any) -> None:
    asking = flow(ask("q", "name?"), text("t", "hi {{vars.q}}"))
    one = lane(dynamodb, asking)
    one.says("halo").says("Ana")
    other = Lane(one.world, customer()).says("halo")
    traces = Traces(one.world.tenant, one.world.table, dynamodb)
    counts = traces.counts("echo", one.world.clock())
    assert counts.runs == 2
    assert counts.nodes["q", "entered"] == 2
    assert counts.nodes["q", "waiting"] == 1
    assert counts.nodes["q", "exit default"] == 1
    assert counts.nodes["t", "entered"] == 1
    (first, second) = reversed(traces.of_conversation(one.world.channel, one.contact))
    assert (first.begun, second.begun) == (True, False)
    assert second.visits[0]["values"] == {"q": "Ana"}
    assert other.conversation.session is not None


def test_counts_are_the_same_after_they_were_added_up(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WORTH_ADDING_UP", 1)
    one = lane(dynamodb, flow(ask("q", "name?"), text("t", "hi")))
    one.says("halo").says("Ana").says("halo")
    traces = module.Traces(one.world.tenant, one.world.table, dynamodb)
    before = traces.counts("echo", one.world.clock())
    one.world.clock.advance(2 * DAY)
    for _ in range(3):
        again = traces.counts("echo", one.world.clock())
        assert (again.runs, +again.nodes) == (before.runs, +before.nodes)
    one.says("Budi")
    assert traces.counts("echo", one.world.clock()).nodes["t", "entered"] == 2


def test_a_failing_call_leaves_by_its_own_exit(dynamodb: Any) -> None:
    calling = flow(
        node("call", "http", url="https://shop.example/"),
        text("bad", "sorry"),
        edges=[("call", "failure", "bad")],
    )
    one = lane(dynamodb, calling)
    one.answer = Response(500, b"no")
    assert one.says("halo").sent() == ["sorry"]


def test_the_workspaces_programs_hear_of_a_webhook_node(dynamodb: Any) -> None:
    telling = flow(node("hook", "webhook", event="order.placed"), text("t", "done"))
    one = lane(dynamodb, telling).says("halo")
    assert one.sent() == ["done"]
    (entry,) = one.world.sqs.sent["notices"]
    notice = json.loads(entry["MessageBody"])["notice"]
    assert notice["type"] == "flow.event"
    assert notice["data"]["event"] == "order.placed"
