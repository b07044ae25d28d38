"""Keeps what is due later, however far that is, and sends it to a queue when it is time.

The queue's own delay holds what is due within a quarter of an hour. What is due later becomes a
one-time schedule, which sends it to the queue again a minute before: schedules fire within a
minute, the queue by the second. So the only thing that decides is how much time is left, and what
comes early, late, twice or again after a redrive does nothing wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import count
from shared.queues import MAX_DELAY_SECONDS, Entry, encode, send_all
from shared.timers import seconds_left

_SCHEDULES_MAY_BE_LATE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where things are put by: the queue, and the group and role of its schedules."""

    queue_url: str
    queue_arn: str
    dlq_arn: str
    schedule_group: str
    schedule_role_arn: str


@dataclass(frozen=True, slots=True)
class PutBy:
    shelf: Shelf
    sqs: Any
    scheduler: Any
    clock: Clock = now_ms

    def later(self, body: JsonObject, due: int, *, name: str, group: str) -> bool:
        """Whether it was put by until `due` (milliseconds); False: it is time. `name` is the same
        for the same thing and tells nothing of whose it is; `group` names whose share of the queue
        it is."""
        left = seconds_left(due, self.clock())
        if left == 0:
            return False
        if left <= MAX_DELAY_SECONDS:
            entry = Entry(encode(body), group=group, delay=left)
            send_all(self.sqs, self.shelf.queue_url, [entry])
        else:
            self._schedule(body, due, name)
        return True

    def _schedule(self, body: JsonObject, due: int, name: str) -> None:
        """A schedule of the same name is the same thing's: it was made by an earlier delivery."""
        shelf = self.shelf
        at = due // 1000 - _SCHEDULES_MAY_BE_LATE_SECONDS
        try:
            self.scheduler.create_schedule(
                Name=name,
                GroupName=shelf.schedule_group,
                ScheduleExpression=f"at({datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S})",
                ScheduleExpressionTimezone="UTC",
                FlexibleTimeWindow={"Mode": "OFF"},
                ActionAfterCompletion="DELETE",
                Target={
                    "Arn": shelf.queue_arn,
                    "RoleArn": shelf.schedule_role_arn,
                    "Input": encode(body),
                    "DeadLetterConfig": {"Arn": shelf.dlq_arn},
                },
            )
        except self.scheduler.exceptions.ConflictException:
            return
        count("TimersScheduled")
