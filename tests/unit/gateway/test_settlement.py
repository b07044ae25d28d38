"""What the sender decides, without any I/O."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.cloud_api import Accepted, Refused
from shared.channels.errors import Action
from shared.delivery import RANK, Delivery
from shared.settlement import (
    MAX_ATTEMPTS,
    AlreadyDone,
    GiveUp,
    Hold,
    Settle,
    TryAgain,
    WaitForReceipt,
    after_answer,
    too_many_silences,
    when_not_claimed,
)

BACKING_OFF = [Action.RETRY, Action.SLOW_NUMBER, Action.SLOW_PAIR]
FINAL = [Action.PERMANENT, Action.PAUSE_CAMPAIGN, Action.PAUSE_TEMPLATE]


def test_an_accepted_message_is_settled() -> None:
    assert after_answer(Accepted("wamid.1"), 1) == Settle("wamid.1")


@given(st.integers(1, 50))
def test_an_ambiguous_answer_never_leads_to_a_send_of_its_own(attempts: int) -> None:
    assert isinstance(after_answer(Refused(Action.UNSETTLED, "x"), attempts), WaitForReceipt)


@pytest.mark.parametrize("action", FINAL)
def test_a_final_refusal_gives_up_at_once_with_its_reason(action: Action) -> None:
    assert after_answer(Refused(action, "because"), 1) == GiveUp("because")


def test_a_dead_token_is_no_failure_of_the_message() -> None:
    for attempts in (1, MAX_ATTEMPTS + 1):
        answer = Refused(Action.TOKEN_DEAD, "revoked")
        assert after_answer(answer, attempts) == Hold("revoked")


@pytest.mark.parametrize("action", BACKING_OFF)
def test_waits_grow_and_end(action: Action) -> None:
    answers = [after_answer(Refused(action, "slow"), n) for n in range(1, MAX_ATTEMPTS)]
    waits = [answer.seconds for answer in answers if isinstance(answer, TryAgain)]
    assert len(waits) == MAX_ATTEMPTS - 1
    assert waits == sorted(set(waits)) or max(waits) == 600
    assert 0 < min(waits) <= max(waits) <= 600
    last = after_answer(Refused(action, "slow"), MAX_ATTEMPTS)
    assert isinstance(last, GiveUp)
    assert "slow" in last.reason


def test_a_pair_waits_as_meta_says() -> None:
    waits = [after_answer(Refused(Action.SLOW_PAIR, "x"), n) for n in (1, 2, 3, 4)]
    assert waits == [TryAgain("x", seconds) for seconds in (1.0, 4.0, 16.0, 64.0)]


@pytest.mark.parametrize(("named", "waited"), [(7.0, 7.0), (9e9, 600.0), (float("inf"), 600.0)])
def test_metas_own_wait_is_obeyed_within_reason(named: float, waited: float) -> None:
    answer = after_answer(Refused(Action.SLOW_NUMBER, "x", retry_after=named), 1)
    assert answer == TryAgain("x", waited)


@given(st.sampled_from(["claimed", "unsettled"]), st.floats(0, 4000), st.floats(1, 3000))
def test_looks_never_fall_far_behind_the_end_of_the_window(
    state: str, waited: float, window: float
) -> None:
    step = when_not_claimed(Delivery(state, 0, 1), round(waited * 1000), window)
    assert isinstance(step, WaitForReceipt)
    assert step.reason
    assert 0 < step.seconds <= max(15.0, window / 8)
    assert step.seconds <= max(0.0, window - waited) + 1.01


@pytest.mark.parametrize("window", [1.0, 60.0, 600.0, 3600.0])
def test_a_silence_costs_few_looks(window: float) -> None:
    now = looks = 0
    while now <= window * 1000:
        step = when_not_claimed(Delivery("unsettled", 0, 1), now, window)
        assert isinstance(step, WaitForReceipt)
        now += round(step.seconds * 1000)
        looks += 1
    assert looks <= 20


@pytest.mark.parametrize("state", [state for state, rank in RANK.items() if rank > 0])
def test_what_is_settled_stays_settled(state: str) -> None:
    assert when_not_claimed(Delivery(state, 0, 1), 10**9, 60) == AlreadyDone()


def test_silences_are_counted() -> None:
    assert [too_many_silences(n) for n in (1, MAX_ATTEMPTS, MAX_ATTEMPTS + 1)] == [
        False,
        False,
        True,
    ]
