"""Moments at which calls may go, when some of those who hold one are late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.blast_trial import busiest
from blast.slots import LATE, Readying, Slots
from shared.pacing import SECOND, Pace, TooSoonError
from shared.store.directory import Number
from shared.store.paces import Paces
from tests.fakes import FakeClock
from tests.unit.blast.quick_tables import QuickTables
from tests.unit.blast.virtual_time import FarAway, Process, VirtualTime

_PER_SECOND: Final = 20
_EVERY: Final = round(SECOND / 19)  # as the pacer has it, with room for customers
_TOGETHER: Final = 3
_WRITE: Final = 0.004
_BEGAN: Final = FakeClock().ms * 1000
_NUMBER: Final = Number("900", "ws_slots", "+62", "Toko", "flow", b"")


def calls(late: Sequence[int], write: float = _WRITE, claim: int = 0, least: int = 0) -> list[int]:
    """When each of so many calls goes, each ready so many microseconds after its moment, or as much
    later as its claim takes."""
    clock = FakeClock()
    time = VirtualTime(clock)
    paces = Paces("requests", FarAway(QuickTables(), time, write))
    slots = Slots(paces, _NUMBER, _EVERY, clock, Readying(least))
    worker, gone = Process(), list[int]()

    def call(at: int, ready: int) -> None:
        time.sleep_until(at - slots.lead)
        time.sleep_until(time.now + claim)
        slots.claimed(claim)
        time.sleep_until(ready)
        slots.kept(at, time.sleep_until)
        gone.append(time.now)

    def work() -> None:
        for first in range(0, len(late), _TOGETHER):
            some = late[first : first + _TOGETHER]
            at = _drawn(slots, len(some), time)
            for place, by in enumerate(some):
                when = at + place * _EVERY
                time.start(lambda when=when, by=by: call(when, when + by), worker)  # type: ignore[misc]

    time.start(work, worker)
    time.run_until(time.now + 600 * SECOND, lambda: len(gone) == len(late))
    return sorted(gone)


def _drawn(slots: Slots, messages: int, time: VirtualTime) -> int:
    while True:
        try:
            return slots.draw(messages)
        except TooSoonError as error:
            time.sleep(error.wait / SECOND + 0.001)


_SPELLS: Final = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, SECOND)), min_size=1, max_size=8
)


@given(_SPELLS)
def test_however_late_some_are_no_second_holds_more_than_the_number_may(
    spells: list[tuple[int, int]],
) -> None:
    late = [by for many, by in spells for _ in range(many)]
    gone = calls(late)
    assert len(gone) == len(late)
    assert busiest(gone) <= _PER_SECOND


def test_who_is_in_time_keeps_the_moment() -> None:
    assert calls([0] * 40)[1:] == [_BEGAN + place * _EVERY for place in range(1, 40)]


def test_a_call_that_is_a_little_late_goes_at_once() -> None:
    assert calls([LATE - 1000]) == [_BEGAN + LATE - 1000]


def test_one_that_is_later_takes_the_next_moment_that_nobody_has() -> None:
    by = LATE + 20_000
    assert calls([by, 0]) == [_BEGAN + _EVERY, _BEGAN + 2 * _EVERY]


@pytest.mark.parametrize("write", [0.06, 0.3, 1.5])
def test_where_drawing_is_slow_everybody_still_has_a_moment(write: float) -> None:
    gone = calls([0] * 9, write)
    assert len(gone) == 9
    assert gone[-1] - _BEGAN < 60 * SECOND


def test_where_conversations_have_drawn_far_ahead_a_late_call_waits_behind_them() -> None:
    clock = FakeClock()
    time = VirtualTime(clock)
    paces, gone = Paces("requests", QuickTables()), list[int]()
    slots = Slots(paces, _NUMBER, _EVERY, clock)
    theirs = Pace(every=SECOND + 300, ahead=2 * SECOND)
    for _ in range(2):
        paces.draw(_NUMBER.tenant, _NUMBER.phone_number_id, None, theirs, _BEGAN)

    def late() -> None:
        slots.kept(_BEGAN - SECOND, time.sleep_until)
        gone.append(time.now)

    time.start(late, Process())
    time.run_until(_BEGAN + 10 * SECOND)
    assert gone == [_BEGAN + 2 * SECOND + 600]


@pytest.mark.parametrize("took", [0.004, 0.06, 0.15])
def test_where_tables_are_slow_moments_lie_as_far_ahead_and_the_pace_is_held(took: float) -> None:
    gone = calls([0] * 200, took, claim=round(took * SECOND))
    assert gone[-1] - gone[9] == pytest.approx(190 * _EVERY, rel=0.02)


def test_what_tables_took_at_most_is_forgotten_by_and_by() -> None:
    readying = Readying(least=0)
    readying.drew(300_000)
    readying.claimed(40_000)
    assert readying.lead == 340_000
    for _ in range(100):
        readying.drew(10_000)
        readying.claimed(10_000)
    assert readying.lead == 20_000


def test_no_lead_is_longer_than_half_a_second() -> None:
    readying = Readying()
    readying.claimed(9 * SECOND)
    assert readying.lead == SECOND // 2
