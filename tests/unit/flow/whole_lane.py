"""A lane with everything around it: worker, actions, timers, schedules and starts, run until quiet.

Time passes only when a test says so; queues are drained in between. Every AWS call of every worker
is counted, and may be made to fail.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flow.actions import Actions
from flow.actions import Settings as ActionsSettings
from flow.put_by import PutBy, Shelf
from flow.starting import Settings as StartingSettings
from flow.starting import Starting
from flow.timers import Timers
from rag.returning import answer_entry
from shared.conversation import Conversation
from shared.events import Event, LaneEvents, entry, from_body
from shared.json_types import JsonObject
from shared.notices import FLOW_EVENT, Notices
from shared.public_http import Response
from shared.queues import send_all
from shared.starts import StartRequest, start_entry
from tests.builders import sqs_record
from tests.unit.flow.clockwork import FakeScheduler
from tests.unit.flow.faults import Killed, Watched
from tests.unit.flow.lane_world import MAX_RECEIVES, Customer, World

_ROUNDS = 200


class FakeKnowledge:
    def __init__(self, outcome: str = "answered", text: str = "Open from nine") -> None:
        self.answered = {"outcome": outcome, "text": text, "sources": []}
        self.asked: list[JsonObject] = []

    def answer(self, question: JsonObject) -> JsonObject:
        self.asked.append(question)
        return self.answered


@dataclass
class Lane:
    world: World
    who: Customer
    answer: Response = field(default_factory=lambda: Response(200, b'{"status": "sent"}'))
    knowledge: FakeKnowledge = field(default_factory=FakeKnowledge)
    contact: str = ""
    held: list[tuple[int, str]] = field(default_factory=list)
    inbox: list[LaneEvents] = field(default_factory=list)
    dead: list[LaneEvents] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scheduler = FakeScheduler()
        self.watched = watched = Watched(self.world.sqs, self.world.calls)
        clock = self.world.clock
        shelf = Shelf("timers", "arn:timers", "arn:dead", "group", "arn:role")
        self.timers = Timers("inbound", watched, PutBy(shelf, watched, self.scheduler, clock))
        self.actions = Actions(
            ActionsSettings("inbound", "notices", "workspaces", ""),
            watched,
            Notices(watched, "notices", lambda _: frozenset({FLOW_EVENT}), clock),
            self._respond,
            clock,
        )
        self.starting = Starting(
            StartingSettings("inbound", "contacts", "workspaces", "directory"),
            self.world.watched,
            watched,
            clock,
        )

    # What happens to it.

    def says(self, *texts: str, **extra: Any) -> Lane:
        for text in texts:
            batch = self.world.says(self.who, text, **extra)
            self.contact = batch.contact
            self.inbox.append(batch)
        return self.settle()

    def happens(self, kind: str, id_: str, **body: Any) -> Lane:
        """An event that people or programs send."""
        body = {"tenant": self.world.tenant.id, **body}
        event = Event(id_, kind, self.world.clock(), body)
        send_all(
            self.world.sqs,
            "inbound",
            [entry(LaneEvents(self.world.channel, self.contact, (event,)))],
        )
        return self.settle()

    def starts(self, id_: str, **request: Any) -> Lane:
        """A program starts a flow."""
        asked = StartRequest(
            id=id_,
            tenant_id=self.world.tenant.id,
            channel=self.world.channel,
            trigger="api",
            at=self.world.clock(),
            **request,
        )
        send_all(self.world.sqs, "starts", [start_entry(asked)])
        return self.settle()

    def later(self, seconds: int, step: int = 1) -> Lane:
        end = self.world.clock() + seconds * 1000
        while self.world.clock() < end:
            self.world.clock.advance(min(step, (end - self.world.clock()) / 1000))
            fired = self.scheduler.due(self.world.clock(), 0)
            self.held += [(self.world.clock(), body) for body in fired]
            self.settle()
        return self

    def settle(self) -> Lane:
        """Run what is in the queues until there is nothing that is due."""
        for _ in range(_ROUNDS):
            if not self._round():
                return self
        raise AssertionError("the lane goes round for ever")

    # What is left of it.

    @property
    def conversation(self) -> Conversation:
        return self.world.conversation(self.contact)

    def transcript(self) -> list[str]:
        """What was said, ours with a dash, as the log has it."""
        return [
            ("- " if line.direction == "out" else "") + str(line.message["text"]["body"])
            for line in self.world.log(self.contact)
        ]

    def sent(self) -> list[str]:
        """What the sender was told to send, each message once."""
        return [
            str(effect["message"]["text"]["body"])
            for effect in self.world.handed("outbound", self.contact)
            if effect["kind"] == "send"
        ]

    def _round(self) -> bool:
        sent = self.world.sqs.sent
        for raw in sent.pop("inbound", []):
            self.inbox.append(from_body(json.loads(raw["MessageBody"])))
        for raw in sent.pop("timers", []):
            due = self.world.clock() + raw.get("DelaySeconds", 0) * 1000
            self.held.append((due, raw["MessageBody"]))
        ready = [body for due, body in self.held if due <= self.world.clock()]
        self.held = [(due, body) for due, body in self.held if due > self.world.clock()]
        work: list[tuple[Callable[[JsonObject], None], str]] = [
            *((self.timers.run, body) for body in ready),
            *((self.actions.run, raw["MessageBody"]) for raw in sent.pop("actions", [])),
            *((self._know, raw["MessageBody"]) for raw in sent.pop("questions", [])),
            *((self.starting.run, raw["MessageBody"]) for raw in sent.pop("starts", [])),
        ]
        for run, body in work:
            _until_done(run, body)
        batches, self.inbox = self.inbox, []
        for batch in batches:
            self.world.deliver_until_done(batch)
        return bool(work or batches)

    def _know(self, record: JsonObject) -> None:
        asked = json.loads(record["body"])
        answer = answer_entry(asked, self.knowledge.answer(asked), self.world.clock())
        send_all(self.watched, "inbound", [answer])

    def _respond(self, *_: Any, **__: Any) -> Response:
        return self.answer


def _until_done(run: Callable[[JsonObject], None], body: str) -> None:
    """As SQS does: what fails comes back."""
    for receives in range(1, MAX_RECEIVES + 1):
        try:
            run(sqs_record(body, receives=receives))
        except (Killed, Exception):
            continue
        return
    raise AssertionError("the record went to the dead-letter queue")
