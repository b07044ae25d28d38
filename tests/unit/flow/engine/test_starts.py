"""Which flow starts, when one may break off another, and when a bot talks with a bot."""

from __future__ import annotations

from typing import Any

import pytest

from flow.engine.definition import compile_flow
from flow.engine.events import Said, Started
from flow.engine.limits import Limits
from flow.engine.lookup import FlowRef
from flow.engine.starts import (
    Repetition,
    Running,
    Startable,
    choose,
    heard,
    is_expired,
    started_again,
)
from flow.engine.step import expire, step
from shared.json_types import JsonObject
from tests.unit.flow.engine.test_checks import ask, flow, say

NOW = 1_800_000_000_000
DAY = 24 * 3600 * 1000
A_DAY = {"amount": 1, "unit": "days"}
SCHEDULE = {"type": "schedule", "id": "d", "at": "2026-12-01T09:00", "segment_id": "s"}
NO_REPLY = {"type": "campaign_no_reply", "after": A_DAY}
FORM = {"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": '{"size": "m"}'}}}


def startable(name: str, *triggers: JsonObject, **settings: Any) -> Startable:
    stored = flow(say("a"), name=name, triggers=list(triggers), settings=settings)
    return Startable(FlowRef(name, 1), compile_flow(stored))


def keyword(*words: str, match: str = "exact") -> JsonObject:
    return {"type": "keyword", "match": match, "words": list(words)}


def started(trigger: str, **values: Any) -> Started:
    return Started("e", trigger, values)


def said(text: str = "", **more: Any) -> Said:
    return Said("e", text, **more)


@pytest.mark.parametrize(
    ("trigger", "event", "starts"),
    [
        (keyword("Menu"), said("  menu! "), True),
        (keyword("Menu"), said("the menu"), False),
        (keyword("jam buka"), said("Jam   buka?"), True),
        (keyword("order", match="first_word"), said("order 17"), True),
        (keyword("order", match="first_word"), said("orders"), False),
        (keyword("order", match="first_word"), said("my order"), False),
        (keyword("help me", match="contains"), said("Please, help me!"), True),
        (keyword("help", match="contains"), said("helpful"), False),
        (keyword("^#[0-9]+$", match="pattern"), said("#17"), True),
        (keyword("^#[0-9]+$", match="pattern"), said("a #17"), False),
        (keyword("menu"), said(""), False),
        ({"type": "any_message"}, said("x"), True),
        ({"type": "any_message"}, started("api"), False),
        ({"type": "payload", "payloads": ["buy"]}, said("Buy", payload="buy"), True),
        ({"type": "payload", "payloads": ["buy"]}, said("buy"), False),
        ({"type": "ad_referral"}, said("hi", referral={"source_id": "9"}), True),
        (
            {"type": "ad_referral", "source_ids": ["8"]},
            said("hi", referral={"source_id": "9"}),
            False,
        ),
        ({"type": "ad_referral"}, said("hi"), False),
        ({"type": "form"}, said("", message=FORM), True),
        ({"type": "form", "field": "size"}, said("", message=FORM), True),
        ({"type": "form", "field": "colour"}, said("", message=FORM), False),
        ({"type": "form"}, said("", message={"interactive": 5}), False),
        ({"type": "form"}, started("form", size="m"), True),
        ({"type": "tag_added", "tag": "vip"}, started("tag_added", tag="vip"), True),
        ({"type": "tag_added", "tag": "vip"}, started("tag_added", tag="x"), False),
        (
            {"type": "segment_entered", "segment_id": "s"},
            started("segment_entered", segment_id="s"),
            True,
        ),
        ({"type": "api"}, started("api"), True),
        ({"type": "api"}, started("schedule"), False),
        (SCHEDULE, started("schedule", schedule_id="d"), True),
        (NO_REPLY, started("campaign_no_reply", campaign_id="c"), True),
        ({**NO_REPLY, "campaign_ids": ["x"]}, started("campaign_no_reply", campaign_id="c"), False),
        ({"type": "new_contact"}, started("new_contact"), True),
        ({"type": "new_contact"}, said("hi"), False),
    ],
)
def test_triggers(trigger: JsonObject, event: Said | Started, starts: bool) -> None:
    found = choose([startable("f", trigger)], event, running=None)
    assert (found is not None) == starts


def test_a_first_message_is_a_new_contact() -> None:
    flows = [startable("f", {"type": "new_contact"})]
    assert choose(flows, said("hi"), running=None, is_new_contact=True) == FlowRef("f", 1)


