"""The only writer of a conversation: read once, apply, commit once, hand over, log.

If it dies after the commit, the redelivered event finds itself applied and hands over the *stored*
effects. If even that fails for good, the lane's next event hands over what was left behind.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flow.applying import apply
from flow.campaign_news import tell_campaigns
from flow.flows import Flows
from flow.handing_over import (
    action_entries,
    campaign_replies,
    contact_entry,
    log_lines,
    media_entries,
    outbound_entry,
    question_entries,
    start_entries,
    stops,
    summary,
    timer_entries,
)
from flow.known_contact import is_asked_for, known_profile
from flow.stage_limits import stage_limits
from flow.tracing import traces
from shared.aws import client
from shared.channels.webhook_bodies import read_lane
from shared.clock import Clock, now_ms
from shared.conversation import REMEMBERED_IDS, Conversation, Handover, outbox_bytes
from shared.events import CONTACT_CHANGED, OF_A_TENANT, Event, LaneEvents
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.numbers import Numbers
from shared.observability import count, counted
from shared.overflow import work_on
from shared.queues import send_all
from shared.settings import load
from shared.store.contacts import Contacts
from shared.store.conversations import Conversations, Opened, Summary
from shared.store.directory import Directory, Number
from shared.store.inspection import Inspection, Kept

_COMMIT_BYTES = 100_000  # of outbox; an item holds 400 kB, and one event may add 200 kB more


@dataclass(frozen=True, slots=True)
class Settings:
    conversations_table: str
    workspaces_table: str
    directory_table: str
    inspection_table: str
    inbound_queue_url: str
    outbound_queue_url: str
    actions_queue_url: str
    questions_queue_url: str
    timers_queue_url: str
    starts_queue_url: str
    contacts_queue_url: str
    media_queue_url: str
    campaigns_table: str
    contacts_table: str
    overflow_bucket: str


@dataclass(frozen=True, slots=True)
class Worker:
    settings: Settings
    numbers: Numbers
    flows: Flows
    dynamodb: Any
    sqs: Any
    s3: Callable[[], Any]
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: some events of one lane."""
        work_on(record["body"], self.s3, self.settings.overflow_bucket, self._run)

    def _run(self, body: JsonObject) -> None:
        batch = read_lane(body)
        number = self.numbers.get(batch.channel)
        if number is None:
            self._keep_unknown_number(batch)
            return
        store = Conversations(number.tenant, self.settings.conversations_table, self.dynamodb)
        opened = store.open(batch.channel, batch.contact, _identities(batch))
        events = deque(self._fresh(number, store, opened.conversation, batch))
        if is_asked_for(opened.conversation, events):
            opened = self._with_contact(number, opened, _identities(batch))
        opened = self._run_some(number, store, opened, events, _finished(opened, batch))
        while events:
            opened = self._run_some(number, store, opened, events)

    def _run_some(
        self,
        number: Number,
        store: Conversations,
        opened: Opened,
        events: deque[Event],
        again: Sequence[Handover] = (),
    ) -> Opened:
        """Take as many events as one commit may hold (nearly always all), commit them and hand
        over; answers the conversation as it is then."""
        conversation = _without_finished(opened)
        while events and not _is_full(conversation):
            before, event = conversation, events.popleft()
            catalog, workspace = self.flows.catalog(number), self.flows.workspace(number.tenant)
            conversation = apply(before, event, catalog, self.clock(), workspace)
            store.link_identities(conversation, _new_identities(before, event))
        if conversation.version > opened.conversation.version:
            store.commit(conversation, on_top_of=opened.conversation.version)
        if not conversation.outbox and not again:
            return opened
        done = self._hand_over(number, store, conversation, again, opened.summary)
        return Opened(conversation, done)

    def _with_contact(
        self, number: Number, opened: Opened, identities: Sequence[Identity]
    ) -> Opened:
        contacts = Contacts(number.tenant, self.settings.contacts_table, self.dynamodb)
        known = known_profile(contacts, identities)
        return replace(opened, conversation=replace(opened.conversation, profile=known))

    def _fresh(
        self, number: Number, store: Conversations, conversation: Conversation, batch: LaneEvents
    ) -> list[Event]:
        """The events that were not applied before, each once; none that another workspace asked
        for when the number was still its own."""
        applied = conversation.applied
        once: dict[str, Event] = {}
        for event in batch.events:
            if event.id not in applied and _concerns(number, event):
                once.setdefault(event.id, event)
        unsure = {event.id for event in once.values() if applied.unsure(event.at)}
        if unsure:
            unsure = store.logged_among(batch.channel, conversation.contact.id, unsure)
        if conversation.version == 0:  # tidings of a contact begin no conversation
            unsure |= {event.id for event in once.values() if event.kind == CONTACT_CHANGED}
        fresh = [event for event in once.values() if event.id not in unsure]
        count("EventsSeenBefore", len(batch.events) - len(fresh))
        return fresh

    def _hand_over(
        self,
        number: Number,
        store: Conversations,
        conversation: Conversation,
        again: Iterable[Handover],
        before: Summary | None,
    ) -> Summary:
        """Empty the outbox into the queues, and log it with what is to be logged once more;
        answers the summary that says so."""
        tenant, outbox = number.tenant, conversation.outbox
        outbound = outbound_entry(tenant, conversation, outbox)
        actions = action_entries(tenant, conversation, outbox)
        if outbound:
            send_all(self.sqs, self.settings.outbound_queue_url, [outbound])
        if contacts := contact_entry(tenant, conversation, outbox):
            send_all(self.sqs, self.settings.contacts_queue_url, [contacts])
        if actions:
            send_all(self.sqs, self.settings.actions_queue_url, actions)
        if questions := question_entries(tenant, conversation, outbox):
            send_all(self.sqs, self.settings.questions_queue_url, questions)
        if timers := timer_entries(tenant, conversation, outbox, self.clock()):
            send_all(self.sqs, self.settings.timers_queue_url, timers)
        if starts := start_entries(tenant, conversation, outbox):
            send_all(self.sqs, self.settings.starts_queue_url, starts)
        if files := media_entries(tenant, conversation, outbox):
            send_all(self.sqs, self.settings.media_queue_url, files)
        if replies := campaign_replies(outbox):
            tell_campaigns(tenant, replies, self.settings.campaigns_table, self.dynamodb)
        lines = log_lines((*again, *outbox))
        # What is logged once more was the newest only when it was logged first.
        done = summary(conversation, log_lines(outbox), before)
        store.record(done, lines, traces((*again, *outbox)))
        count("FlowStopped", len(stops(outbox)))
        return done

    def _keep_unknown_number(self, batch: LaneEvents) -> None:
        count("UnknownNumber", len(batch.events))
        inspection = Inspection(None, self.settings.inspection_table, self.dynamodb)
        for event in batch.events:
            body = {"phone_number_id": batch.channel, "message": event.body}
            inspection.keep(Kept("unknown_number", "messages", event.at, body))


