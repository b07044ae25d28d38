"""The slow work that flows ask for: done here, its answer returned to the lane as an event."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flow.calling import answer_of
from flow.knowledge import Knowledge, NoKnowledge
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.events import AI_ANSWERED, HTTP_ANSWERED, Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.observability import count, counted, logger
from shared.public_http import Response, request
from shared.queues import send_all
from shared.settings import load


@dataclass(frozen=True, slots=True)
class Settings:
    """`private_hosts`: what may be called although it is not public, as "host:port", with spaces
    between."""

    inbound_queue_url: str
    private_hosts: str


@dataclass(frozen=True, slots=True)
class Actions:
    settings: Settings
    sqs: Any
    request: Callable[..., Response] = request
    knowledge: Knowledge = field(default_factory=NoKnowledge)
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one action. Delivered twice it is done twice, and the second answer
        finds nobody waiting: the correlation decides."""
        action = json.loads(record["body"])
        match action["kind"]:
            case "http":
                answer = answer_of(action, self.request, self.settings.private_hosts)
                self._return(action, HTTP_ANSWERED, answer)
            case "ai":
                self._return(action, AI_ANSWERED, self.knowledge.answer(action["tenant"], action))

    def _return(self, action: JsonObject, kind: str, answer: JsonObject) -> None:
        event = Event(
            id=f"{action['kind']}:{action['correlation']}",
            kind=kind,
            at=self.clock(),
            body={"correlation": action["correlation"], **answer},
            hops=action["hops"],
        )
        batch = LaneEvents(action["channel"], action["contact"], (event,))
        send_all(self.sqs, self.settings.inbound_queue_url, [entry(batch)])


@lru_cache(maxsize=1)
def _actions() -> Actions:
    return Actions(load(Settings), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("ActionsRecords", len(event["Records"]))
    failed = []
    for record in event["Records"]:
        try:
            _actions().run(record)
        except Exception:
            logger.exception("action failed", record_id=record["messageId"])
            failed.append(record["messageId"])
    return {"batchItemFailures": [{"itemIdentifier": record_id} for record_id in failed]}
