"""The benchmark's trials, most at a smaller size: what WhatsApp saw, with all its faults."""

from __future__ import annotations

import pytest

from benchmarks import blast_cases
from benchmarks.blast_trial import Row, busiest, run
from blast.planning import rate
from tests.unit.blast.virtual_meta import NONE

PEOPLE, PER_SECOND = 2_000, 20


@pytest.fixture(scope="module")
def row() -> Row:
    return run(PEOPLE, PER_SECOND)


def test_nobody_is_sent_to_twice_and_nobody_is_lost(row: Row) -> None:
    assert row.kills >= 4
    assert (row.twice, row.lost, row.too_close) == (0, 0, 0)


def test_no_second_is_above_the_numbers_throughput(row: Row) -> None:
    assert 0 < row.busiest <= PER_SECOND


def test_the_pace_is_held_though_workers_die(row: Row) -> None:
    assert row.held >= 0.98


@pytest.mark.parametrize("seconds", [1, 9, 11, 29, 31])
def test_it_is_held_whenever_in_a_minute_a_campaign_starts(seconds: int) -> None:
    assert run(PEOPLE, PER_SECOND, NONE, before_the_minute=seconds).held >= 0.99


def test_a_number_of_a_thousand_a_second_is_used_to_the_full() -> None:
    assert run(8_000, 1_000, NONE).busiest >= 0.98 * rate(1_000, 0)


def test_everybody_has_one_outcome(row: Row) -> None:
    assert row.outcomes == {"delivered": PEOPLE}


def test_numbers_do_not_slow_each_other() -> None:
    seen = blast_cases.together(numbers=4, people=600, per_second=80)
    assert (seen.twice, seen.lost) == (0, 0)
    assert seen.slowest >= 0.95


def test_a_tier_spreads_a_campaign_over_days() -> None:
    seen = blast_cases.spread(people=400, tier=250)
    assert (seen.twice, seen.lost) == (0, 0)
    assert seen.busiest_day <= 250
    assert 1 < seen.days < 1.1


def test_a_pause_bites_and_going_on_sends_the_rest_once() -> None:
    seen = blast_cases.paused(people=1_000, per_second=80)
    assert (seen.twice, seen.lost) == (0, 0)
    assert seen.before < 600
    assert seen.bites_after < 10


def test_the_busiest_second_is_found_wherever_it_begins() -> None:
    assert busiest([0, 900_000, 950_000, 1_899_999, 1_900_000, 5_000_000]) == 3
    assert busiest([0, 1_000_000, 2_000_000]) == 1
