"""No number exceeds its throughput, its pair rate: as Meta counts what arrives."""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.pacing import hold_seconds
from local.graph.bucket import Bucket, draw
from shared.channels.send_rates import of_number, of_pair
from shared.pacing import SECOND, Pace, TooSoonError, drawn
from shared.store.paces import Paces
from shared.tenancy import Tenant

SLOWEST_WAY = 0.25  # seconds from us to Meta


@dataclass
class Meta:
    """Counts by the stand-in's own buckets, which cite the reference."""

    per_second: int
    whole: Bucket | None = None
    pairs: dict[int, Bucket] = field(default_factory=dict)
    refused: list[float] = field(default_factory=list)
    taken: int = 0

    def arrives(self, person: int, at: float) -> None:
        self.pairs[person], pair = draw(self.pairs.get(person), 1 / 6, at, 45)
        self.whole, whole = draw(self.whole, self.per_second, at)
        if pair and whole:
            self.taken += 1
        else:
            self.refused.append(at)


def simulated(per_second: int, lanes: dict[int, int], seed: int) -> tuple[Meta, float]:
    """Every lane sends its messages in order, all lanes at once; each message takes a while to
    arrive. Meta, and how long all of it took in seconds."""
    chance = random.Random(seed)
    pace = of_number(per_second)
    whole: int | None = None
    pairs: dict[int, int | None] = {}
    arrivals: list[tuple[float, int]] = []
    turns = [(chance.randrange(SECOND), person, count) for person, count in lanes.items()]
    heapq.heapify(turns)
    while turns:
        now, person, left = heapq.heappop(turns)
        try:
            _, pair_after = drawn(pairs.get(person), now, of_pair())
            starts, whole_after = drawn(whole, now, pace)
        except TooSoonError as error:
            heapq.heappush(turns, (now + error.wait + chance.randrange(SECOND), person, left))
            continue
        pairs[person], whole = pair_after, whole_after
        arrives = starts / SECOND + chance.uniform(0, SLOWEST_WAY)
        arrivals.append((arrives, person))
        if left > 1:
            heapq.heappush(turns, (round(arrives * SECOND), person, left - 1))
    meta = Meta(per_second)
    for at, person in sorted(arrivals):
        meta.arrives(person, at)
    return meta, max(at for at, _ in arrivals)


@given(
    per_second=st.sampled_from([20, 80, 1000]),
    lanes=st.lists(st.integers(1, 60), min_size=1, max_size=60),
    seed=st.integers(0, 10_000),
)
@settings(max_examples=40, deadline=None)
def test_meta_refuses_nothing_of_what_many_senders_send(
    per_second: int, lanes: list[int], seed: int
) -> None:
    meta, _ = simulated(per_second, dict(enumerate(lanes)), seed)
    assert meta.refused == []
    assert meta.taken == sum(lanes)


def test_the_guard_costs_no_more_than_its_share_of_the_throughput() -> None:
    meta, seconds = simulated(80, dict.fromkeys(range(600), 2), 1)
    assert meta.refused == []
    assert seconds < 1200 / 60 + 5


def test_without_a_guard_the_same_crowd_is_refused() -> None:
    meta = Meta(80)
    for person in range(600):
        meta.arrives(person, 0.0)
    assert len(meta.refused) == 520


@pytest.mark.parametrize("contact", [None, "someone"])
def test_senders_that_draw_at_once_get_moments_of_their_own(
    contact: str | None, dynamodb: Any
) -> None:
    pace = Pace(every=100, ahead=350)
    place = Tenant(f"ws_paces_{contact or 'number'}"), "1", contact
    senders = [Paces("requests", dynamodb) for _ in range(2)]
    paces = senders[0]
    moments = [sender.draw(*place, pace, 1000) for sender in senders * 2]
    assert moments == [1000, 1100, 1200, 1300]
    with pytest.raises(TooSoonError) as refused:
        paces.draw(*place, pace, 1000)
    assert refused.value.wait == 50
    assert paces.draw(*place, pace, 1050) == 1400
    assert paces.draw(*place, pace, 9000) == 9000


def test_a_draw_goes_on_from_where_another_sender_left_the_bucket(dynamodb: Any) -> None:
    pace = Pace(every=100, ahead=10_000)
    place = Tenant("ws_races"), "1", None
    others = Paces("requests", dynamodb)

    class Racing:
        exceptions = dynamodb.exceptions
        races = 2

        def update_item(self, **request: Any) -> Any:
            if self.races:
                self.races -= 1
                others.draw(*place, pace, 1000)
            return dynamodb.update_item(**request)

    assert Paces("requests", Racing()).draw(*place, pace, 1000) == 1200


def test_a_held_record_lasts_for_days_within_its_receives() -> None:
    waits = [hold_seconds(receives) for receives in range(1, 101)]
    assert waits[0] == 60
    assert waits == sorted(waits)
    assert 2.5 * 86_400 < sum(waits) < 4 * 86_400
