"""A phone is linked, shown while it is, checked and logged out."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as replaced
from typing import Any

import pytest

from channels import linked, numbers
from shared.channels.baileys.connection import LOOP
from shared.clock import now_ms
from shared.json_types import JsonObject
from shared.store.connections import Connections
from shared.tenancy import Tenant
from tests.unit.channels_api.conftest import Desk, kind

PHONE = "+6281122334455"
ID = "wa6281122334455"
ASKED = {"phone": PHONE, "name": "Toko", "flow_id": "menu"}


@dataclass
class FakeService:
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    lock: JsonObject = field(default_factory=dict)
    cap: JsonObject = field(default_factory=dict)

    def connect(self, phone: str, webhook_url: str, verify_token: str) -> None:
        self.calls.append(("connect", phone, webhook_url, verify_token))

    def log_out(self, phone: str) -> None:
        self.calls.append(("log_out", phone))

    def time_lock(self, phone: str) -> JsonObject:
        return self.lock

    def new_chat_cap(self, phone: str) -> JsonObject:
        return self.cap


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> FakeService:
    service = FakeService()
    for module in (linked, numbers):
        monkeypatch.setattr(module, "linked_service", lambda: service)
    return service


def connections(desk: Desk) -> Connections:
    return Connections(Tenant("ws_tests"), "workspaces", desk.dynamodb)


def opened(desk: Desk) -> None:
    known = connections(desk).get(ID)
    assert known is not None
    connections(desk).begin(ID, replaced(known, state="open", was_open=True))


def test_connecting_asks_for_a_code(desk: Desk, service: FakeService) -> None:
    code, shown = desk.ask("POST", "channels/linked-phone", ASKED)
    assert (code, shown["id"], shown["kind"], shown["state"]) == (
        201,
        ID,
        "baileys",
        "needs_attention",
    )
    assert shown["display_phone_number"] == "+62 811-2233-4455"
    assert shown["health"]["per_second"] == 0.5
    ((_, phone, webhook, token),) = service.calls
    assert (phone, webhook) == (PHONE, f"https://api.kabar.test/webhook/linked/{ID}")
    number = desk.directory.number(ID)
    assert number is not None
    assert (number.kind, number.flow_id, number.held) == ("baileys", "menu", shown["reason"])
    assert token not in str(desk.dynamodb.scan(TableName="directory"))
    assert desk.ask("GET", "channels")[1]["linked_phones"] is True


def test_the_code_is_shown_while_there_is_one(desk: Desk, service: FakeService) -> None:
    desk.ask("POST", "channels/linked-phone", ASKED)
    assert desk.ask("GET", f"channels/{ID}/connection")[1]["qr"] is None
    known = connections(desk).get(ID)
    assert known is not None
    shown = replaced(known, qr="data:image/png;base64,AA==", qr_at=now_ms())
    connections(desk).begin(ID, shown)
    answer = desk.ask("GET", f"channels/{ID}/connection")[1]
    assert (answer["state"], answer["qr"]) == ("connecting", "data:image/png;base64,AA==")
    connections(desk).begin(ID, replaced(shown, qr_at=now_ms() - 61_000))
    assert desk.ask("GET", f"channels/{ID}/connection")[1]["qr"] is None


def test_another_workspace_cannot_take_the_number(desk: Desk, service: FakeService) -> None:
    desk.ask("POST", "channels/linked-phone", ASKED)
    code, answer = desk.ask("POST", "channels/linked-phone", ASKED, workspace_id="ws_other")
    assert kind((code, answer)) == (409, "number-taken")
    code, answer = desk.ask("GET", f"channels/{ID}/connection", workspace_id="ws_other")
    assert kind((code, answer)) == (404, "channel-not-found")


def test_connecting_anew_gives_another_token(desk: Desk, service: FakeService) -> None:
    for _ in range(2):
        desk.ask("POST", "channels/linked-phone", ASKED)
    first, second = service.calls
    assert first[3] != second[3]


def test_a_number_in_a_loop_is_logged_out_between(desk: Desk, service: FakeService) -> None:
    desk.ask("POST", "channels/linked-phone", ASKED)
    known = connections(desk).get(ID)
    assert known is not None
    connections(desk).begin(ID, replaced(known, state="close", error=LOOP))
    service.calls.clear()
    desk.ask("POST", "channels/linked-phone", ASKED)
    assert [call[0] for call in service.calls] == ["connect", "log_out", "connect"]


def test_logging_out_disconnects(desk: Desk, service: FakeService) -> None:
    desk.ask("POST", "channels/linked-phone", ASKED)
    assert desk.ask("DELETE", f"channels/{ID}")[0] == 204
    assert service.calls[-1] == ("log_out", PHONE)
    assert desk.store().get(ID).state == "disconnected"
    assert desk.directory.number(ID) is None
    code, answer = desk.ask("GET", f"channels/{ID}/connection")
    assert kind((code, answer)) == (409, "not-a-linked-phone")


@pytest.mark.parametrize(
    ("lock", "cap", "state"),
    [
        ({"isActive": False}, {"total_quota": 10, "used_quota": 3}, "connected"),
        ({"isActive": True}, {}, "needs_attention"),
        ({}, {"total_quota": 10, "used_quota": 10}, "needs_attention"),
    ],
)
def test_a_check_asks_for_restrictions(
    desk: Desk, service: FakeService, lock: JsonObject, cap: JsonObject, state: str
) -> None:
    desk.ask("POST", "channels/linked-phone", ASKED)
    opened(desk)
    service.lock, service.cap = lock, cap
    code, shown = desk.ask("POST", f"channels/{ID}/verify", {})
    assert (code, shown["state"]) == (200, state)


def test_a_platform_without_the_service_offers_none(desk: Desk) -> None:
    code, answer = desk.ask("POST", "channels/linked-phone", ASKED)
    assert kind((code, answer)) == (409, "linked-phones-not-offered")
    assert desk.ask("GET", "channels")[1]["linked_phones"] is False


@pytest.mark.parametrize("phone", ["6281122334455", "+0812", "+62 811", "+1234", ""])
def test_a_phone_is_in_e164(desk: Desk, service: FakeService, phone: str) -> None:
    code, answer = desk.ask("POST", "channels/linked-phone", {**ASKED, "phone": phone})
    assert code == 400
    assert "phone" in str(answer)
    assert service.calls == []
