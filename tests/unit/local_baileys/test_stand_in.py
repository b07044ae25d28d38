"""The stand-in for `baileys-api` keeps its contract; sections are those of the reference."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from local.baileys.__main__ import application
from local.baileys.phones import Phones
from local.baileys.webhooks import Webhooks

KEY = "key-of-tests"
PHONE = "+551234567890"
OPTIONS = {"webhookUrl": "https://kabar.test/webhook/linked/wa1", "webhookVerifyToken": "a3f4b2"}
TEXT = {"jid": "5511999999999@s.whatsapp.net", "messageContent": {"text": "Hi"}}


@dataclass
class Told(Webhooks):
    told: list[tuple[str, Any]] = field(default_factory=list)

    def post(self, url: str, token: str, event: str, data: Any) -> None:
        assert (url, token) == tuple(OPTIONS.values())
        self.told.append((event, data))


@dataclass
class World:
    phones: Phones
    told: list[tuple[str, Any]]
    http: httpx.AsyncClient

    async def call(self, method: str, path: str, body: Any = None, key: str = KEY) -> Any:
        return await self.http.request(method, path, json=body, headers={"x-api-key": key})

    async def opened(self) -> None:
        await self.call("POST", f"/connections/{PHONE}", OPTIONS)
        await asyncio.sleep(0)
        done = await self.call("POST", f"/_admin/phones/{PHONE}/done", {"what": "scan"})
        assert done.status_code == 204


def played(play: Callable[[World], Awaitable[None]]) -> None:
    async def run() -> None:
        webhooks = Told("")
        phones = Phones(webhooks, qr_seconds=0.01, receipt_seconds=0.0)
        transport = httpx.ASGITransport(application(phones, KEY))
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            await play(World(phones, webhooks.told, http))
        await webhooks.close()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("method", "path", "body", "key", "status"),
    [
        # 4.2: no valid key; 4.3: the pattern of numbers
        ("POST", f"/connections/{PHONE}", OPTIONS, "other", 401),
        ("POST", "/connections/551234567890", OPTIONS, KEY, 422),
        # 4.4: what is required, and how long the token is at least
        ("POST", f"/connections/{PHONE}", {"webhookUrl": OPTIONS["webhookUrl"]}, KEY, 422),
        ("POST", f"/connections/{PHONE}", {**OPTIONS, "webhookVerifyToken": "short"}, KEY, 422),
        ("POST", f"/connections/{PHONE}", {**OPTIONS, "webhookUrl": "nowhere"}, KEY, 422),
        # 4.3: not connected is 404 for a send and a logout, 500 elsewhere
        ("POST", f"/connections/{PHONE}/send-message", TEXT, KEY, 404),
        ("DELETE", f"/connections/{PHONE}", None, KEY, 404),
        ("GET", f"/connections/{PHONE}/reachout-timelock", None, KEY, 404),
        ("PATCH", f"/connections/{PHONE}/presence", {"type": "available"}, KEY, 500),
        # 4.5: one content, of those that there are
        ("POST", f"/connections/{PHONE}/send-message", {**TEXT, "messageContent": {}}, KEY, 422),
        ("POST", f"/connections/{PHONE}/send-message", {**TEXT, "jid": "5511"}, KEY, 422),
        (
            "POST",
            f"/connections/{PHONE}/send-message",
            {**TEXT, "messageContent": {"location": {}}},
            KEY,
            422,
        ),
        ("GET", "/media/3EB0", None, KEY, 404),
    ],
)
def test_what_the_service_refuses(method: str, path: str, body: Any, key: str, status: int) -> None:
    async def play(world: World) -> None:
        assert (await world.call(method, path, body, key)).status_code == status

    played(play)


def test_codes_are_renewed_and_end() -> None:
    """4.6: a code per rotation, with the epoch; then close, with the words that say why."""

    async def play(world: World) -> None:
        await world.call("POST", f"/connections/{PHONE}", OPTIONS)
        await asyncio.sleep(0.3)
        codes = [data["qrDataUrl"] for _, data in world.told if "qrDataUrl" in data]
        assert len(set(codes)) == len(codes) == 5
        event, last = world.told[-1]
        assert (event, last["connection"], last["epoch"]) == ("connection.update", "close", 1)
        assert last["lastDisconnect"]["error"]["message"] == "QR refs attempts ended"
        assert world.phones.all() == []

    played(play)


def test_a_send_is_answered_echoed_and_followed() -> None:
    """4.5 and 4.6; the same idempotency key is answered the same and sends nothing anew."""

    async def play(world: World) -> None:
        await world.opened()
        world.told.clear()
        asked = {**TEXT, "chatwootMessageId": "once"}
        path = f"/connections/{PHONE}/send-message"
        answers = [(await world.call("POST", path, asked)).json() for _ in range(2)]
        assert answers[0] == answers[1]
        await asyncio.sleep(0.05)
        id_ = answers[0]["data"]["key"]["id"]
        (echo,) = [data for event, data in world.told if event == "messages.upsert"]
        assert echo["messages"][0]["key"] == {"id": id_, "remoteJid": TEXT["jid"], "fromMe": True}
        updates = [data[0]["update"] for event, data in world.told if event == "messages.update"]
        assert updates == [{"status": 2}, {"status": 3}, {"status": 4}]

    played(play)


def test_463_is_told_with_the_time_lock() -> None:
    async def play(world: World) -> None:
        await world.opened()
        world.phones.all()[0].fault = "463"
        world.told.clear()
        await world.call("POST", f"/connections/{PHONE}/send-message", TEXT)
        (update,) = [data[0]["update"] for event, data in world.told if event == "messages.update"]
        assert update == {"status": 0, "messageStubParameters": ["463"]}
        assert world.told[-1][1]["reachoutTimeLock"]["isActive"] is True

    played(play)


def test_a_logout_is_followed_by_no_event_and_an_unlinking_by_401() -> None:
    """4.6, Logout."""

    async def play(world: World) -> None:
        await world.opened()
        world.told.clear()
        assert (await world.call("DELETE", f"/connections/{PHONE}")).status_code == 200
        assert world.told == []
        await world.opened()
        world.told.clear()
        await world.call("POST", f"/_admin/phones/{PHONE}/done", {"what": "unlink"})
        ((_, data),) = world.told
        assert data["lastDisconnect"]["error"]["output"]["statusCode"] == 401
        assert data["epoch"] == 2

    played(play)


def test_whether_numbers_are_on_whatsapp_is_a_bare_list() -> None:
    async def play(world: World) -> None:
        await world.opened()
        world.phones.not_on_whatsapp.add("5511")
        asked = {"jids": ["5511@s.whatsapp.net", "5512@s.whatsapp.net"]}
        answer = await world.call("POST", f"/connections/{PHONE}/on-whatsapp", asked)
        assert [one["exists"] for one in answer.json()] == [False, True]

    played(play)


def test_a_file_is_read_by_its_messages_id() -> None:
    async def play(world: World) -> None:
        await world.opened()
        said = {"person": "5511", "message": {"imageMessage": {"mimetype": "image/png"}}}
        written = await world.call(
            "POST", f"/_admin/phones/{PHONE}/said", {**said, "file": "aGVsbG8="}
        )
        answer = await world.call("GET", f"/media/{written.json()['key']['id']}")
        assert answer.content == b"hello"

    played(play)


def test_a_file_is_sent_as_base64_and_got_as_its_bytes() -> None:
    """4.5: media only as base64 in JSON."""

    async def play(world: World) -> None:
        await world.opened()
        content = {"document": "aGVsbG8=", "fileName": "a.txt", "mimetype": "text/plain"}
        asked = {"jid": TEXT["jid"], "messageContent": content}
        answer = await world.call("POST", f"/connections/{PHONE}/send-message", asked)
        id_ = answer.json()["data"]["key"]["id"]
        assert (await world.call("GET", f"/_admin/files/{id_}")).content == b"hello"
        echo = world.told[-1][1]["messages"][0]["message"]
        assert echo == {"documentMessage": {"fileName": "a.txt", "mimetype": "text/plain"}}
        refused = {**asked, "messageContent": {**content, "document": "no base64!"}}
        answer = await world.call("POST", f"/connections/{PHONE}/send-message", refused)
        assert answer.status_code == 422

    played(play)
