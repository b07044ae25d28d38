"""An event that was committed and never handed over is healed by the lane's next one."""

from __future__ import annotations

from typing import Any

import pytest

from shared.conversation import REMEMBERED_IDS
from shared.events import LaneEvents
from tests.unit.flow.lane_world import MAX_RECEIVES, Customer, World, customer

AFTER_THE_COMMIT = ("send_message_batch", "batch_write_item")


def _dies_at(world: World, batch: LaneEvents, call: str) -> None:
    """Every receive gets as far as this call; then the record is in the dead-letter queue."""
    for _ in range(MAX_RECEIVES):
        world.calls.always_kill = call
        assert not world.deliver(batch)
    world.calls.always_kill = None


def _ids(*batches: LaneEvents) -> list[str]:
    return [event.id for batch in batches for event in batch.events]


@pytest.mark.parametrize("call", AFTER_THE_COMMIT)
def test_the_next_event_hands_over_what_was_left_behind(dynamodb: Any, call: str) -> None:
    world, who = World(dynamodb), customer()
    first, left, following = (world.says(who, text) for text in ("halo", "baik", "sekali"))
    assert world.deliver(first)
    _dies_at(world, left, call)
    assert world.deliver(following)
    world.check(first.contact, _ids(first, left, following), who.name)


@pytest.mark.parametrize("call", AFTER_THE_COMMIT)
def test_the_first_event_of_all_may_be_the_one_left_behind(dynamodb: Any, call: str) -> None:
    world, who = World(dynamodb), customer()
    left, following = world.says(who, "halo"), world.says(who, "baik")
    _dies_at(world, left, call)
    assert world.deliver(following)
    world.check(left.contact, _ids(left, following), who.name)


@pytest.mark.parametrize("later", [0, 1, REMEMBERED_IDS - 1, REMEMBERED_IDS + 8])
def test_redriving_what_was_healed_changes_nothing(dynamodb: Any, later: int) -> None:
    """Also when the remembered ids have forgotten it, and only the log can tell."""
    world, who = World(dynamodb), customer()
    left = world.says(who, "halo")
    _dies_at(world, left, "send_message_batch")
    following = _talk(world, who, later + 1)
    world.sqs.forget_duplicates()
    assert world.deliver(left)
    world.check(left.contact, _ids(left, *following), who.name)


@pytest.mark.parametrize("later", [0, 1, REMEMBERED_IDS + 8])
def test_redriving_what_was_never_committed_applies_it(dynamodb: Any, later: int) -> None:
    """Even if it is older than everything remembered: the log does not have it."""
    world, who = World(dynamodb), customer()
    first, refused = world.says(who, "halo"), world.says(who, "baik")
    assert world.deliver(first)
    _dies_at(world, refused, "put_item")
    following = _talk(world, who, later)
    assert world.deliver(refused)
    assert world.deliver(refused)
    world.check(first.contact, _ids(first, *following, refused), who.name)


@pytest.mark.parametrize("minutes", [0, 6, 60])
@pytest.mark.parametrize("later", [0, 1, REMEMBERED_IDS, REMEMBERED_IDS + 1, 80])
def test_an_event_comes_again(dynamodb: Any, later: int, minutes: int) -> None:
    world, who = World(dynamodb), customer()
    first = world.says(who, "halo")
    assert world.deliver(first)
    following = _talk(world, who, later)
    world.clock.advance(minutes * 60)
    assert world.deliver(first)
    world.check(first.contact, _ids(first, *following), who.name)


def test_a_whole_history_comes_again_backwards(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    batches = _talk(world, who, REMEMBERED_IDS * 2)
    world.sqs.forget_duplicates()
    for batch in reversed(batches):
        assert world.deliver(batch)
    world.check(batches[0].contact, _ids(*batches), who.name)


def test_the_same_event_twice_in_one_record(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    said = world.says(who, "halo", "baik")
    doubled = LaneEvents(said.channel, said.contact, (*said.events, *said.events))
    assert world.deliver(doubled)
    world.check(said.contact, _ids(said), who.name)


def test_old_and_new_events_in_one_record(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    old, new = world.says(who, "halo"), world.says(who, "baik")
    assert world.deliver(old)
    mixed = LaneEvents(old.channel, old.contact, (*new.events, *old.events))
    assert world.deliver(mixed)
    world.check(old.contact, _ids(old, new), who.name)


def _talk(world: World, who: Customer, records: int) -> list[LaneEvents]:
    batches = [world.says(who, f"line {i}") for i in range(records)]
    for batch in batches:
        assert world.deliver(batch)
    return batches
