"""What each type of node does, and by which exit a run goes on."""

from __future__ import annotations

from typing import Any

import pytest

from flow.engine.effects import CallHttp, Send
from flow.engine.events import HttpAnswered, Said
from flow.engine.session import Frame
from tests.house import APA_KABAR
from tests.unit.flow.engine.flow_parts import (
    Talk,
    chain,
    condition,
    edge,
    flow,
    http,
    message,
    question,
)


def test_messages_are_sent_in_order_and_the_end_ends_the_session() -> None:
    talk = Talk(chain(message("a", "one"), message("b", "two"))).says("halo")
    assert talk.effects == (
        Send({"type": "text", "text": {"body": "one"}}),
        Send({"type": "text", "text": {"body": "two"}}),
    )
    assert talk.session is None


def test_what_is_said_after_the_end_starts_anew() -> None:
    talk = Talk(chain(message("a", "one")))
    assert talk.says("halo").texts == talk.says("halo?").texts == ["one"]


def test_a_message_without_words_is_not_sent() -> None:
    talk = Talk(chain(message("a", "{{nothing}} "), message("b", "two"))).says("halo")
    assert talk.texts == ["two"]


def test_a_question_asks_waits_and_keeps_the_answer() -> None:
    talk = Talk(chain(question("ask"), message("end", "[{{answer}}]"))).says("halo")
    assert talk.texts == ["well?"]
    assert talk.session is not None
    assert talk.session.frames == (Frame("flow", 3, "ask", {}),)
    assert (talk.session.waiting.awaited, talk.session.events) == ("customer", 1)
    assert talk.says("  fine  ").texts == ["[fine]"]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_what_has_no_words_does_not_answer_a_question(text: str) -> None:
    talk = Talk(chain(question("ask"), message("end"))).says("halo").says(text)
    assert (talk.node, talk.effects) == ("ask", ())


def test_the_first_case_that_holds_decides() -> None:
    definition = flow(
        [condition("c", never=False, first=True, second=True), message("one"), message("two")],
        [edge("c", "one", "first"), edge("c", "two", "second")],
    )
    definition["nodes"][1]["data"]["text"] = "first"
    assert Talk(definition).says("halo").texts == ["first"]


@pytest.mark.parametrize("handle", [None, "default"])
def test_no_case_leaves_by_default(handle: str | None) -> None:
    definition = flow(
        [condition("c", no=False), message("a", "no"), message("b", "default")],
        [edge("c", "a", "no"), edge("c", "b", handle)],
    )
    assert Talk(definition).says("halo").texts == ["default"]


def test_an_exit_without_an_edge_follows_default() -> None:
    definition = flow([condition("c", yes=True), message("b", "default")], [edge("c", "b")])
    assert Talk(definition).says("halo").texts == ["default"]


def test_an_exit_that_leads_nowhere_ends() -> None:
    definition = flow([condition("c", yes=True), message("b")], [edge("c", "b", "no")])
    talk = Talk(definition).says("halo")
    assert (talk.session, talk.effects) == (None, ())


@pytest.mark.parametrize(("answer", "reply"), [("baik", "Senang"), ("Baik", "Senang"), ("", "")])
def test_rules_see_variables_the_message_and_the_contact(answer: str, reply: str) -> None:
    rule = {
        "and": [
            {"in": [{"var": "answer"}, ["baik", "Baik"]]},
            {"==": [{"var": "message.text"}, answer]},
            {"==": [{"var": "contact.name"}, "Ana"]},
        ]
    }
    nodes = [question("ask"), condition("c", good=rule), message("end", "Senang")]
    definition = flow(nodes, [edge("ask", "c"), edge("c", "end", "good")])
    assert Talk(definition).says("halo").says(answer).texts == ([reply] if reply else [])


def test_the_example_of_the_house() -> None:
    talk = Talk(APA_KABAR).says("hi")
    assert talk.texts == ["Halo! Apa kabar?", "Ceritakan."]
    assert talk.says("baik").texts == ["Senang mendengarnya, Ana!"]
    assert talk.says("hi").texts == ["Halo! Apa kabar?", "Ceritakan."]
    assert talk.says("kurang baik").texts == ["Semoga lekas membaik."]


def _calling(**data: Any) -> Talk:
    ends = ("success", "failure", "timeout")
    nodes = [http("call", **data), *(message(end, end + ": {{answer.body.price}}") for end in ends)]
    return Talk(flow(nodes, [edge("call", end, end) for end in ends]))


def test_a_call_is_filled_in_and_awaited() -> None:
    talk = _calling(
        method="POST",
        url="https://shop.example/{{message.text}}",
        headers={"X-Name": "{{contact.name}}"},
        body='{"said": "{{message.text}}"}',
        timeout_seconds=7,
    ).says("halo")
    assert talk.session is not None
    assert talk.session.waiting.correlation
    assert talk.effects == (
        CallHttp(
            correlation=talk.session.waiting.correlation,
            method="POST",
            url="https://shop.example/halo",
            timeout_seconds=7,
            headers={"X-Name": "Ana"},
            body='{"said": "halo"}',
        ),
    )


@pytest.mark.parametrize("outcome", ["success", "failure", "timeout"])
def test_an_answer_leaves_by_its_outcome(outcome: str) -> None:
    assert _calling().says("halo").hears(outcome, {"price": 5}).texts == [f"{outcome}: 5"]


def test_the_answer_is_kept_with_its_status() -> None:
    talk = Talk(chain(http("call"), question("ask"))).says("halo").hears("failure", "no", 500)
    assert talk.variables == {"answer": {"status": 500, "body": "no"}}


def test_what_is_said_while_a_call_runs_answers_nothing() -> None:
    talk = _calling().says("halo")
    before = talk.session
    assert talk.says("hello?").effects == ()
    assert talk.session == before


def test_an_answer_that_nobody_waits_for_changes_nothing() -> None:
    late = HttpAnswered("http:x", "not awaited", "success", 200, {"price": 1})
    talk = _calling()
    assert talk.happens(late).session is None
    waiting = talk.says("halo").session
    assert talk.happens(late).session == waiting
    assert talk.effects == ()
    done = talk.hears("success").session
    assert talk.happens(late).session == done


def test_an_answer_does_not_answer_a_question() -> None:
    talk = Talk(chain(question("ask"), message("end"))).says("halo")
    talk.happens(HttpAnswered("http:x", "x", "success"))
    assert (talk.node, talk.effects) == ("ask", ())


def test_two_calls_of_one_node_have_correlations_of_their_own() -> None:
    looping = flow([http("call")], [edge("call", "call", "success")])
    talk = Talk(looping).says("halo")
    first = talk.calls[0].correlation
    assert talk.hears("success").calls[0].correlation != first


def test_the_same_step_asks_the_same() -> None:
    """A redelivered event whose commit was lost must not call under another name."""
    one, other = _calling().happens(Said("w", "x")), _calling().happens(Said("w", "x"))
    assert one.effects == other.effects
