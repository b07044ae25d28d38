"""The benchmark's trial at a smaller size: what WhatsApp saw, with all its faults."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.blast_trial import Row, busiest, run
from blast.planning import rate

PEOPLE, PER_SECOND = 20, 20


@pytest.fixture(scope="module")
def row(dynamodb: Any) -> Row:
    return run(dynamodb, PEOPLE, PER_SECOND, allowed=rate(PER_SECOND, 0), killed_every=700)


def test_nobody_is_sent_to_twice_and_nobody_is_lost(row: Row) -> None:
    assert (row.twice, row.lost, row.too_close) == (0, 0, 0)


def test_no_second_is_above_the_numbers_throughput(row: Row) -> None:
    assert 0 < row.busiest <= PER_SECOND


def test_everybody_has_one_outcome(row: Row) -> None:
    assert row.outcomes == {"delivered": PEOPLE}


def test_the_busiest_second_is_found_wherever_it_begins() -> None:
    assert busiest([0, 900, 950, 1899, 1900, 5000]) == 3
    assert busiest([0, 1000, 2000]) == 1
