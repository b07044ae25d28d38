"""The slow work that flows ask for: done here, its answer returned to the lane as an event."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flow.calling import answer_of
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.events import HTTP_ANSWERED, Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.notices import FLOW_EVENT, Notice, Notices, notice_id
from shared.observability import count, counted
from shared.public_http import Response, request
from shared.queues import send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.webhooks import wanted_by
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Settings:
    """`private_hosts`: what may be called although it is not public, as "host:port", with spaces
    between."""

    inbound_queue_url: str
    notices_queue_url: str
    workspaces_table: str
    private_hosts: str


@dataclass(frozen=True, slots=True)
class Actions:
    settings: Settings
    sqs: Any
    notices: Notices
    request: Callable[..., Response] = request
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one action. Delivered twice it is done twice, and the second answer
        finds nobody waiting: the correlation decides."""
        action = json.loads(record["body"])
        match action["kind"]:
            case "http":
                answer = answer_of(action, self.request, self.settings.private_hosts)
                self._return(action, answer)
            case "webhook":
                self._tell(action)

    def _tell(self, action: JsonObject) -> None:
        """The workspace's programs hear of what a flow came to."""
        tenant, place = Tenant(action["tenant"]), f"{action['channel']}.{action['contact']}"
        notice = Notice(
            id=notice_id(tenant, FLOW_EVENT, place, action["id"]),
            type=FLOW_EVENT,
            at=action["at"],
            data={"event": action["event"], "conversation_id": place, "data": action["data"]},
            contact=action["contact"],
        )
        self.notices.tell(tenant, [notice])

    def _return(self, action: JsonObject, answer: JsonObject) -> None:
        event = Event(
            id=f"{action['kind']}:{action['correlation']}",
            kind=HTTP_ANSWERED,
            at=self.clock(),
            body={"correlation": action["correlation"], **answer},
            hops=action["hops"],
        )
        batch = LaneEvents(action["channel"], action["contact"], (event,))
        send_all(self.sqs, self.settings.inbound_queue_url, [entry(batch)])


@lru_cache(maxsize=1)
def _actions() -> Actions:
    settings, sqs = load(Settings), client("sqs")
    wanted = wanted_by(settings.workspaces_table, client("dynamodb"))
    return Actions(settings, sqs, Notices(sqs, settings.notices_queue_url, wanted))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("ActionsRecords", len(event["Records"]))
    return run_each(event["Records"], _actions().run)
