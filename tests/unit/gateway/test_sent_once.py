"""Promise 3: no message is sent twice unless Meta was silent past the window; none is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.fifo_batch import NotYetError
from shared.settlement import MAX_ATTEMPTS
from shared.store.directory import Number
from tests.unit.gateway.gateway_parts import CONTACT, WINDOW_SECONDS, connect_number, outbound
from tests.unit.gateway.sending_world import (
    ACCEPT,
    ANSWERS,
    DROP,
    KILL_AFTER,
    KILL_BEFORE,
    PERMANENT,
    RETRYABLE,
    SILENT_ERROR,
    Plug,
    World,
)

OTHER = "zyxwvutsrqponmlkjihgfedc"
STATUSES = st.lists(
    st.tuples(st.integers(0, 150), st.sampled_from(["sent", "delivered", "read", "failed"])),
    max_size=3,
)
ANYWHERE = st.dictionaries(st.integers(0, 40), st.sampled_from(["before", "after"]), max_size=4)
_tenants = count(1)


def world(
    dynamodb: Any,
    script: list[str] | None = None,
    echoes: list[list[tuple[int, str]]] | None = None,
    pull: dict[int, str] | None = None,
    lost_acks: set[int] | None = None,
) -> World:
    number = connect_number(dynamodb)
    built = World(number, dynamodb, script or [], echoes or [], Plug({}), lost_acks or set())
    built.sender.numbers.get(number.phone_number_id)  # the look-up is no part of the story
    built.plug.calls, built.plug.pull = 0, pull or {}
    return built


def check_none_lost(stage: World, places: list[tuple[str, int]]) -> None:
    accepted = {callback for _, callback in stage.meta.accepted}
    dead = stage.dead()
    for contact, seq in places:
        callback = f"kabar:1:{contact}:{seq}"
        delivery = stage.delivery(contact, seq)
        assert delivery is not None
        assert delivery.state in ("sent", "delivered", "read", "failed")
        assert callback in accepted or dead.get(callback), "neither sent nor set aside"
        if delivery.state == "failed":
            assert delivery.reason
        if delivery.state == "failed" and not stage.arrived[callback]:
            assert dead[callback] == delivery.reason


def check_order(stage: World, contact: str) -> None:
    mine = [c for _, c in stage.meta.accepted if c.startswith(f"kabar:1:{contact}:")]
    assert mine == sorted(mine), "a later message overtook an earlier one"


@settings(max_examples=50, deadline=None)
@given(
    script=st.lists(st.sampled_from(ANSWERS), max_size=10),
    echoes=st.lists(STATUSES, max_size=10),
    pull=ANYWHERE,
    lost_acks=st.sets(st.integers(1, 8), max_size=3),
    lanes=st.lists(st.sampled_from([CONTACT, OTHER]), min_size=1, max_size=4),
    redrives=st.integers(0, 2),
)
@example(  # killed after it was set aside, then sent, then failed by Meta, then redriven
    script=[PERMANENT, ACCEPT],
    echoes=[[(1, "failed")]],
    pull={2: "before"},
    lost_acks=set(),
    lanes=[CONTACT],
    redrives=1,
)
@example(  # redriven, accepted, killed before that is known, failed by Meta
    script=[PERMANENT, KILL_AFTER],
    echoes=[[(1, "failed")]],
    pull={},
    lost_acks=set(),
    lanes=[CONTACT],
    redrives=1,
)
def test_sent_once_and_never_lost(
    *,
    script: list[str],
    echoes: list[list[tuple[int, str]]],
    pull: dict[int, str],
    lost_acks: set[int],
    lanes: list[str],
    redrives: int,
    dynamodb: Any,
) -> None:
    stage = world(dynamodb, list(script), [list(e) for e in echoes], pull, lost_acks)
    places = [(contact, seq) for seq, contact in enumerate(lanes, start=1)]
    for contact, seq in places:
        stage.enqueue(outbound(stage.number, seq, contact=contact))
    stage.run_dry()
    check_none_lost(stage, places)
    check_order(stage, CONTACT)
    check_order(stage, OTHER)
    for _ in range(redrives):
        if not stage.redrive():
            break
        stage.run_dry()
        check_none_lost(stage, places)


@pytest.mark.parametrize("seconds", [0, 1, 30, 59])
@pytest.mark.parametrize("name", ["sent", "delivered", "read", "failed"])
@pytest.mark.parametrize("word", [DROP, KILL_AFTER])
def test_a_status_within_the_window_settles(
    word: str, name: str, seconds: int, dynamodb: Any
) -> None:
    stage = world(dynamodb, [word], [[(seconds, name)]])
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    assert len(stage.meta.posts) == 1
    assert stage.delivery(CONTACT, 1).state == name
    assert stage.dead() == {}


@pytest.mark.parametrize("word", [DROP, KILL_AFTER, KILL_BEFORE, SILENT_ERROR])
def test_silence_past_the_window_sends_again_and_not_before(word: str, dynamodb: Any) -> None:
    stage = world(dynamodb, [word], [[]])
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    first, second = (at for at, _ in stage.meta.posts)
    assert second - first > WINDOW_SECONDS * 1000
    assert stage.delivery(CONTACT, 1).state == "sent"


def test_endless_silence_ends_in_the_dead_letters_with_a_reason(dynamodb: Any) -> None:
    stage = world(dynamodb, [DROP] * 20, [[]] * 20)
    stage.enqueue(outbound(stage.number))
    stage.enqueue(outbound(stage.number, 2))
    stage.meta.script = [DROP] * MAX_ATTEMPTS
    stage.run_dry()
    assert len([c for _, c in stage.meta.posts if c.endswith(":1")]) == MAX_ATTEMPTS
    assert "No word" in stage.dead()[f"kabar:1:{CONTACT}:1"]
    assert stage.delivery(CONTACT, 1).state == "failed"
    assert stage.delivery(CONTACT, 2).state == "sent", "the lane goes on"


def test_retries_are_counted_and_end_with_metas_reason(dynamodb: Any) -> None:
    stage = world(dynamodb, [RETRYABLE] * 20)
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    assert len(stage.meta.posts) == MAX_ATTEMPTS
    (reason,) = stage.dead().values()
    assert "in maintenance" in reason
    assert str(MAX_ATTEMPTS) in reason
    assert stage.delivery(CONTACT, 1).reason == reason


def test_what_meta_surely_refused_is_sent_again_without_waiting_for_the_window(
    dynamodb: Any,
) -> None:
    stage = world(dynamodb, [RETRYABLE])
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    first, second = (at for at, _ in stage.meta.posts)
    assert 1000 <= second - first <= 5000


def test_a_permanent_refusal_costs_one_post(dynamodb: Any) -> None:
    stage = world(dynamodb, [PERMANENT])
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    assert len(stage.meta.posts) == 1
    assert list(stage.dead().values()) == ["not allowed"]


def test_a_redriven_message_is_sent_once(dynamodb: Any) -> None:
    stage = world(dynamodb, [PERMANENT])
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    assert stage.redrive() == 1
    stage.enqueue(stage_body(stage))  # and the same dead letter once more
    stage.run_dry()
    assert len(stage.meta.accepted) == 1
    assert stage.delivery(CONTACT, 1).state == "sent"
    assert stage.dead() == {}


def stage_body(stage: World) -> Any:
    return json.loads(stage.queue[-1][0]["body"])


@pytest.mark.parametrize("name", ["failed", "sent"])
def test_a_redriven_message_that_meta_took_is_not_reopened(name: str, dynamodb: Any) -> None:
    """Its record comes again (an acknowledgement was lost) after Meta has spoken."""
    stage = world(dynamodb, [PERMANENT], [[(1, name)]], lost_acks={2})
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    stage.redrive()
    stage.run_dry()
    assert len(stage.meta.accepted) == 1


def test_a_message_refused_again_soon_after_its_redrive_is_not_lost(dynamodb: Any) -> None:
    """SQS remembers deduplication ids for five minutes."""
    stage = world(dynamodb, [PERMANENT, PERMANENT])
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    stage.clock.advance(10)
    assert stage.redrive() == 1
    stage.run_dry()
    assert len(stage.meta.posts) == 2
    assert len(stage.dead()) == 1, "neither sent nor in the dead letters"


def test_a_redrive_counts_its_tries_anew(dynamodb: Any) -> None:
    stage = world(dynamodb, [RETRYABLE] * (MAX_ATTEMPTS + 2))
    stage.enqueue(outbound(stage.number))
    stage.run_dry()
    stage.clock.advance(400)
    stage.redrive()
    stage.run_dry()
    assert stage.delivery(CONTACT, 1).state == "sent"
    assert len(stage.meta.posts) == MAX_ATTEMPTS + 3


def test_a_token_that_cannot_be_opened_is_no_silence_of_metas(dynamodb: Any) -> None:
    """Nothing was sent, so nothing is waited for and no try is counted."""
    stage = world(dynamodb)
    working = stage.sender.open_token
    closed = True

    def open_token(number: Number) -> str:
        if closed:
            raise ConnectionError("KMS")
        return working(number)

    stage.sender = replace(stage.sender, open_token=open_token)
    stage.enqueue(outbound(stage.number))
    began = stage.clock()
    for _ in range(5):
        stage._invoke(stage._receive())
        stage._sleep()
    closed = False
    stage.run_dry()
    assert stage.delivery(CONTACT, 1).attempts == 1
    assert stage.meta.accepted[0][0] - began < 120_000


def test_what_whatsapp_would_refuse_is_not_posted_and_its_field_is_named(dynamodb: Any) -> None:
    stage = world(dynamodb, [], [], {}, set())
    too_long = {"type": "text", "text": {"body": "x" * 4097}}
    stage.enqueue(outbound(stage.number, message=too_long))
    stage.run_dry()
    assert stage.meta.posts == []
    assert "text.body" in stage.dead()[f"kabar:1:{CONTACT}:1"]


def test_a_message_of_a_number_that_is_gone_fails_at_once_with_its_reason(dynamodb: Any) -> None:
    """Its lane must not wait for a number that nobody has."""
    stage = world(dynamodb)
    body = {**outbound(stage.number), "channel": "770000000000"}
    stage.enqueue(body)
    stage.run_dry()
    assert stage.meta.posts == []
    assert list(stage.dead().values()) == ["The number is no longer connected to this workspace."]


def test_effects_of_one_record_go_out_in_order_and_each_once(dynamodb: Any) -> None:
    """The second is refused for a while: the first is not sent again, the third waits."""
    stage = world(dynamodb, [ACCEPT, RETRYABLE, DROP])
    effects = [outbound(stage.number, seq)["effects"][0] for seq in (1, 2, 3)]
    stage.enqueue({**outbound(stage.number), "effects": effects})
    stage.run_dry()
    accepted = [callback for _, callback in stage.meta.accepted]
    assert accepted == [f"kabar:1:{CONTACT}:{seq}" for seq in (1, 2, 3)]


def test_effects_that_no_time_is_left_for_come_back(dynamodb: Any) -> None:
    stage = world(dynamodb)
    effects = [outbound(stage.number, seq)["effects"][0] for seq in (1, 2)]
    stage.enqueue({**outbound(stage.number), "effects": effects})
    (record, *_) = stage.queue[-1]
    with pytest.raises(NotYetError):
        stage.sender.run(record, has_time=lambda: False)
    assert len(stage.meta.accepted) == 1
    stage.run_dry()
    assert [callback[-1] for _, callback in stage.meta.accepted] == ["1", "2"]
