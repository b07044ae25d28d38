"""Words and buttons by which customers stop and resume promotions."""

from __future__ import annotations

from typing import Any

import pytest

from flow.engine.triggers import plain
from shared.events import CONTACT_CHANGED, TAKEN_OVER
from shared.json_types import JsonObject
from shared.opt_words import OPT_WORDS, START_PAYLOAD, STOP_PAYLOAD
from tests.unit.flow.test_conversations import ask, flow, lane, text
from tests.unit.flow.whole_lane import Lane

STOPPED, STARTED = OPT_WORDS["en"].stopped, OPT_WORDS["en"].started
BERHENTI = OPT_WORDS["id"].stopped


def _lane(dynamodb: Any, **known: Any) -> Lane:
    """Of somebody whose record the conversation knows."""
    one = lane(dynamodb, flow(text("a", "Menu")), name=flow(ask("n", "Name?"), text("b", "Hi")))
    one.says("halo")
    return _knows(one, **known)


def _knows(one: Lane, revision: int = 1, **known: Any) -> Lane:
    profile = {"id": "c1", "revision": revision, "name": "Ana", "tags": [], "fields": {}}
    return one.happens(
        CONTACT_CHANGED,
        f"contact:c1:{revision}",
        **{**profile, "opt_ins": {}, "blocked": False, **known},
    )


def _opted(one: Lane) -> list[tuple[str, str, str]]:
    return [
        (change["kind"], change["state"], change["source"])
        for handover in one.conversation.outbox
        for effect in handover.effects
        if (change := effect.get("change", {})).get("op") == "opt"
    ]


def _tap(one: Lane, payload: str, title: str = "A button") -> Lane:
    return one.says("", type="button", button={"payload": payload, "text": title})


def test_a_word_stops_promotions_is_confirmed_once_and_answered_by_nothing_else(
    dynamodb: Any,
) -> None:
    one = _lane(dynamodb).says(" Stop. ")
    assert one.sent() == ["Menu", STOPPED]
    assert _opted(one) == [("marketing", "out", "message")]


def test_a_sentence_with_the_word_in_it_is_a_sentence(dynamodb: Any) -> None:
    assert _lane(dynamodb).says("please don't stop").sent() == ["Menu", "Menu"]


def test_stop_all_is_for_news_too(dynamodb: Any) -> None:
    one = _lane(dynamodb).says("STOP ALL")
    assert [kind for kind, _, _ in _opted(one)] == ["marketing", "utility"]
    assert one.sent()[-1] == OPT_WORDS["en"].stopped_all


@pytest.mark.parametrize(
    ("known", "word", "told"),
    [
        ({}, "berhenti", BERHENTI),
        ({"language": "en"}, "berhenti", STOPPED),
        ({"language": "id"}, "stop", BERHENTI),
        ({"language": "pt_BR"}, "stop", OPT_WORDS["pt"].stopped),
        ({"language": "xx"}, "berhenti", STOPPED),
    ],
)
def test_it_is_confirmed_in_the_customers_language(
    known: JsonObject, word: str, told: str, dynamodb: Any
) -> None:
    assert _lane(dynamodb, **known).says(word).sent()[-1] == told


@pytest.mark.parametrize("payload", [STOP_PAYLOAD, "Stop promotions", "BERHENTI"])
def test_a_button_stops_promotions(payload: str, dynamodb: Any) -> None:
    one = _tap(_lane(dynamodb), payload)
    assert _opted(one) == [("marketing", "out", "message")]
    assert len(one.sent()) == 2


def test_start_is_a_wish_of_whoever_has_stopped_and_of_nobody_else(dynamodb: Any) -> None:
    one = _lane(dynamodb)
    assert one.says("start").sent() == ["Menu", "Menu"]
    one.says("stop", "START")  # the record's own tidings have not come yet
    assert one.sent()[-2:] == [STOPPED, STARTED]
    assert _opted(one) == [("marketing", "in", "message")]
    assert one.says("start").sent()[-1] == "Menu"


def test_start_brings_back_all_that_was_stopped(dynamodb: Any) -> None:
    one = _tap(_lane(dynamodb, opt_ins={"marketing": "out", "utility": "out"}), START_PAYLOAD)
    assert [(kind, state) for kind, state, _ in _opted(one)] == [
        ("marketing", "in"),
        ("utility", "in"),
    ]


def test_stop_ends_the_flow_that_runs_and_a_button_leaves_it(dynamodb: Any) -> None:
    asks = flow(
        ask("n", "Name?"), text("b", "Hi"), triggers=[{"type": "keyword", "words": ["name"]}]
    )
    one = lane(dynamodb, flow(text("a", "Menu")), asks=asks).says("name")
    _tap(one, STOP_PAYLOAD)
    assert one.conversation.session is not None
    one.says("stop")
    assert one.conversation.session is None
    assert one.says("Ana").sent() == ["Name?", STOPPED, STOPPED, "Menu"]


def test_an_option_of_the_question_that_waits_is_its_answer(dynamodb: Any) -> None:
    options = [{"id": "on", "title": "Go on"}, {"id": "off", "title": "Stop"}]
    asked = ask("n", "And now?", answer={"kind": "choice", "options": options})
    one = lane(dynamodb, flow(asked, text("b", "As you like"))).says("halo")
    one.says("stop")
    assert _opted(one) == []
    (*_, sent) = one.world.handed("outbound", one.contact)
    assert sent["message"]["text"]["body"] == "As you like"


def test_it_holds_while_a_person_answers(dynamodb: Any) -> None:
    one = _lane(dynamodb).happens(TAKEN_OVER, "t1", by="budi").says("stop")
    assert _opted(one) == [("marketing", "out", "message")]
    assert one.sent()[-1] == STOPPED


def test_no_word_means_two_things() -> None:
    rows = OPT_WORDS.values()
    stop = {plain(word) for row in rows for word in row.stop}
    stop_all = {plain(word) for row in rows for word in row.stop_all}
    start = {plain(word) for row in rows for word in row.start}
    assert not (stop & stop_all or stop & start or stop_all & start)
    assert "" not in stop | stop_all | start


@pytest.mark.parametrize("language", OPT_WORDS)
def test_each_confirmation_names_a_word_that_takes_it_back(language: str) -> None:
    row = OPT_WORDS[language]
    stops, starts = (*row.stop, *OPT_WORDS["en"].stop), (*row.start, *OPT_WORDS["en"].start)
    for told, words in ((row.stopped, starts), (row.stopped_all, starts), (row.started, stops)):
        assert any(word in plain(told) for word in map(plain, words))
