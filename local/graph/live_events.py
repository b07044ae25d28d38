"""Events for the phone page, handed to everybody who listens at that moment."""

import asyncio
from collections.abc import AsyncIterator

from local.graph.json_types import JsonObject


class LiveEvents:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[JsonObject | None]] = set()

    def publish(self, event: JsonObject) -> None:
        for listener in self._listeners:
            listener.put_nowait(event)

    async def listen(self, keep_alive_seconds: float) -> AsyncIterator[JsonObject | None]:
        """Events as they happen; None when nothing happened for a while. Ends with `close`."""
        listener: asyncio.Queue[JsonObject | None] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            while True:
                try:
                    event = await asyncio.wait_for(listener.get(), keep_alive_seconds)
                except TimeoutError:
                    yield None
                    continue
                if event is None:
                    return
                yield event
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        for listener in self._listeners:
            listener.put_nowait(None)
