"""Timers: what flows wait for comes back to its lane when it is due.

The queue's own delay holds what is due within a quarter of an hour. What is due later becomes a
one-time schedule, which sends the timer to this queue again a minute before: schedules fire within
a minute, the queue by the second. So the only thing that decides is how much time is left, and a
timer that comes early, late, twice or again after a redrive does nothing wrong.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.events import TIMER_FIRED, Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import MAX_DELAY_SECONDS, encode, send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.timers import Timer, from_body, seconds_left, timer_entry, to_body

_SCHEDULES_MAY_BE_LATE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Settings:
    inbound_queue_url: str
    timers_queue_url: str
    timers_queue_arn: str
    timers_dlq_arn: str
    schedule_group: str
    schedule_role_arn: str


@dataclass(frozen=True, slots=True)
class Timers:
    settings: Settings
    sqs: Any
    scheduler: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one timer."""
        timer = from_body(json.loads(record["body"]))
        left = seconds_left(timer, self.clock())
        if left == 0:
            self._fire(timer)
        elif left <= MAX_DELAY_SECONDS:
            send_all(self.sqs, self.settings.timers_queue_url, [timer_entry(timer, self.clock())])
        else:
            self._schedule(timer)

    def _fire(self, timer: Timer) -> None:
        count("TimersFired")
        event = Event(
            id=f"timer:{timer.correlation}:{timer.due}",
            kind=TIMER_FIRED,
            at=timer.due,
            body={"tenant": timer.tenant_id, "correlation": timer.correlation, "due": timer.due},
        )
        batch = LaneEvents(timer.channel, timer.contact, (event,))
        send_all(self.sqs, self.settings.inbound_queue_url, [entry(batch)])

    def _schedule(self, timer: Timer) -> None:
        """A schedule of the same name is the same timer's: it was made by an earlier delivery."""
        settings = self.settings
        at = timer.due // 1000 - _SCHEDULES_MAY_BE_LATE_SECONDS
        try:
            self.scheduler.create_schedule(
                Name=schedule_name(timer),
                GroupName=settings.schedule_group,
                ScheduleExpression=f"at({datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S})",
                ScheduleExpressionTimezone="UTC",
                FlexibleTimeWindow={"Mode": "OFF"},
                ActionAfterCompletion="DELETE",
                Target={
                    "Arn": settings.timers_queue_arn,
                    "RoleArn": settings.schedule_role_arn,
                    "Input": encode(to_body(timer)),
                    "DeadLetterConfig": {"Arn": settings.timers_dlq_arn},
                },
            )
        except self.scheduler.exceptions.ConflictException:
            return
        count("TimersScheduled")


def schedule_name(timer: Timer) -> str:
    """The same for the same timer; it tells nothing of whose it is."""
    place = "\n".join(
        (timer.tenant_id, timer.channel, timer.contact, timer.correlation, str(timer.due))
    )
    return f"timer-{hashlib.sha256(place.encode()).hexdigest()[:40]}"


@lru_cache(maxsize=1)
def _timers() -> Timers:
    return Timers(load(Settings), client("sqs"), client("scheduler"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _timers().run)
