"""Flows that start by the clock: each moment once, for every contact of the segment."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from flow import schedules as module
from flow.put_by import PutBy, Shelf
from flow.schedules import Schedules, Settings
from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.queues import send_all
from shared.schedules import Plan, entry_of
from shared.segments.filters import parse
from shared.store.audit import Actor, Change, entry
from shared.store.contacts import Contacts
from shared.store.lifecycle import Lifecycle
from shared.store.segments import Segments
from shared.store.tables import Tables
from tests.builders import sqs_record
from tests.published import publish
from tests.unit.flow.clockwork import FakeScheduler
from tests.unit.flow.lane_world import World
from tests.unit.flow.test_conversations import flow, text

ANA = Actor("ana", "Ana")
BEGUN = 1_795_420_800  # Monday 23 November 2026, 8:00 in UTC
HOUR, DAY = 3600, 24 * 3600


@dataclass
class Plans:
    """The queue with its delays, the scheduler, and the worker. Every record comes `times`."""

    dynamodb: Any
    times: int = 1
    scheduler: FakeScheduler = field(default_factory=FakeScheduler)
    held: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = World(self.dynamodb, flow(text("t", "hi")))
        self.clock, self.sqs = self.world.clock, self.world.sqs
        self.clock.ms = BEGUN * 1000
        self.tenant = self.world.tenant
        shelf = Shelf("schedules", "arn:schedules", "arn:dead", "group", "arn:role")
        put_by = PutBy(shelf, self.sqs, self.scheduler, self.clock)
        names = ("workspaces", "contacts", "starts", "schedules")
        settings = Settings(*names, "arn:schedules", "arn:dead", "group", "arn:role")
        self.worker = Schedules(settings, self.dynamodb, self.sqs, put_by, self.clock)

    def segment(self, *tags: str) -> str:
        conditions = [{"on": "tag", "op": "has", "value": tag} for tag in tags]
        made = Change(ANA, "segment.created", "s", 1)
        store = Segments(self.tenant, "contacts", self.dynamodb)
        filter_ = parse({"conditions": conditions})
        return store.create("S", filter_, 1, lambda _: entry(self.tenant, "workspaces", made)).id

    def contacts(self, many: int, *tags: str) -> set[str]:
        store = Contacts(self.tenant, "contacts", self.dynamodb)
        records = [
            ContactRecord("", tags=tags, identities=(Identity("wa_id", f"{tags}{number}"),))
            for number in range(many)
        ]
        return {store.create(record, 1).id for record in records}

    def publish(self, segment: str, at: str, flow_id: str = "news", **trigger: Any) -> None:
        schedule = {"type": "schedule", "id": "s1", "segment_id": segment, "at": at, **trigger}
        plan = entry_of(Plan(self.tenant.id, flow_id), delay=5)
        send_all(self.sqs, "schedules", [plan])
        publish(self.world.flows, flow_id, flow(text("t", "hi"), triggers=[schedule]))

    def later(self, seconds: int, step: int = 60) -> None:
        end = self.clock() + seconds * 1000
        self._queue_up()
        while self.clock() < end:
            self.clock.advance(step)
            self.held += [(self.clock(), body) for body in self.scheduler.due(self.clock(), 30)]
            while ready := [body for due, body in self.held if due <= self.clock()]:
                self.held = [(due, body) for due, body in self.held if due > self.clock()]
                for body in ready:
                    self.worker.run(sqs_record(body))
                self._queue_up()

    def started(self) -> list[JsonObject]:
        """What was asked for, each id once."""
        bodies = [json.loads(entry["MessageBody"]) for entry in self.sqs.sent["starts"]]
        return list({body["id"]: body for body in bodies}.values())

    def _queue_up(self) -> None:
        for sent in self.sqs.sent.pop("schedules", []):
            due = self.clock() + sent.get("DelaySeconds", 0) * 1000
            self.held += [(due, sent["MessageBody"])] * self.times


@pytest.mark.parametrize("times", [1, 2])
def test_once_for_everybody_of_the_segment(dynamodb: Any, times: int) -> None:
    plans = Plans(dynamodb, times)
    chosen = plans.contacts(12, "vip")
    plans.contacts(3)
    plans.publish(plans.segment("vip"), "2026-11-23T10:00")
    plans.later(2 * HOUR - 60)
    assert plans.started() == []
    plans.later(2 * HOUR)
    started = plans.started()
    assert Counter(one["contact_id"] for one in started) == Counter(chosen)
    assert {(one["flow"], one["trigger"]) for one in started} == {("news", "schedule")}
    assert plans.scheduler.schedules == {}


def test_again_every_day_at_the_workspaces_time(dynamodb: Any) -> None:
    plans = Plans(dynamodb)
    tables = Tables("workspaces", "directory", "usage")
    Lifecycle(plans.tenant, tables, dynamodb).create("Toko", by=ANA, at=1)
    Lifecycle(plans.tenant, tables, dynamodb).change({"time_zone": "Asia/Jakarta"}, 1, by=ANA, at=1)
    plans.contacts(1, "vip")
    daily = {"unit": "day", "until": "2026-11-26"}
    plans.publish(plans.segment("vip"), "2026-11-24T09:00", repeat=daily)
    plans.later(5 * DAY, step=300)
    assert [(one["at"] // 1000 - BEGUN) / HOUR for one in plans.started()] == [18.0, 42.0, 66.0]


def test_a_new_version_has_plans_of_its_own(dynamodb: Any) -> None:
    plans = Plans(dynamodb)
    plans.contacts(1, "vip")
    segment = plans.segment("vip")
    plans.publish(segment, "2026-11-23T10:00")
    plans.later(600)
    plans.publish(segment, "2026-11-23T11:00")
    plans.later(4 * HOUR)
    (one,) = plans.started()
    assert one["at"] // 1000 - BEGUN == 3 * HOUR


def test_a_flow_that_is_put_away_starts_no_more(dynamodb: Any) -> None:
    plans = Plans(dynamodb)
    plans.contacts(1, "vip")
    plans.publish(plans.segment("vip"), "2026-11-23T10:00")
    plans.later(600)
    plans.world.flows.archive("news", by=ANA, at=2)
    plans.later(3 * HOUR)
    assert plans.started() == []


def test_another_zone_moves_what_is_planned(dynamodb: Any) -> None:
    plans = Plans(dynamodb)
    tables = Tables("workspaces", "directory", "usage")
    lifecycle = Lifecycle(plans.tenant, tables, dynamodb)
    lifecycle.create("Toko", by=ANA, at=1)
    plans.contacts(1, "vip")
    plans.publish(plans.segment("vip"), "2026-11-23T20:00")
    plans.later(600)
    lifecycle.change({"time_zone": "America/New_York"}, 1, by=ANA, at=1)
    plans.later(DAY, step=300)
    (one,) = plans.started()
    assert one["at"] // 1000 - BEGUN == 17 * HOUR  # 20:00 there


def test_many_are_started_part_by_part(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STARTED_TOGETHER", 3)
    plans = Plans(dynamodb)
    chosen = plans.contacts(40, "vip")
    plans.publish(plans.segment("vip"), "2026-11-23T08:05")
    plans.later(600)
    assert Counter(one["contact_id"] for one in plans.started()) == Counter(chosen)


def test_a_segment_that_is_gone_starts_nobody(dynamodb: Any) -> None:
    plans = Plans(dynamodb)
    plans.contacts(1)
    plans.publish("gone", "2026-11-23T08:05")
    plans.later(600)
    assert plans.started() == []
