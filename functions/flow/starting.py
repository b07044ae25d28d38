"""Starts a flow for a contact: finds the contact's lane and sends the start there as an event.

Programs, schedules, changes of contacts, and flows that start flows for others ask for it through
the queue `Starts`. Asked for twice, it happens once: the event carries the request's id.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.contacts.record import ContactRecord
from shared.events import START, Event, LaneEvents, Sender, entry
from shared.json_types import JsonObject
from shared.lanes import Identity, contact_id
from shared.observability import count, counted
from shared.queues import send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.starts import StartRequest, from_body
from shared.store.channels import DISCONNECTED, MOST_CHANNELS, Channels
from shared.store.contacts import ContactNotFoundError, Contacts
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Settings:
    inbound_queue_url: str
    contacts_table: str
    workspaces_table: str
    directory_table: str


@dataclass(frozen=True, slots=True)
class Place:
    """A lane, and who that is where the conversation may be new."""

    channel: str
    contact: str
    sender: Sender | None = None


@dataclass(frozen=True, slots=True)
class Starting:
    settings: Settings
    dynamodb: Any
    sqs: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one contact."""
        request = from_body(json.loads(record["body"]))
        place = self._place(request)
        if place is None:
            count("StartsOfNobody")
            return
        event = Event(
            id=f"start:{request.id}",
            kind=START,
            at=request.at,
            body=_body(request),
            sender=place.sender,
        )
        batch = LaneEvents(place.channel, place.contact, (event,))
        send_all(self.sqs, self.settings.inbound_queue_url, [entry(batch)])
        count("StartsSent")

    def _place(self, request: StartRequest) -> Place | None:
        if request.conversation is not None:
            return Place(request.channel, request.conversation)
        if request.contact_id is not None:
            return self._of_contact(request)
        if request.phone is None:
            return None
        return self._of_phone(request, request.phone)

    def _of_contact(self, request: StartRequest) -> Place | None:
        """Where the contact writes already, on the wanted number if there is one; else its number.
        None for somebody unknown, blocked, or without a number."""
        table = self.settings.contacts_table
        try:
            record = Contacts(Tenant(request.tenant_id), table, self.dynamodb).get(
                str(request.contact_id)
            )
        except ContactNotFoundError:
            return None
        if record.blocked:
            return None
        known = _conversation(record, request.channel)
        if known is None and record.phone is not None:
            return self._of_phone(request, record.phone)
        return known

    def _of_phone(self, request: StartRequest, phone: str) -> Place | None:
        channel = request.channel or self._first_channel(Tenant(request.tenant_id))
        return of_phone(channel, phone) if channel else None

    def _first_channel(self, tenant: Tenant) -> str | None:
        settings = self.settings
        tables = settings.workspaces_table, settings.directory_table
        found, _ = Channels(tenant, *tables, self.dynamodb).page(MOST_CHANNELS, None)
        usable = [channel for channel in found if channel.state != DISCONNECTED]
        return min(usable, key=lambda one: one.created_at).id if usable else None


def of_phone(channel: str, phone: str) -> Place:
    """`phone` in E.164."""
    identity = Identity("wa_id", phone.removeprefix("+"))
    lane_contact = contact_id(channel, identity.kind, identity.value)
    return Place(channel, lane_contact, Sender((identity,)))


def _conversation(record: ContactRecord, channel: str) -> Place | None:
    """The newest of the contact's; on the channel, where one is named."""
    for place in reversed(record.conversations):
        there, _, lane_contact = place.partition(".")
        if channel in ("", there):
            return Place(there, lane_contact)
    return None


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
    return Starting(load(Settings), client("dynamodb"), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _starting().run)
