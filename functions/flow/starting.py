"""Starts a flow for a contact: finds the contact's lane and sends the start there as an event.

Programs, schedules, and flows that start flows for others ask for it through the queue `Starts`.
Asked for twice, it happens once: the event carries the request's id.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.events import START, Event, LaneEvents, Sender, entry
from shared.json_types import JsonObject
from shared.lanes import Identity, contact_id
from shared.observability import count, counted
from shared.queues import send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.starts import StartRequest, from_body


@dataclass(frozen=True, slots=True)
class Settings:
    inbound_queue_url: str


@dataclass(frozen=True, slots=True)
class Starting:
    settings: Settings
    sqs: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one contact."""
        request = from_body(json.loads(record["body"]))
        place = self._place(request)
        if place is None:
            count("StartsOfNobody")
            return
        contact, sender = place
        event = Event(
            id=f"start:{request.id}", kind=START, at=request.at, body=_body(request), sender=sender
        )
        batch = LaneEvents(request.channel, contact, (event,))
        send_all(self.sqs, self.settings.inbound_queue_url, [entry(batch)])
        count("StartsSent")

    def _place(self, request: StartRequest) -> tuple[str, Sender | None] | None:
        """The lane's contact, and who that is where the conversation may be new."""
        if request.conversation is not None:
            return request.conversation, None
        if request.phone is None:
            return None
        return of_phone(request.channel, request.phone)


def of_phone(channel: str, phone: str) -> tuple[str, Sender]:
    """`phone` in E.164."""
    identity = Identity("wa_id", phone.removeprefix("+"))
    lane_contact = contact_id(channel, identity.kind, identity.value)
    return lane_contact, Sender((identity,))


def _body(request: StartRequest) -> JsonObject:
    body: JsonObject = {
        "tenant": request.tenant_id,
        "trigger": request.trigger,
        "values": request.values,
        "parameters": request.parameters,
        "generation": request.generation,
        "interrupt": request.interrupt,
    }
    return body if request.flow is None else {**body, "flow": request.flow}


@lru_cache(maxsize=1)
def _starting() -> Starting:
    return Starting(load(Settings), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _starting().run)
