"""Answers that are held back until their time comes, the caller leaves, or all are released."""

import asyncio
from collections.abc import Awaitable


class HeldAnswers:
    def __init__(self) -> None:
        self._released = asyncio.Event()

    async def hold(self, seconds: float | None, caller_left: Awaitable[None]) -> None:
        waiting = [
            asyncio.ensure_future(caller_left),
            asyncio.ensure_future(self._released.wait()),
        ]
        try:
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    def release(self) -> None:
        self._released.set()
        self._released = asyncio.Event()
