"""Lets time pass for accepted messages: one status after another."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeAlias

from local.graph.acceptance import AcceptedMessage
from local.graph.deliveries import Sleep
from local.graph.statuses import DELIVERED, SENT

Report: TypeAlias = Callable[[AcceptedMessage, str], None]


def course_of(message: AcceptedMessage) -> Sequence[str]:
    """What happens by itself; reading is up to the customer. A reaction is only ever sent."""
    return (SENT,) if message.request.type == "reaction" else (SENT, DELIVERED)


class Lifecycle:
    def __init__(self, delay_seconds: float, sleep: Sleep = asyncio.sleep) -> None:
        self._delay_seconds = delay_seconds
        self._sleep = sleep
        self._running: set[asyncio.Task[None]] = set()

    def start(self, message: AcceptedMessage, course: Sequence[str], report: Report) -> None:
        task = asyncio.ensure_future(self._play(message, course, report))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def forget(self) -> None:
        for task in self._running:
            task.cancel()

    async def _play(self, message: AcceptedMessage, course: Sequence[str], report: Report) -> None:
        for status in course:
            await self._sleep(self._delay_seconds)
            report(message, status)
