"""Delivers webhooks: in order within a lane, lanes side by side, again until answered with 200."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from local.graph.json_types import JsonObject
from local.graph.retry_policy import RetryPolicy, waits_before_retries

LONGEST_LOG = 100_000
SUCCESS = 200

DeliveryState = Literal["waiting", "delivered", "gave_up"]


class ReceiverUnreachableError(Exception):
    """The receiver could not be reached or did not answer."""


Post: TypeAlias = Callable[[bytes], Awaitable[int]]
Sleep: TypeAlias = Callable[[float], Awaitable[object]]
Clock: TypeAlias = Callable[[], int]


@dataclass(frozen=True)
class Attempt:
    at_ms: int
    status: int | None
    error: str | None = None

    def as_json(self) -> JsonObject:
        return {"at": self.at_ms, "status": self.status, "error": self.error}


@dataclass
class Delivery:
    """One body on its way; every attempt sends the same bytes."""

    id: int
    lane: str
    kind: str
    body: bytes
    created_at_ms: int
    settled: Callable[["Delivery"], None] | None = None
    attempts: list[Attempt] = field(default_factory=list)
    state: DeliveryState = "waiting"

    def as_json(self) -> JsonObject:
        return {
            "id": self.id,
            "lane": self.lane,
            "kind": self.kind,
            "at": self.created_at_ms,
            "state": self.state,
            "status_codes": [attempt.status for attempt in self.attempts],
            "attempts": [attempt.as_json() for attempt in self.attempts],
            "body": json.loads(self.body),
        }


class DeliveryDesk:
    def __init__(
        self, post: Post, policy: RetryPolicy, now_ms: Clock, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._post = post
        self._policy = policy
        self._now_ms = now_ms
        self._sleep = sleep
        self._lanes: dict[str, deque[Delivery]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._count = 0
        self.log: deque[Delivery] = deque(maxlen=LONGEST_LOG)

    def submit(
        self,
        lane: str,
        kind: str,
        body: bytes,
        settled: Callable[[Delivery], None] | None = None,
    ) -> Delivery:
        """`settled` is called once the body is delivered or given up."""
        self._count += 1
        delivery = Delivery(self._count, lane, kind, body, self._now_ms(), settled)
        self.log.append(delivery)
        if lane in self._lanes:
            self._lanes[lane].append(delivery)
        else:
            self._lanes[lane] = deque([delivery])
            self._start(self._work(lane))
        return delivery

    def forget(self) -> None:
        """Drops what is on its way and the log."""
        for worker in self._workers:
            worker.cancel()
        self._lanes.clear()
        self.log.clear()

    def _start(self, work: Awaitable[None]) -> None:
        worker = asyncio.ensure_future(work)
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, lane: str) -> None:
        queue = self._lanes[lane]
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
        del self._lanes[lane]

    async def _deliver(self, delivery: Delivery) -> None:
        waits = waits_before_retries(self._policy)
        while not await self._attempt(delivery):
            wait = next(waits, None)
            if wait is None:
                self._settle(delivery, "gave_up")
                return
            await self._sleep(wait)
        self._settle(delivery, "delivered")

    async def _attempt(self, delivery: Delivery) -> bool:
        at_ms = self._now_ms()
        try:
            status = await self._post(delivery.body)
        except ReceiverUnreachableError as error:
            delivery.attempts.append(Attempt(at_ms, None, str(error)))
            return False
        delivery.attempts.append(Attempt(at_ms, status))
        return status == SUCCESS

    def _settle(self, delivery: Delivery, state: DeliveryState) -> None:
        delivery.state = state
        if delivery.settled is not None:
            delivery.settled(delivery)
