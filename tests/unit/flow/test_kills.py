"""The worker dies, or loses its connection, at every AWS call it makes; SQS redelivers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.conversation import REMEMBERED_IDS
from shared.events import LaneEvents
from shared.json_types import JsonObject
from tests.unit.flow.faults import Fault
from tests.unit.flow.lane_world import ECHO, Customer, World, customer

CHATTY: JsonObject = {
    "schema": 1,
    "name": "More lines than one batch of the log holds",
    "start": "m0",
    "nodes": [{"id": f"m{i}", "type": "message", "data": {"text": f"line {i}"}} for i in range(30)],
    "edges": [{"source": f"m{i}", "target": f"m{i + 1}"} for i in range(29)],
}
CALLING: JsonObject = {
    "schema": 1,
    "name": "Says something, then calls",
    "start": "wait",
    "nodes": [
        {"id": "wait", "type": "message", "data": {"text": "One moment"}},
        {
            "id": "call",
            "type": "http",
            "data": {"url": "https://shop.example/{{message.text}}", "variable": "answer"},
        },
    ],
    "edges": [{"source": "wait", "target": "call"}],
}


def _one(world: World, who: Customer) -> list[LaneEvents]:
    return [world.says(who, "halo")]


def _three_in_one_record(world: World, who: Customer) -> list[LaneEvents]:
    return [world.says(who, "halo", "apa kabar", "baik")]


def _one_after_another(world: World, who: Customer) -> list[LaneEvents]:
    return [world.says(who, "halo"), world.says(who, "baik"), world.says(who, "sekali")]


Plan = Callable[[World, Customer], list[LaneEvents]]
SCENES: dict[str, tuple[JsonObject, Plan]] = {
    "first_contact": (ECHO, _one),
    "several_events_in_a_record": (ECHO, _three_in_one_record),
    "records_in_turn": (ECHO, _one_after_another),
    "more_lines_than_a_batch": (CHATTY, _one),
    "an_action_is_asked_for": (CALLING, _one),
}


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_lost_or_done_twice(dynamodb: Any, scene: str, fault: Fault) -> None:
    flow, plan = SCENES[scene]
    world = World(dynamodb, flow)
    for place in range(_calls_of(world, plan)):
        world.is_cold_again()
        who = customer()
        batches = plan(world, who)
        world.calls.plan = {place: fault}
        for batch in batches:
            world.deliver_until_done(batch)
        applied = [event.id for batch in batches for event in batch.events]
        world.check(batches[0].contact, applied, who.name)


def _calls_of(world: World, plan: Plan) -> int:
    """How many there are when nothing goes wrong."""
    for batch in plan(world, customer()):
        assert world.deliver(batch)
    return len(world.calls.made)


def test_without_faults_a_known_person_costs_four_calls(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    assert world.deliver(world.says(who, "halo"))
    world.calls.made.clear()
    assert world.deliver(world.says(who, "baik"))
    assert world.calls.made == ["query", "put_item", "send_message_batch", "batch_write_item"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Fault.KILLED_AFTER, Fault.KILLED_BEFORE),
        (Fault.KILLED_BEFORE, Fault.KILLED_AFTER),
        (Fault.LOST_AFTER, Fault.KILLED_AFTER),
        (Fault.KILLED_AFTER, Fault.LOST_AFTER),
    ],
)
def test_two_faults_in_a_row(dynamodb: Any, first: Fault, second: Fault) -> None:
    world = World(dynamodb)
    calls = _calls_of(world, _one)
    for place in range(calls):
        world.is_cold_again()
        who = customer()
        batch = world.says(who, "halo", "baik")
        world.calls.fail_next(place, first)
        world.deliver(batch)
        world.calls.fail_next(calls - 1 - place, second)
        world.deliver(batch)
        world.deliver_until_done(batch)
        world.check(batch.contact, [event.id for event in batch.events], who.name)


def test_the_queue_refuses(dynamodb: Any) -> None:
    """A lane's effects are one entry: SQS takes all of them or none, and order holds."""
    world, who = World(dynamodb), customer()
    batch = world.says(who, "halo", "baik")
    world.sqs.refuse = {0}
    assert not world.deliver(batch)
    world.deliver_until_done(batch)
    world.check(batch.contact, [event.id for event in batch.events], who.name)


@pytest.mark.parametrize("takes", [1, 2, 3])
def test_the_log_takes_only_a_part_at_a_time(dynamodb: Any, takes: int) -> None:
    world, who = World(dynamodb), customer()
    world.watched.batch_takes = takes
    batch = world.says(who, "halo", "baik")
    assert world.deliver(batch)
    world.check(batch.contact, [event.id for event in batch.events], who.name)


@pytest.mark.parametrize("takes", [0, 1, 2, 3])
def test_killed_with_a_part_of_the_log_written(dynamodb: Any, takes: int) -> None:
    """The summary may be among the part that was written; the lines must not stay away."""
    world, who = World(dynamodb), customer()
    calls = _calls_of(world, _three_in_one_record)
    world.is_cold_again()
    batch = world.says(who, "halo", "baik")
    world.watched.batch_takes = takes
    world.calls.fail_next(calls - 1, Fault.KILLED_AFTER)
    assert not world.deliver(batch)
    world.watched.batch_takes = None
    world.deliver_until_done(batch)
    world.check(batch.contact, [event.id for event in batch.events], who.name)


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER])
def test_a_record_of_more_events_than_are_remembered(dynamodb: Any, fault: Fault) -> None:
    texts = [f"line {i}" for i in range(REMEMBERED_IDS + 8)]
    world = World(dynamodb)
    for place in range(_calls_of(world, lambda world, who: [world.says(who, *texts)])):
        world.is_cold_again()
        who = customer()
        batch = world.says(who, *texts)
        world.calls.plan = {place: fault}
        world.deliver_until_done(batch)
        world.check(batch.contact, [event.id for event in batch.events], who.name)
