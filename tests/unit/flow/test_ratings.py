"""What customers think of answers: a tap, or a number on a linked phone, is kept and disturbs
nothing that a flow does."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.applying import apply
from flow.catalog import Catalog
from flow.engine.definition import compile_flow
from flow.engine.effects import RateAnswer
from flow.engine.lookup import FlowRef
from flow.engine.ratings import rating_of
from flow.handing_over import question_entries
from shared.channels.kinds import BAILEYS, CLOUD_API
from shared.conversation import Contact, Conversation
from shared.events import AI_ANSWERED, MESSAGE, TAKEN_OVER, Event
from shared.json_types import JsonObject
from shared.tenancy import Tenant
from tests.unit.flow.test_conversations import ask, flow, node, text

AT = 1_795_430_400_000
RATING = {"text": "Was this helpful?", "yes": "Yes", "no": "No"}
EXITS = [("know", "no_answer", "end"), ("know", "failed", "end")]
KNOW = node("know", "ai", knowledge_base="kb_1", rating=RATING)


def _flow(*after: JsonObject, **extra: Any) -> Any:
    end = node("end", "end")
    following = after[0]["id"] if after else "end"
    edges = [("know", "answered", following), *EXITS]
    return flow(KNOW, *after, end, edges=edges, **extra)


class Chat:
    """One conversation, by the worker's own function."""

    def __init__(self, stored: JsonObject, kind: str = CLOUD_API) -> None:
        compiled = compile_flow(stored)
        self.catalog = Catalog(
            lambda _, version: (version or 1, compiled),
            default=FlowRef("main", 1),
            channel_kind=kind,
        )
        self.conversation = Conversation("200", Contact("c1", wa_id="62811"), version=1)
        self._ids = itertools.count()

    def happens(self, kind: str, body: JsonObject) -> list[JsonObject]:
        """The effects of one more event."""
        event = Event(f"e{next(self._ids)}", kind, AT, body)
        self.conversation = apply(self.conversation, event, self.catalog, AT, {})
        return list(self.conversation.outbox[-1].effects)

    def says(self, words: str) -> list[JsonObject]:
        return self.happens(MESSAGE, {"type": "text", "text": {"body": words}})

    def taps(self, id_: str) -> list[JsonObject]:
        reply = {"type": "button_reply", "button_reply": {"id": id_, "title": "Yes"}}
        return self.happens(MESSAGE, {"type": "interactive", "interactive": reply})

    def is_answered(self) -> list[str]:
        """Asks and is answered; gives the ids of the two buttons."""
        (asked,) = [one for one in self.says("opening hours?") if one["kind"] == "ai"]
        body = {"correlation": asked["correlation"], "outcome": "answered", "text": "From nine."}
        effects = self.happens(AI_ANSWERED, {**body, "answer": "0answer1"})
        (question,) = [
            one["message"]["interactive"]
            for one in effects
            if one["kind"] == "send" and one["message"]["type"] == "interactive"
        ]
        assert question["body"]["text"] == "Was this helpful?"
        return [button["reply"]["id"] for button in question["action"]["buttons"]]


def rated(effects: list[JsonObject]) -> list[str]:
    return [one["thumb"] for one in effects if one["kind"] == "rate"]


def sent(effects: list[JsonObject]) -> list[str]:
    return [one["message"]["text"]["body"] for one in effects if one["kind"] == "send"]


def test_a_tap_is_kept_and_the_flows_next_question_stays_open() -> None:
    chat = Chat(_flow(ask("size", "Which size?"), text("bye", "{{vars.size}} it is")))
    up, down = chat.is_answered()
    waiting = chat.conversation.session
    assert [one["kind"] for one in chat.taps(up)] == ["rate"]
    assert rated(chat.taps(down)) == ["down"]
    assert chat.conversation.session == waiting
    assert sent(chat.says("M")) == ["M it is"]


