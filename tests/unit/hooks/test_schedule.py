"""Tries go on for a day at growing intervals, and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.schedule import DISABLE_AFTER_MS, GIVE_UP_AFTER_MS, is_long_dead, next_try


@given(st.floats(0, 1), st.integers(0, 10**13))
def test_a_failure_is_tried_for_most_of_a_day_and_then_given_up(random: float, start: int) -> None:
    now, tries = start, 1
    give_up_at = start + GIVE_UP_AFTER_MS
    while (at := next_try(now, tries, give_up_at, random)) is not None:
        assert now < at < give_up_at
        now, tries = at, tries + 1
    assert 15 <= tries <= 21
    assert now - start > 0.85 * GIVE_UP_AFTER_MS


@given(st.integers(1, 30), st.floats(0, 1))
def test_waits_grow_and_spread_by_a_tenth(tries: int, random: float) -> None:
    def wait(tries: int, random: float) -> int:
        at = next_try(0, tries, 10**12, random)
        assert at is not None
        return at

    assert wait(tries + 1, 0.5) >= wait(tries, 0.5)
    assert abs(wait(tries, random) - wait(tries, 0.5)) <= 0.1 * wait(tries, 0.5) + 1


@pytest.mark.parametrize(("since", "dead"), [(None, False), (1, False), (0, True), (-5, True)])
def test_long_dead_is_two_days_without_any_success(since: int | None, dead: bool) -> None:
    assert is_long_dead(since, DISABLE_AFTER_MS) is dead
