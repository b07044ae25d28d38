"""SQS and Lambda by virtual time: a fair standard queue whose messages are hidden while somebody
has them, and as many workers as its event source starts."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from shared.json_types import JsonObject
from tests.builders import sqs_record
from tests.unit.blast.virtual_time import Process, VirtualTime

_SECOND: Final = 1_000_000
_POLL: Final = _SECOND // 50  # from a visible message to its worker
_AT_FIRST, _MORE_A_SECOND = 5, 5  # workers of an event source


@dataclass(eq=False)
class Message:
    body: str
    group: str = ""
    receives: int = 0
    turn: int = 0  # what was said of its visibility before is void
    is_deleted: bool = False


@dataclass
class VirtualQueue:
    """`handlers` makes a cold worker: what it is called with are Lambda's records, and it answers
    the batch's failures. One that returned is used again, one that was killed is not."""

    time: VirtualTime
    visibility: int
    handlers: Callable[[], Callable[[JsonObject], JsonObject]]
    most: int = 1000
    began: int = 0
    busy: dict[Process, Message] = field(default_factory=dict)
    longest: int = 0  # how many there were at once
    worked: int = 0  # microseconds, of all of them
    _outside: Process = field(default_factory=Process)
    _ready: dict[str, deque[Message]] = field(default_factory=lambda: defaultdict(deque))
    _in_flight: Counter[str] = field(default_factory=Counter)
    _held: dict[str, Message] = field(default_factory=dict)
    _warm: list[Callable[[JsonObject], JsonObject]] = field(default_factory=list)

    def send(self, body: str, delay: int, group: str = "") -> None:
        self._show(Message(body, group), delay)

    def change_visibility(self, handle: str, seconds: int) -> None:
        message = self._held[handle]
        if not message.is_deleted:
            self._show(message, seconds)

    def _show(self, message: Message, seconds: float) -> None:
        message.turn += 1
        turn = message.turn

        def ready() -> None:
            if message.turn == turn and not message.is_deleted:
                self._ready[message.group].append(message)
                self._poll()

        at = self.time.now + round(seconds * _SECOND) + _POLL
        self.time.start(ready, self._outside, at)

    def _poll(self) -> None:
        while self._ready and len(self.busy) < self._workers():
            # Whoever has the fewest at work comes first.
            group = min(self._ready, key=lambda group: self._in_flight[group])
            self._start(self._ready[group].popleft())
            if not self._ready[group]:
                del self._ready[group]

    def _start(self, message: Message) -> None:
        process, began = Process(), self.time.now

        def left() -> None:
            del self.busy[process]
            self._in_flight[message.group] -= 1
            self.worked += self.time.now - began
            self._poll()

        def work() -> None:
            self._work(message)
            left()

        process.killed = left
        self.busy[process] = message
        self._in_flight[message.group] += 1
        self.longest = max(self.longest, len(self.busy))
        self.time.start(work, process)

    def _workers(self) -> int:
        if not self.began:
            self.began = self.time.now
        grown = (self.time.now - self.began) * _MORE_A_SECOND // _SECOND
        return min(self.most, _AT_FIRST + grown)

    def _work(self, message: Message) -> None:
        message.receives += 1
        handle = f"{id(message)}-{message.receives}"
        self._held[handle] = message
        record = sqs_record(message.body, id_=handle, receives=message.receives)
        record["receiptHandle"] = handle
        self._show(message, self.visibility)
        handler = self._warm.pop() if self._warm else self.handlers()
        failures = handler({"Records": [record]})["batchItemFailures"]
        if not failures:
            message.is_deleted = True
        del self._held[handle]
        self._warm.append(handler)


@dataclass
class VirtualSqs:
    """Queues by URL; those that nobody works on are counted only."""

    queues: dict[str, VirtualQueue] = field(default_factory=dict)
    calls: int = 0
    messages: int = 0
    visibilities: int = 0
    heard: Callable[[str, JsonObject], None] = lambda url, entry: None

    def send_message_batch(self, QueueUrl: str, Entries: list[JsonObject]) -> JsonObject:
        self.calls += 1
        self.messages += len(Entries)
        for entry in Entries:
            if QueueUrl in self.queues:
                self.queues[QueueUrl].send(
                    entry["MessageBody"],
                    entry.get("DelaySeconds", 0),
                    entry.get("MessageGroupId", ""),
                )
            else:
                self.heard(QueueUrl, entry)
        return {"Failed": []}

    def change_message_visibility(self, QueueUrl: str, ReceiptHandle: str, **more: Any) -> None:
        self.visibilities += 1
        self.queues[QueueUrl].change_visibility(ReceiptHandle, more["VisibilityTimeout"])
