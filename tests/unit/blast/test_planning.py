"""What a number's campaigns may let go: never more than the minute, the tier and their share."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blast.planning import (
    HORIZON_SECONDS,
    Share,
    divided,
    is_quiet,
    plan,
    rate,
    tier_of,
)
from shared.campaigns.tallies import Tally

NOW = 1_795_430_400_000
STATES = st.dictionaries(
    st.sampled_from(["queued", "sent", "failed", "skipped"]), st.integers(0, 30), max_size=4
)


def tallies(*queued: int, people: int = 100) -> dict[int, Tally]:
    return {
        block: Tally({"queued": many, "sent": people - many}) for block, many in enumerate(queued)
    }


def share(queued: dict[int, Tally], **more: Any) -> Share:
    return Share(**{"id": "a", "weight": 1, "cursor": (0, 0), "tallies": queued, **more})


def test_a_minute_is_released_in_chunks_that_wait_for_their_time() -> None:
    planned = plan([share(tallies(*[100] * 100))], 80.0, None, NOW)["a"]
    assert planned.people == 80 * HORIZON_SECONDS
    first, second = planned.chunks[0], planned.chunks[20]
    assert first == {"block": 0, "first": 0, "last": 99, "delay": 0}
    assert second["delay"] == int(2000 / 80 - (1 + 100 / 80))
    assert planned.cursor == (80 * HORIZON_SECONDS // 100, 0)


def test_what_is_released_and_not_sent_counts_against_the_minute() -> None:
    one = share(tallies(*[100] * 100), cursor=(30, 0))
    assert plan([one], 80.0, None, NOW)["a"].people == 80 * HORIZON_SECONDS - 3000
    full = share(tallies(*[100] * 100), cursor=(72, 0))
    assert plan([full], 80.0, None, NOW)["a"].chunks == ()


def test_the_tier_ends_a_release_in_the_middle_of_a_block() -> None:
    planned = plan([share(tallies(100, 100))], 80.0, 130, NOW)["a"]
    assert [(one["first"], one["last"]) for one in planned.chunks] == [(0, 99), (0, 29)]
    assert (planned.people, planned.cursor) == (130, (1, 30))
    rest = plan([share(tallies(0, 70), cursor=(1, 30))], 80.0, 0, NOW)["a"]
    assert rest.chunks == ()


def test_free_messages_need_no_tier() -> None:
    free = share(tallies(100), metered=False)
    assert plan([free], 80.0, 0, NOW)["a"].people == 100


def test_campaigns_share_a_number_by_weight() -> None:
    many = tallies(*[100] * 200)
    planned = plan([share(many), share(many, id="b", weight=3)], 80.0, None, NOW)
    assert planned["a"].people * 3 == planned["b"].people
    small = plan([share(tallies(10)), share(many, id="b")], 80.0, None, NOW)
    assert small["b"].people == 80 * HORIZON_SECONDS - 10  # what one does not want is the other's


def test_those_who_are_due_go_before_those_who_are_new() -> None:
    due = {0: Tally({"waiting": 5, "sent": 95}, due=5, due_at=NOW), 1: tallies(100)[0]}
    planned = plan([share(due, cursor=(1, 0))], 1.0, None, NOW)["a"]
    assert planned.chunks[0] == {"block": 0, "due": True, "delay": 0}
    assert planned.people == HORIZON_SECONDS
    later = {0: Tally({"waiting": 5}, due=5, due_at=NOW + 1)}
    assert plan([share(later, cursor=(1, 0))], 1.0, None, NOW)["a"].chunks == ()


def test_those_who_are_due_go_though_others_take_nearly_all_of_a_minute() -> None:
    """A block's are looked at together: a share that is never as large would hold them for ever."""
    due = {0: Tally({"waiting": 60, "sent": 40}, due=60, due_at=NOW)}
    shares = [share(due, cursor=(1, 0)), share(tallies(*[100] * 200), id="b", weight=100)]
    planned = plan(shares, 20.0, None, NOW)
    assert planned["a"].chunks == ({"block": 0, "due": True, "delay": 0},)
    assert planned["a"].people == 60
    assert planned["b"].people > 1700
    assert plan(shares, 20.0, 59, NOW)["a"].chunks == ()


def test_those_who_are_due_wait_while_the_minute_is_full() -> None:
    due = {0: Tally({"waiting": 60, "queued": 40}, due=60, due_at=NOW)}
    assert plan([share(due, cursor=(1, 0))], 20.0, None, NOW, busy=1760)["a"].chunks == ()


@given(
    blocks=st.lists(STATES, max_size=12),
    block=st.integers(0, 12),
    pace=st.floats(0.5, 100),
    left=st.none() | st.integers(0, 500),
)
def test_never_more_than_there_is_room_and_nobody_twice(
    blocks: list[dict[str, int]], block: int, pace: float, left: int | None
) -> None:
    there = {at: Tally(states) for at, states in enumerate(blocks) if sum(states.values())}
    one = share(there, cursor=(block, 0))
    planned = plan([one], pace, left, NOW)["a"]
    spans = [
        (chunk["block"], number)
        for chunk in planned.chunks
        for number in range(chunk["first"], chunk["last"] + 1)
    ]
    assert len(spans) == len(set(spans))
    assert all((block, 0) <= place < planned.cursor for place in spans)
    assert planned.people <= min(one.ahead, left if left is not None else one.ahead)
    assert planned.people <= max(0, pace * HORIZON_SECONDS + 1 - one.backlog)


@given(
    room=st.integers(0, 1000),
    asked=st.dictionaries(
        st.text("abc", min_size=1), st.tuples(st.integers(1, 9), st.integers(0, 900)), max_size=4
    ),
)
def test_room_is_given_away_whole(room: int, asked: dict[str, tuple[int, int]]) -> None:
    weights = {name: weight for name, (weight, _) in asked.items()}
    wanted = {name: many for name, (_, many) in asked.items()}
    given_ = divided(room, weights, wanted)
    assert sum(given_.values()) == min(room, sum(wanted.values()))
    assert all(given_[name] <= wanted[name] for name in wanted)


def test_inbound_is_left_room() -> None:
    assert rate(80, 0.0) == 76
    assert rate(80, 20.0) == 50
    assert rate(80, 500.0) == 16


@pytest.mark.parametrize(
    ("named", "limit"),
    [
        ("TIER_250", 250),
        ("TIER_2K", 2000),
        ("TIER_100K", 100_000),
        ("TIER_UNLIMITED", None),
        ("-1", None),
        ("1000", 1000),
        ("", 250),
        ("TIER_NOT_SET", 250),
    ],
)
def test_tiers_are_read_as_whatsapp_names_them(named: str, limit: int | None) -> None:
    assert tier_of(named) == limit


def test_quiet_hours_may_span_midnight() -> None:
    ten_utc = 36_000_000  # 17:00 in Jakarta
    assert is_quiet(ten_utc, "16:00", "18:00", "Asia/Jakarta")
    assert not is_quiet(ten_utc, "17:01", "18:00", "Asia/Jakarta")
    assert is_quiet(ten_utc, "16:30", "08:00", "Asia/Jakarta")
    assert not is_quiet(ten_utc, "21:00", "08:00", "Asia/Jakarta")
