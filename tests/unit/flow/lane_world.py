"""A workspace with a number, a flow worker, and the queues around it.

`check` compares everything that is left behind with what the engine alone makes of the same
messages, each applied once.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from flow.engine.definition import compile_flow
from flow.engine.effects import CallHttp, Send, Traced
from flow.engine.events import Said
from flow.engine.lookup import FlowRef
from flow.engine.session import Session, to_json
from flow.engine.step import step
from flow.flows import Flows
from flow.worker import Settings, Worker
from shared.channels.attribution import find, lanes
from shared.conversation import Conversation
from shared.events import LaneEvents
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.numbers import Numbers
from shared.store.conversations import Conversations, LogLine
from shared.store.directory import Directory, Number
from shared.store.flows import FlowStore
from shared.tenancy import Tenant
from tests.builders import create_table, lane_record, text_message, value, webhook_body
from tests.fakes import FakeClock, FakeS3, FakeSqs
from tests.published import publish
from tests.unit.flow.faults import Calls, Killed, Watched

MAX_RECEIVES = 5
PREVIEW = 120
FLOW = "echo"
ECHO: JsonObject = {
    "schema": 1,
    "name": "Echo",
    "start": "ask",
    "nodes": [
        {"id": "ask", "type": "question", "data": {"text": "And now?", "variable": "said"}},
        {"id": "echo", "type": "message", "data": {"text": "{{contact.name}} said {{said}}"}},
    ],
    "edges": [{"source": "ask", "target": "echo"}, {"source": "echo", "target": "ask"}],
}
_serial = itertools.count(1)


@dataclass(frozen=True)
class Customer:
    name: str
    wa_id: str | None = None
    bsuid: str | None = None

    def contact(self) -> JsonObject:
        ids = {"wa_id": self.wa_id, "user_id": self.bsuid}
        return {"profile": {"name": self.name}, **{k: v for k, v in ids.items() if v}}


def customer(name: str = "Ana", *, wa_id: bool = True, bsuid: bool = True) -> Customer:
    """Somebody new."""
    serial = next(_serial)
    return Customer(
        f"{name} {serial}",
        f"62811{serial:07d}" if wa_id else None,
        f"ID.{10**18 + serial}" if bsuid else None,
    )


@dataclass
class World:
    dynamodb: Any
    flow: JsonObject = field(default_factory=lambda: ECHO)
    clock: FakeClock = field(default_factory=FakeClock)
    calls: Calls = field(default_factory=Calls)

    def __post_init__(self) -> None:
        serial = next(_serial)
        self.tenant = Tenant(f"tenant_{serial}")
        self.channel = f"55{serial:06d}"
        self.sqs = FakeSqs(clock=self.clock)
        self.s3 = FakeS3()
        self.watched = Watched(self.dynamodb, self.calls)
        self._watched_sqs = Watched(self.sqs, self.calls)
        self._directory = Directory("directory", self.watched)
        Directory("directory", self.dynamodb).put_number(
            Number(self.channel, self.tenant.id, "+62", "Toko", FLOW, b"sealed")
        )
        # One of its own: moto's queries look at every item of a table.
        self.table = create_table(self.dynamodb, f"conversations_{serial}", inbox=True)
        self.flows = FlowStore(self.tenant, "workspaces", self.dynamodb)
        publish(self.flows, FLOW, self.flow)
        self.conversations = Conversations(self.tenant, self.table, self.dynamodb)
        self.heard: dict[str, JsonObject] = {}
        self._ids = itertools.count(1)
        self.worker = self.new_worker()

    def new_worker(self) -> Worker:
        """A cold one: it remembers nothing."""
        return Worker(
            Settings(
                conversations_table=self.table,
                workspaces_table="workspaces",
                directory_table="directory",
                inspection_table="inspection",
                inbound_queue_url="inbound",
                outbound_queue_url="outbound",
                actions_queue_url="actions",
                questions_queue_url="questions",
                timers_queue_url="timers",
                starts_queue_url="starts",
                contacts_queue_url="contacts",
                media_queue_url="media",
                campaigns_table="campaigns",
                contacts_table="contacts",
                overflow_bucket="overflow",
            ),
            Numbers(self._directory, self.clock),
            Flows("workspaces", self.watched, self.clock),
            self.watched,
            self._watched_sqs,
            lambda: self.s3,
            self.clock,
        )

    def is_cold_again(self) -> None:
        """As when it was made, but for conversations that nobody asks for again."""
        self.worker = self.new_worker()
        self.calls.plan = {}
        self.calls.made.clear()
        self.watched.batch_takes = None

    # What comes in.

    def says(self, who: Customer, *texts: str, **extra: Any) -> LaneEvents:
        """New messages of one person in one webhook, so in one record."""
        messages = []
        for text in texts:
            id_ = f"wamid.{self.channel}.{next(self._ids)}"
            message = text_message(
                text,
                id_=id_,
                wa_id=who.wa_id,
                bsuid=who.bsuid,
                at=self.clock() // 1000,
                **extra,
            )
            self.heard[id_] = message
            messages.append(message)
            self.clock.advance(1)
        content = value(messages=messages, contacts=[who.contact()], phone_number_id=self.channel)
        (lane,) = lanes(find(webhook_body(content)).messages, self.clock())
        return lane

    def deliver(self, batch: LaneEvents, receives: int = 1) -> bool:
        """One receive of one record; whether the worker said that it is done."""
        record = lane_record(batch, receives=receives)
        try:
            answer = run_in_order([record], self.worker.run, self._watched_sqs, "inbound")
        except Killed:
            self.worker = self.new_worker()
            return False
        return answer == {"batchItemFailures": []}

    def deliver_until_done(self, batch: LaneEvents) -> None:
        for receives in range(1, MAX_RECEIVES + 1):
            if self.deliver(batch, receives):
                return
        raise AssertionError("the record went to the dead-letter queue")

    # What is left behind.

    def conversation(self, contact: str) -> Conversation:
        return self.conversations.open(self.channel, contact).conversation

    def log(self, contact: str) -> list[LogLine]:
        """Oldest first."""
        found: list[LogLine] = []
        cursor: str | None = None
        while True:
            page, cursor = self.conversations.messages(self.channel, contact, 200, cursor)
            found += [message.line for message in page]
            if cursor is None:
                return found[::-1]

    def handed(self, queue: str, contact: str) -> list[JsonObject]:
        """What lies in a queue for a contact: the first of each effect, in order; the others must
        be the same."""
        first: dict[str, JsonObject] = {}
        for entry in self.sqs.sent[queue]:
            body = json.loads(entry["MessageBody"])
            if body["contact"] != contact:
                continue
            for effect in body.get("effects", [body]):
                id_ = str(effect.get("seq") or effect.get("correlation") or effect.get("wamid"))
                assert first.setdefault(id_, effect) == effect, "the same id, and another effect"
        return list(first.values())

    def check(self, contact: str, applied: list[str], name: str) -> None:
        """The conversation is exactly what these messages make of it, in this order."""
        expected = _Expected(self.flow, applied, self.heard, name, contact)
        conversation = self.conversation(contact)
        assert _timeless(conversation.session) == _timeless(
            to_json(expected.session) if expected.session else None
        )
        assert conversation.version == len(applied)
        assert conversation.seq == len(expected.log)
        lines = [(line.seq, line.direction, line.event, line.message) for line in self.log(contact)]
        assert lines == expected.log
        handed = [_essence(body) for body in self.handed("outbound", contact)]
        assert handed == expected.outbound
        asked = [body["correlation"] for body in self.handed("actions", contact)]
        assert asked == expected.actions
        summary = self.conversations.open(self.channel, contact).summary
        assert summary is not None
        assert summary.handed == conversation.version
        assert summary.last["text"] == _text(expected.log[-1][3])[:PREVIEW]


class _Expected:
    """What the engine alone makes of messages, each applied once."""

    def __init__(
        self,
        flow: JsonObject,
        applied: list[str],
        heard: dict[str, JsonObject],
        name: str,
        contact: str,
    ) -> None:
        self.session: Session | None = None
        self.log: list[tuple[int, str, str, JsonObject]] = []
        self.outbound: list[tuple[Any, ...]] = []
        self.actions: list[str] = []
        compiled = compile_flow(flow)
        for id_ in applied:
            message = heard[id_]
            self.log.append((len(self.log) + 1, "in", id_, message))
            done = step(
                lambda _, version: (version or 1, compiled),
                self.session,
                Said(id_, _text(message), message=message),
                start=FlowRef(FLOW, 1) if self.session is None else None,
                contact={"id": contact, "name": name, "username": ""},
                workspace={},
                now=0,
            )
            self.session = done.session
            effects = [effect for effect in done.effects if not isinstance(effect, Traced)]
            if effects:
                self.outbound.append(("mark_read", id_))
            for effect in effects:
                if isinstance(effect, Send):
                    seq = len(self.log) + 1
                    self.log.append((seq, "out", id_, effect.message))
                    self.outbound.append(("send", seq, effect.message))
                elif isinstance(effect, CallHttp):
                    self.actions.append(effect.correlation)


def _timeless(session: JsonObject | None) -> JsonObject | None:
    if session is None:
        return None
    waiting = {**session["waiting"], "deadline": None}
    return {**session, "waiting": waiting, "started_at": 0, "active_at": 0}


def _essence(body: JsonObject) -> tuple[Any, ...]:
    if body["kind"] == "mark_read":
        return ("mark_read", body["wamid"])
    return ("send", body["seq"], body["message"])


def _text(message: JsonObject) -> str:
    return str(message["text"]["body"])
