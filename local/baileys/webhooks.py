"""Posts events to where a number's owner wants them (reference 4.6): four tries, no order kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

WAITS: Final = (0.0, 5.0, 15.0, 45.0)


@dataclass
class Webhooks:
    """`base_url` takes the place of an address's scheme and host: on one machine, no name server
    knows those of the API."""

    base_url: str
    waits: tuple[float, ...] = WAITS
    _client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(trust_env=False, timeout=30)
    )
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def post(self, url: str, token: str, event: str, data: Any) -> None:
        """In the background."""
        body = {"event": event, "data": data, "webhookVerifyToken": token}
        if event == "messages.update":
            body["awaitResponse"] = True
        task = asyncio.get_running_loop().create_task(self._post(self._address(url), body))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await self._client.aclose()

    def _address(self, url: str) -> str:
        return f"{self.base_url}{urlsplit(url).path}" if self.base_url else url

    async def _post(self, url: str, body: dict[str, Any]) -> None:
        for wait in self.waits:
            await asyncio.sleep(wait)
            try:
                if (await self._client.post(url, json=body)).is_success:
                    return
            except httpx.HTTPError:
                continue