def _without_finished(opened: Opened) -> Conversation:
    """Only what is not known to be handed over stays in the outbox."""
    conversation = opened.conversation
    left = tuple(handover for handover in conversation.outbox if handover.version > opened.handed)
    return replace(conversation, outbox=left)


def _is_full(conversation: Conversation) -> bool:
    """Whether what is to be handed over must be, before more is applied. The conversation has to
    remember every event that is not logged yet."""
    outbox = conversation.outbox
    return len(outbox) >= REMEMBERED_IDS or outbox_bytes(conversation) > _COMMIT_BYTES


def _finished(opened: Opened, batch: LaneEvents) -> list[Handover]:
    """What the summary calls done, of events that come again: a worker that died in the middle of
    the log's batch may have written the summary and not every line."""
    ids = {event.id for event in batch.events}
    return [
        handover
        for handover in opened.conversation.outbox
        if handover.version <= opened.handed and handover.event in ids
    ]


def _concerns(number: Number, event: Event) -> bool:
    return event.kind not in OF_A_TENANT or event.body["tenant"] == number.tenant_id


def _identities(batch: LaneEvents) -> list[Identity]:
    senders = [event.sender for event in batch.events if event.sender]
    return list(dict.fromkeys(identity for sender in senders for identity in sender.identities))


def _new_identities(before: Conversation, event: Event) -> list[Identity]:
    """What the event's sender is known by that the conversation did not know yet."""
    if event.sender is None:
        return []
    return [
        identity
        for identity in (*event.sender.identities, *event.sender.becomes)
        if getattr(before.contact, identity.kind) != identity.value
    ]


@lru_cache(maxsize=1)
def _worker() -> Worker:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    return Worker(
        settings=settings,
        numbers=Numbers(Directory(settings.directory_table, dynamodb)),
        flows=Flows(settings.workspaces_table, dynamodb, limits=stage_limits()),
        dynamodb=dynamodb,
        sqs=client("sqs"),
        s3=lambda: client("s3"),
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS FIFO batch with partial failures."""
    count("WorkerRecords", len(event["Records"]))
    worker = _worker()
    return run_in_order(event["Records"], worker.run, worker.sqs, worker.settings.inbound_queue_url)
