"""The shop's own server: orders to look up, webhooks kept."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from local.shop import Shop


class Caller:
    """The shop's app, called without a socket."""

    def __init__(self) -> None:
        self._transport = httpx.ASGITransport(Shop().app())

    def get(self, path: str) -> httpx.Response:
        return self._call("GET", path)

    def post(self, path: str, **request: Any) -> httpx.Response:
        return self._call("POST", path, **request)

    def _call(self, method: str, path: str, **request: Any) -> httpx.Response:
        async def call() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://shop") as http:
                return await http.request(method, path, **request)

        return asyncio.run(call())


@pytest.fixture
def shop() -> Caller:
    return Caller()


def test_an_order_has_a_state(shop: Caller) -> None:
    assert shop.get("/orders/1234").json() == {
        "number": "1234",
        "state": "on its way",
        "total": 1_234_000,
    }


@pytest.mark.parametrize("number", ["10", "abc"])
def test_other_numbers_are_no_order(shop: Caller, number: str) -> None:
    assert shop.get(f"/orders/{number}").status_code == 404


def test_webhooks_are_kept_and_answered_as_scripted(shop: Caller) -> None:
    shop.post("/answers", json={"statuses": [500]})
    answered = [
        shop.post("/webhooks", content="<b>", headers={"webhook-id": "evt_1"}).status_code,
        shop.post("/webhooks", content="{}").status_code,
    ]
    assert answered == [500, 200]
    kept = shop.get("/webhooks").json()["items"]
    assert [(one["body"], one["answered"]) for one in kept] == [("<b>", 500), ("{}", 200)]
    page = shop.get("/").text
    assert "evt_1" in page
    assert "&lt;b&gt;" in page
