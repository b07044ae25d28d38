"""The one-time schedules as EventBridge Scheduler takes them: checked by its own model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from moto import mock_aws

from flow.put_by import PutBy, Shelf
from tests.fakes import FakeClock, FakeSqs

DAY_MS = 24 * 3600 * 1000
QUEUE = "arn:aws:sqs:eu-west-1:123456789012:timers"
DEAD = "arn:aws:sqs:eu-west-1:123456789012:timers-dead"
ROLE = "arn:aws:iam::123456789012:role/schedules"


@pytest.fixture
def scheduler() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("scheduler", region_name="eu-west-1")
        client.create_schedule_group(Name="timers")
        yield client


def test_what_is_far_off_is_one_schedule_that_takes_itself_away(scheduler: Any) -> None:
    clock, sqs = FakeClock(), FakeSqs()
    put_by = PutBy(Shelf("timers", QUEUE, DEAD, "timers", ROLE), sqs, scheduler, clock)
    due = clock() + 40 * DAY_MS
    for _ in range(2):  # delivered again, it is the same one
        assert put_by.later({"v": 1}, due, name="timer-1", group="ws_a")

    kept = scheduler.get_schedule(Name="timer-1", GroupName="timers")
    a_minute_before = datetime.fromtimestamp(due / 1000 - 60, UTC)
    assert kept["ScheduleExpression"] == f"at({a_minute_before:%Y-%m-%dT%H:%M:%S})"
    assert kept["ScheduleExpressionTimezone"] == "UTC"
    assert kept["FlexibleTimeWindow"] == {"Mode": "OFF"}
    assert kept["ActionAfterCompletion"] == "DELETE"
    target = kept["Target"]
    assert (target["Arn"], target["RoleArn"]) == (QUEUE, ROLE)
    assert target["DeadLetterConfig"] == {"Arn": DEAD}
    assert json.loads(target["Input"]) == {"v": 1}
    assert sqs.sent == {}


def test_a_year_is_within_what_the_scheduler_keeps(scheduler: Any) -> None:
    clock = FakeClock()
    put_by = PutBy(Shelf("timers", QUEUE, DEAD, "timers", ROLE), FakeSqs(), scheduler, clock)
    for days in (1, 365):
        assert put_by.later({}, clock() + days * DAY_MS, name=f"timer-{days}", group="ws_a")
    assert len(scheduler.list_schedules(GroupName="timers")["Schedules"]) == 2
