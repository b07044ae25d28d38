"""Timers of three seconds, twenty minutes and forty days, under a clock of ours."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from flow.put_by import PutBy, Shelf
from flow.timers import Timers, schedule_name
from shared.queues import send_all
from shared.timers import Timer, timer_entry
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeSqs
from tests.unit.flow.clockwork import FakeScheduler

MINUTE, DAY = 60, 24 * 3600


@dataclass
class Clockwork:
    """The queue with its delays, the scheduler, and the timers worker, second by second."""

    late_seconds: int = 0
    clock: FakeClock = field(default_factory=FakeClock)
    sqs: FakeSqs = field(default_factory=FakeSqs)
    scheduler: FakeScheduler = field(default_factory=FakeScheduler)
    held: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begun = self.clock()
        shelf = Shelf("timers", "arn:timers", "arn:dead", "group", "arn:role")
        put_by = PutBy(shelf, self.sqs, self.scheduler, self.clock)
        self.worker = Timers("inbound", self.sqs, put_by)

    def wake(self, seconds: float, correlation: str = "corr") -> Timer:
        timer = Timer("ws_a", "55", "contact", correlation, self.clock() + round(seconds * 1000))
        send_all(self.sqs, "timers", [timer_entry(timer, self.clock())])
        self._queue_up()
        return timer

    def pass_time(self, seconds: int, step: int = 1) -> None:
        end = self.clock() + seconds * 1000
        while self.clock() < end:
            self.clock.advance(step)
            self.held += [
                (self.clock(), body) for body in self.scheduler.due(self.clock(), self.late_seconds)
            ]
            ready = [body for due, body in self.held if due <= self.clock()]
            self.held = [(due, body) for due, body in self.held if due > self.clock()]
            for body in ready:
                self.worker.run(sqs_record(body))
            self._queue_up()

    def fired(self) -> list[tuple[str, int]]:
        """Correlation and when its event came to the lane, in seconds from the beginning."""
        found = []
        for entry in self.sqs.sent["inbound"]:
            (event,) = json.loads(entry["MessageBody"])["events"]
            assert entry["MessageGroupId"] == "55#contact"
            found.append((event["body"]["correlation"], (event["at"] - self.begun) // 1000))
        return found

    def _queue_up(self) -> None:
        for entry in self.sqs.sent.pop("timers", []):
            delay = entry.get("DelaySeconds", 0)
            assert delay <= 15 * MINUTE
            self.held.append((self.clock() + delay * 1000, entry["MessageBody"]))


def test_three_seconds_ride_the_queue() -> None:
    clockwork = Clockwork()
    clockwork.wake(3)
    clockwork.pass_time(2)
    assert clockwork.fired() == []
    clockwork.pass_time(1)
    assert clockwork.fired() == [("corr", 3)]
    assert clockwork.scheduler.made == 0


@pytest.mark.parametrize("late_seconds", [0, 30, 60])
@pytest.mark.parametrize("seconds", [20 * MINUTE, 40 * DAY])
def test_longer_ones_are_kept_by_the_scheduler(seconds: int, late_seconds: int) -> None:
    clockwork = Clockwork(late_seconds)
    clockwork.wake(seconds)
    clockwork.pass_time(seconds - 2 * MINUTE, step=MINUTE)
    assert clockwork.fired() == []
    assert len(clockwork.scheduler.schedules) == 1
    clockwork.pass_time(2 * MINUTE - 1)
    assert clockwork.fired() == []
    clockwork.pass_time(1)
    assert clockwork.fired() == [("corr", seconds)]
    assert clockwork.scheduler.schedules == {}


@pytest.mark.parametrize("seconds", [0, 0.2, 899, 900, 901, 960])
def test_no_timer_is_early_at_the_borders(seconds: float) -> None:
    clockwork = Clockwork()
    timer = clockwork.wake(seconds)
    while not clockwork.fired():
        clockwork.pass_time(1)
    assert timer.due <= clockwork.clock() <= timer.due + 1000


def test_a_timer_delivered_twice_is_one_schedule_and_one_event() -> None:
    clockwork = Clockwork()
    timer = clockwork.wake(20 * MINUTE)
    clockwork.held += clockwork.held
    clockwork.pass_time(20 * MINUTE)
    assert clockwork.scheduler.made == 1
    assert clockwork.fired() == [("corr", 20 * MINUTE)]
    clockwork.worker.run(sqs_record(timer_entry(timer, clockwork.clock()).body))
    assert len({entry["MessageDeduplicationId"] for entry in clockwork.sqs.sent["inbound"]}) == 1


def test_a_timer_that_was_set_aside_fires_when_it_is_redriven() -> None:
    clockwork = Clockwork()
    timer = clockwork.wake(3)
    clockwork.held.clear()
    clockwork.clock.advance(9 * DAY)
    clockwork.worker.run(sqs_record(timer_entry(timer, clockwork.clock()).body))
    assert clockwork.fired() == [("corr", 3)]


def test_the_schedules_name_tells_nothing_and_fits() -> None:
    one = Timer("ws_a", "55", "contact", "corr", 1)
    assert schedule_name(one) == schedule_name(Timer("ws_a", "55", "contact", "corr", 1))
    others = [Timer("ws_b", "55", "contact", "corr", 1), Timer("ws_a", "55", "contact", "corr", 2)]
    assert schedule_name(one) not in {schedule_name(other) for other in others}
    assert len(schedule_name(one)) <= 64
    assert "ws_a" not in schedule_name(one)
