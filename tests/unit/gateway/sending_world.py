"""A world for the sender: a FIFO queue, Meta, statuses on their way, and a hand on the plug.

Meta follows a script; an AWS call may be the sender's last one. Nothing here knows how the sender
works: it sees queue records go in, and what Meta accepted.
"""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from shared.channels.cloud_api import Accepted, Answer, Refused
from shared.channels.errors import Action
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.store.deliveries import Deliveries, from_item
from shared.store.directory import Number
from tests.builders import sqs_record, status
from tests.fakes import FakeClock, FakeSqs
from tests.unit.gateway.gateway_parts import (
    WINDOW_SECONDS,
    receipts_with,
    sender_with,
)

VISIBILITY_SECONDS = 180
WINDOW_MS = round(WINDOW_SECONDS * 1000)

ACCEPT, DROP, KILL_AFTER, KILL_BEFORE = "accept", "drop", "kill after", "kill before"
SILENT_ERROR, RETRYABLE, SLOW, PERMANENT = "error", "retryable", "slow pair", "permanent"
ANSWERS = (ACCEPT, DROP, KILL_AFTER, KILL_BEFORE, SILENT_ERROR, RETRYABLE, SLOW, PERMANENT)
_REFUSALS = {
    SILENT_ERROR: Refused(Action.UNSETTLED, "HTTP 500"),
    RETRYABLE: Refused(Action.RETRY, "in maintenance"),
    SLOW: Refused(Action.SLOW_PAIR, "too fast"),
    PERMANENT: Refused(Action.PERMANENT, "not allowed"),
}


class KilledError(BaseException):
    """The process is gone; nothing may catch this."""


@dataclass
class Plug:
    """Pulled at the calls that it names: "before" or "after" they took effect."""

    pull: dict[int, str]
    calls: int = 0

    def around(self, target: Any) -> Any:
        return _Plugged(target, self)


@dataclass
class _Plugged:
    target: Any
    plug: Plug

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self.target, name)
        if name == "exceptions":
            return inner

        def call(**arguments: Any) -> Any:
            place, self.plug.calls = self.plug.calls, self.plug.calls + 1
            when = self.plug.pull.get(place)
            if when == "before":
                raise KilledError(name)
            answer = inner(**arguments)
            if when == "after":
                raise KilledError(name)
            return answer

        return call


@dataclass
class Meta:
    """`script` has one word per POST, then everything is accepted. `echoes` has the statuses of
    each acceptance, as (seconds later, name)."""

    world: World
    script: list[str]
    echoes: list[list[tuple[int, str]]]
    accepted: list[tuple[int, str]] = field(default_factory=list)
    posts: list[tuple[int, str]] = field(default_factory=list)

    def send(self, phone_number_id: str, token: str, payload: JsonObject) -> Answer:
        callback = payload["biz_opaque_callback_data"]
        self.posts.append((self.world.clock(), callback))
        word = self.script.pop(0) if self.script else ACCEPT
        if word == KILL_BEFORE:
            raise KilledError("POST")
        if word in _REFUSALS:
            return _REFUSALS[word]
        self._accept(callback)
        if word == KILL_AFTER:
            raise KilledError("POST")
        if word == DROP:
            return Refused(Action.UNSETTLED, "timeout")
        return Accepted(f"wamid.{len(self.accepted)}")

    def mark_read(self, phone_number_id: str, token: str, wamid: str, typing: bool) -> None:
        raise AssertionError("not asked for")

    def _accept(self, callback: str) -> None:
        now = self.world.clock()
        self.world.check_not_sent_before(callback, now)
        self.accepted.append((now, callback))
        for seconds, name in self.echoes.pop(0) if self.echoes else [(1, "sent")]:
            body = status(name, callback=callback, id=f"wamid.{len(self.accepted)}")
            if name == "failed":
                body["errors"] = [{"code": 131026}]
            self.world.status_later(seconds, body)