def test_the_most_exact_trigger_is_chosen_then_the_first() -> None:
    flows = [
        startable("any", {"type": "any_message"}),
        startable("word", keyword("menu")),
        startable("same", keyword("menu")),
        startable("button", {"type": "payload", "payloads": ["menu"]}),
    ]
    assert choose(flows, said("menu"), running=None) == FlowRef("word", 1)
    assert choose(flows, said("menu", payload="menu"), running=None) == FlowRef("button", 1)
    assert choose(flows, said("else"), running=None) == FlowRef("any", 1)


def test_a_trigger_may_be_for_some_numbers_only() -> None:
    flows = [startable("f", {**keyword("menu"), "channels": ["n1"]})]
    assert choose(flows, said("menu"), running=None, channel="n1") == FlowRef("f", 1)
    assert choose(flows, said("menu"), running=None, channel="n2") is None


OPTIONS = [{"id": "menu", "title": {"en": "Menu", "id": "Menu"}}, {"id": "no", "title": "No"}]


def running(
    answer: JsonObject | None = None, *, taken_over: bool = False, **settings: Any
) -> Running:
    node = ask("q", answer=answer or {"kind": "text"})
    compiled = compile_flow(flow(node, settings=settings))
    done = step(
        lambda *_: (1, compiled),
        None,
        said("hi"),
        start=FlowRef("main", 1),
        contact={},
        workspace={},
        now=NOW,
    )
    assert done.session is not None
    session = done.session
    if taken_over:
        from flow.engine.events import TakenOver

        session = (
            step(
                lambda *_: (1, compiled), session, TakenOver("t"), contact={}, workspace={}, now=NOW
            ).session
            or session
        )
    return Running(session, compiled)


MENU = startable(
    "menu", keyword("menu"), {"type": "any_message"}, {"type": "payload", "payloads": ["menu"]}
)


@pytest.mark.parametrize(
    ("run", "by", "event", "breaks_off"),
    [
        (running(), MENU, said("menu"), True),
        (running(), MENU, said("anything"), False),
        (running(), MENU, said("", payload="menu"), True),
        (running(interruptible=False), MENU, said("menu"), False),
        (running(), startable("menu", keyword("menu"), interrupts=False), said("menu"), False),
        (running(taken_over=True), MENU, said("menu"), False),
        (running({"kind": "choice", "options": OPTIONS}), MENU, said("menu"), False),
        (running({"kind": "choice", "options": OPTIONS}), MENU, said("", payload="menu"), False),
        (running(), startable("api", {"type": "api"}), started("api"), False),
        (running(), startable("api", {"type": "api"}, when_busy="interrupt"), started("api"), True),
    ],
)
def test_what_breaks_off_a_run(
    run: Running, by: Startable, event: Said | Started, breaks_off: bool
) -> None:
    assert (choose([by], event, running=run) is not None) == breaks_off


def test_a_broken_off_run_is_traced() -> None:
    run = running()
    done = step(
        lambda *_: (1, run.flow),
        run.session,
        said("menu"),
        start=FlowRef("main", 1),
        contact={},
        workspace={},
        now=NOW,
    )
    first = done.effects[0]
    assert getattr(first, "visits")[0].dropped == "interrupted"  # noqa: B009
    assert done.session is not None
    assert done.session.events == 1


def test_an_old_question_is_given_up_after_its_flows_time() -> None:
    run = running()
    assert not is_expired(run, NOW + 3 * DAY)
    assert is_expired(run, NOW + 3 * DAY + 1)
    assert not is_expired(running(expires_after=None), NOW + 900 * DAY)
    done = expire(run.session)
    assert done.session is None
    assert getattr(done.effects[0], "visits")[0].dropped == "expired"  # noqa: B009


def test_the_same_text_again_and_again_is_a_loop() -> None:
    limits = Limits(same_text_times=3, same_text_seconds=60)
    kept, loops = Repetition(), []
    for place in range(5):
        kept, loop = heard(kept, said("Sorry, I am away!"), NOW + place * 1000, limits)
        loops.append(loop)
    assert loops == [False, False, False, True, True]
    kept, loop = heard(kept, said("something else"), NOW + 6000, limits)
    assert (loop, kept.times) == (False, 1)


def test_the_same_text_at_length_is_none() -> None:
    limits = Limits(same_text_times=3, same_text_seconds=60)
    kept = Repetition()
    for place in range(10):
        kept, loop = heard(kept, said("hi"), NOW + place * 61_000, limits)
        assert not loop


def test_flows_that_start_flows_by_what_they_change_are_stopped_after_so_many() -> None:
    limits = Limits(own_starts=2, own_starts_seconds=60)
    kept, loops = Repetition(), []
    for place in range(4):
        kept, loop = started_again(kept, NOW + place * 1000, limits)
        loops.append(loop)
    assert loops == [False, False, True, True]
    assert started_again(kept, NOW + 61_000, limits)[1] is False
