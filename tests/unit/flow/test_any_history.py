"""Promise 2 by property: any history of messages, deaths, refusals, repetitions and redrives."""

from __future__ import annotations

from collections import deque
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from shared.conversation import REMEMBERED_IDS
from shared.events import LaneEvents
from tests.unit.flow.faults import Fault
from tests.unit.flow.lane_world import MAX_RECEIVES, World, customer

_people = st.integers(0, 2)
_faults = st.sampled_from(list(Fault))
_MOST_CALLS = 7


class Inbound(RuleBasedStateMachine):
    """The queue as SQS keeps it: a lane waits behind its failed record, and five receives are
    enough for the dead-letter queue."""

    dynamodb: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.dynamodb)
        self.people = [customer(), customer(bsuid=False), customer(wa_id=False)]
        self.lanes: list[deque[LaneEvents]] = [deque() for _ in self.people]
        self.said: list[list[LaneEvents]] = [[] for _ in self.people]
        self.receives = [0 for _ in self.people]
        self.dead: list[tuple[int, LaneEvents]] = []
        self.was_dead = [False for _ in self.people]

    @rule(person=_people, texts=st.lists(st.sampled_from(["baik", "", "{{said}}"]), min_size=1))
    def says(self, person: int, texts: list[str]) -> None:
        batch = self.world.says(self.people[person], *texts)
        self.said[person].append(batch)
        self.lanes[person].append(batch)

    @rule(person=_people)
    def says_more_than_is_remembered(self, person: int) -> None:
        self.says(person, [f"line {i}" for i in range(REMEMBERED_IDS + 1)])

    @rule(person=_people, back=st.integers(1, 4), is_reversed=st.booleans())
    def comes_again(self, person: int, back: int, is_reversed: bool) -> None:
        """Meta sends a webhook again: its events alone, or mixed with those of another."""
        for batch in self.said[person][-back:][:1]:
            events = batch.events[::-1] if is_reversed else batch.events
            newest = self.said[person][-1].events
            self.lanes[person].append(LaneEvents(batch.channel, batch.contact, events + newest))

    @rule(person=_people, place=st.integers(0, _MOST_CALLS), fault=_faults)
    def works_and_fails(self, person: int, place: int, fault: Fault) -> None:
        self.world.calls.fail_next(place, fault)
        self.works(person)
        self.world.calls.plan.clear()

    @rule(person=_people)
    def works(self, person: int) -> None:
        lane = self.lanes[person]
        if not lane:
            return
        self.receives[person] += 1
        if not self.world.deliver(lane[0], self.receives[person]):
            if self.receives[person] < MAX_RECEIVES:
                return
            self.dead.append((person, lane[0]))
            self.was_dead[person] = True
        lane.popleft()
        self.receives[person] = 0

    @rule(person=_people, place=st.integers(0, _MOST_CALLS), fault=_faults)
    def dies_for_good(self, person: int, place: int, fault: Fault) -> None:
        for _ in range(MAX_RECEIVES - self.receives[person]):
            self.works_and_fails(person, place, fault)

    @rule(person=_people, place=st.integers(0, 3))
    def queue_refuses(self, person: int, place: int) -> None:
        self.world.sqs.refuse = {self.world.sqs.asked + place}
        self.works(person)
        self.world.sqs.refuse = set()

    @rule(person=_people, takes=st.integers(0, 3), place=st.integers(0, _MOST_CALLS))
    def log_takes_a_part_and_the_worker_dies(self, person: int, takes: int, place: int) -> None:
        self.world.watched.batch_takes = takes
        self.works_and_fails(person, place, Fault.KILLED_AFTER)
        self.world.watched.batch_takes = None

    @rule()
    def queues_forget(self) -> None:
        self.world.clock.advance(301)

    @rule()
    def redriven(self) -> None:
        for person, batch in self.dead:
            self.lanes[person].append(batch)
        self.dead.clear()

    def teardown(self) -> None:
        self.redriven()
        for person, lane in enumerate(self.lanes):
            while lane:
                self.works(person)
        assert self.dead == []
        for person, said in enumerate(self.said):
            if said:
                self._check(person, said)

    def _check(self, person: int, said: list[LaneEvents]) -> None:
        contact = said[0].contact
        accepted = [event.id for batch in said for event in batch.events]
        logged = [line.event for line in self.world.log(contact) if line.direction == "in"]
        assert sorted(logged) == sorted(accepted)
        if not self.was_dead[person]:  # a redriven record comes after what overtook it
            assert logged == accepted
        name = self.people[person].name
        self.world.check(contact, logged, name)


@pytest.mark.parametrize("length", [12, 40])
def test_any_history(dynamodb: Any, length: int) -> None:
    Inbound.dynamodb = dynamodb
    run_state_machine_as_test(
        Inbound,
        settings=settings(
            max_examples=250 // length,
            stateful_step_count=length,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