@dataclass
class World:
    number: Number
    dynamodb: Any
    script: list[str]
    echoes: list[list[tuple[int, str]]]
    plug: Plug
    lost_acks: set[int] = field(default_factory=set)
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.meta = Meta(self, self.script, self.echoes)
        self.sqs = FakeSqs(clock=self.clock)
        self.sender = sender_with(
            self.plug.around(self.dynamodb), self.plug.around(self.sqs), self.meta, self.clock
        )
        self.receipts = receipts_with(self.dynamodb, clock=self.clock)
        self.queue: list[tuple[JsonObject, int]] = []
        self.statuses: list[tuple[int, int, JsonObject]] = []
        self.arrived: dict[str, list[int]] = defaultdict(list)
        self.wrong: list[str] = []
        self.acks = self.received = 0

    def enqueue(self, body: JsonObject) -> None:
        self.received += 1
        lane = f"{body['channel']}#{body['contact']}"
        self.queue.append((sqs_record(body, id_=f"r{self.received}", group=lane), 0))

    def status_later(self, seconds: int, body: JsonObject) -> None:
        due = self.clock() + seconds * 1000
        heapq.heappush(self.statuses, (due, len(self.statuses) + self.clock(), body))

    def run_dry(self, most: int = 500) -> None:
        """Until the queue is empty and every status has arrived."""
        for _ in range(most):
            self._deliver_statuses()
            batch = self._receive()
            if batch:
                self._invoke(batch)
            elif not self._sleep():
                assert self.wrong == []
                return
        raise AssertionError(f"the queue never empties {self.wrong}")

    def redrive(self) -> int:
        """Everything in the dead-letter queue goes back, as from the console."""
        self.clock.advance(1)
        dead = self.sqs.sent.pop("dead", [])
        for entry in dead:
            self.enqueue(json.loads(entry["MessageBody"]))
        return len(dead)

    def dead(self) -> dict[str, str]:
        bodies = [json.loads(entry["MessageBody"]) for entry in self.sqs.sent["dead"]]
        return {
            f"kabar:1:{body['contact']}:{effect['seq']}": body["reason"]
            for body in bodies
            for effect in body["effects"]
        }

    def delivery(self, contact: str, seq: int) -> Any:
        store = Deliveries(self.number.tenant, "conversations", self.dynamodb)
        key = store._key(self.number.phone_number_id, contact, seq)
        item = self.dynamodb.get_item(TableName="conversations", Key=key).get("Item")
        return from_item(item) if item else None

    def check_not_sent_before(self, callback: str, now: int) -> None:
        """Promise 3: again only when Meta was silent for the whole window after each acceptance.
        Noted, not raised: a worker takes what is raised here for a failed record."""
        for at, other in self.meta.accepted:
            if other != callback:
                continue
            if now - at < WINDOW_MS:
                self.wrong.append(f"{callback} again after {now - at} ms")
            if any(at <= arrived <= at + WINDOW_MS for arrived in self.arrived[callback]):
                self.wrong.append(f"{callback} again although a status had arrived")

    def _receive(self) -> list[JsonObject]:
        """As FIFO: a lane with a message in flight is closed."""
        now = self.clock()
        closed: set[str] = set()
        batch: list[JsonObject] = []
        for record, visible_at in self.queue:
            group = record["attributes"]["MessageGroupId"]
            if visible_at > now:
                closed.add(group)
            elif group not in closed and len(batch) < 10:
                batch.append(record)
        return batch

    def _invoke(self, batch: list[JsonObject]) -> None:
        self.sqs.visibility.clear()
        for record in batch:
            count = record["attributes"]["ApproximateReceiveCount"]
            record["attributes"]["ApproximateReceiveCount"] = str(int(count) + 1)
        try:
            answer = run_in_order(batch, self.sender.run, self.plug.around(self.sqs), "outbound")
        except KilledError:
            wait = dict.fromkeys((record["messageId"] for record in batch), VISIBILITY_SECONDS)
        else:
            failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
            asked = {handle.removeprefix("handle-"): s for handle, s in self.sqs.visibility}
            wait = {id_: asked.get(id_, VISIBILITY_SECONDS) for id_ in failed}
            for record in batch:
                if record["messageId"] not in failed:
                    self.acks += 1
                    if self.acks in self.lost_acks:
                        wait[record["messageId"]] = VISIBILITY_SECONDS
        ids = {record["messageId"] for record in batch}
        now = self.clock()
        self.queue = [
            (record, now + wait[record["messageId"]] * 1000 if record["messageId"] in ids else at)
            for record, at in self.queue
            if record["messageId"] not in ids or record["messageId"] in wait
        ]

    def _deliver_statuses(self) -> None:
        """Twice each, as Meta may."""
        while self.statuses and self.statuses[0][0] <= self.clock():
            due, _, body = heapq.heappop(self.statuses)
            self.arrived[body["biz_opaque_callback_data"]].append(due)
            found = {
                "v": 1,
                "at": due,
                "statuses": [(self.number.phone_number_id, body)] * 2,
                "kept": [],
            }
            assert self.receipts.run([sqs_record(found)]) == []

    def _sleep(self) -> bool:
        due = [visible_at for _, visible_at in self.queue] + [at for at, *_ in self.statuses]
        later = [at for at in due if at > self.clock()]
        if not later:
            return False
        self.clock.ms = min(later)
        return True
