"""Posts a signed body to the webhook URL."""

import asyncio

import httpx

from local.graph.deliveries import ReceiverUnreachableError
from local.graph.signature import signature_headers

ANSWER_WITHIN_SECONDS = 20.0
CONNECTIONS_AT_ONCE = 32
# Receivers drop idle connections; leaving first avoids losing a request to that.
IDLE_SECONDS = 1.0


class WebhookPost:
    def __init__(self, url: str, app_secret: str) -> None:
        self._url = url
        self._app_secret = app_secret
        # The client's own queue takes quadratic time; waiting out here keeps it empty.
        self._turns = asyncio.Semaphore(CONNECTIONS_AT_ONCE)
        self._client = httpx.AsyncClient(
            trust_env=False,
            timeout=ANSWER_WITHIN_SECONDS,
            limits=httpx.Limits(max_connections=CONNECTIONS_AT_ONCE, keepalive_expiry=IDLE_SECONDS),
        )

    async def __call__(self, body: bytes) -> int:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            **signature_headers(self._app_secret, body),
        }
        async with self._turns:
            try:
                response = await self._client.post(self._url, content=body, headers=headers)
            except httpx.HTTPError as error:
                raise ReceiverUnreachableError(type(error).__name__) from error
        return response.status_code

    async def close(self) -> None:
        await self._client.aclose()
