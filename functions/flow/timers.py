"""Timers: what flows wait for comes back to its lane when it is due, however far that is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flow.put_by import PutBy, Shelf
from shared.aws import client
from shared.events import TIMER_FIRED, Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.timers import Timer, from_body, to_body


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
    inbound_queue_url: str
    sqs: Any
    put_by: PutBy

    def run(self, record: JsonObject) -> None:
        """One queue record: one timer."""
        timer = from_body(json.loads(record["body"]))
        put_by = self.put_by.later(
            to_body(timer), timer.due, name=schedule_name(timer), group=timer.tenant_id
        )
        if not put_by:
            self._fire(timer)

    def _fire(self, timer: Timer) -> None:
        count("TimersFired")
        event = Event(
            id=f"timer:{timer.correlation}:{timer.due}",
            kind=TIMER_FIRED,
            at=timer.due,
            body={"tenant": timer.tenant_id, "correlation": timer.correlation, "due": timer.due},
        )
        batch = LaneEvents(timer.channel, timer.contact, (event,))
        send_all(self.sqs, self.inbound_queue_url, [entry(batch)])


def schedule_name(timer: Timer) -> str:
    """The same for the same timer; it tells nothing of whose it is."""
    place = "\n".join(
        (timer.tenant_id, timer.channel, timer.contact, timer.correlation, str(timer.due))
    )
    return f"timer-{hashlib.sha256(place.encode()).hexdigest()[:40]}"


@lru_cache(maxsize=1)
def _timers() -> Timers:
    settings, sqs = load(Settings), client("sqs")
    shelf = Shelf(
        settings.timers_queue_url,
        settings.timers_queue_arn,
        settings.timers_dlq_arn,
        settings.schedule_group,
        settings.schedule_role_arn,
    )
    return Timers(settings.inbound_queue_url, sqs, PutBy(shelf, sqs, client("scheduler")))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _timers().run)