def test_a_tap_starts_no_flow_when_none_runs_and_answers_no_person() -> None:
    chat = Chat(_flow())
    up, down = chat.is_answered()
    assert chat.conversation.session is None
    assert [one["kind"] for one in chat.taps(up)] == ["rate"]
    chat.happens(TAKEN_OVER, {"by": "u1"})
    assert [one["kind"] for one in chat.taps(down)] == ["rate"]
    assert chat.conversation.session is None


def test_a_tap_is_no_part_of_what_is_written_in_pieces() -> None:
    chat = Chat(_flow(ask("size", "Which size?"), text("bye", "!"), settings={"merge_seconds": 5}))
    up, _ = chat.is_answered()
    chat.says("I think")
    assert chat.conversation.handling.burst is not None
    assert rated(chat.taps(up)) == ["up"]
    burst = chat.conversation.handling.burst
    assert burst is not None
    assert [part["text"] for part in burst.parts] == ["I think"]


@pytest.mark.parametrize(("said", "thumb"), [("1", "up"), ("2", "down"), ("no", "down")])
def test_a_linked_phone_rates_by_number_or_word_while_nothing_else_was_said(
    said: str, thumb: str
) -> None:
    chat = Chat(_flow(), BAILEYS)
    chat.is_answered()
    assert rated(chat.says(said)) == [thumb]
    assert rated(chat.says(said)) == []


def test_a_number_answers_the_question_that_came_after_and_rates_nothing() -> None:
    chat = Chat(_flow(ask("many", "How many?"), text("bye", "{{vars.many}} it is")), BAILEYS)
    chat.is_answered()
    effects = chat.says("2")
    assert (rated(effects), sent(effects)) == ([], ["2 it is"])


def test_words_that_are_no_rating_go_to_the_flow() -> None:
    chat = Chat(_flow(), BAILEYS)
    chat.is_answered()
    assert [one["kind"] for one in chat.says("and on Sundays?") if one["kind"] == "ai"] == ["ai"]


def test_options_that_a_flow_offers_stay_open_when_something_is_said() -> None:
    choice = {
        "kind": "choice",
        "options": [{"id": "s", "title": "Small"}, {"id": "l", "title": "L"}],
    }
    stored = flow(
        ask("size", "Which size?", answer=choice, retry_text="Please choose"),
        text("bye", "{{vars.size}} it is"),
        edges=[("size", "s", "bye"), ("size", "l", "bye")],
    )
    chat = Chat(stored, BAILEYS)
    chat.says("hi")
    assert chat.conversation.offered is not None
    assert sent(chat.says("2")) == ["l it is"]


def test_without_words_nothing_is_asked() -> None:
    stored = _flow()
    stored["nodes"][0] = node("know", "ai", knowledge_base="kb_1", rating={**RATING, "no": "Yes"})
    chat = Chat(stored)
    (asked,) = [one for one in chat.says("?") if one["kind"] == "ai"]
    body = {"correlation": asked["correlation"], "outcome": "answered", "text": "From nine."}
    assert sent(chat.happens(AI_ANSWERED, body)) == ["From nine."]


def test_what_was_tapped_is_handed_to_knowledge_with_its_conversation() -> None:
    chat = Chat(_flow())
    up, _ = chat.is_answered()
    chat.taps(up)
    entries = question_entries(Tenant("ws_1"), chat.conversation, chat.conversation.outbox[-1:])
    (body,) = [json.loads(entry.body) for entry in entries]
    assert {name: body[name] for name in ("kind", "channel", "contact", "answer")} == {
        "kind": "rate",
        "channel": "200",
        "contact": "c1",
        "answer": "0answer1",
    }
    assert (body["tenant"], body["knowledge_base"], body["thumb"]) == ("ws_1", "kb_1", "up")


@given(st.text(max_size=80))
def test_no_other_payload_rates(payload: str) -> None:
    assert rating_of(payload) is None
    assert rating_of(f"kabar-rate:{payload}") is None
    assert rating_of("kabar-rate:kb_1:0a1b:up") == RateAnswer("kb_1", "0a1b", "up")
