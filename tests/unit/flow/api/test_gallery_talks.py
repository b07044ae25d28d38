"""The ready flows, installed by the API and held as conversations by the simulator's route."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from flow import simulation
from shared.json_types import JsonObject
from shared.public_http import Response
from tests.unit.flow.api.asking import Flows

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # within the workspace's hours
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
ANA: JsonObject = {"name": "Ana", "language": "en", "fields": {"time_zone": "Asia/Jakarta"}}


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


class InstalledFlow:
    """A draft as it came from the gallery, and a customer who writes to it."""

    def __init__(self, flows: Flows, name: str, at: datetime = WEDNESDAY) -> None:
        self.flows = flows
        self.id = flows.ok("POST", f"flow-gallery/{name}/install")["id"]
        self.now = milliseconds(at)
        self.last: JsonObject = {"state": None}

    def happens(self, type_: str, **event: Any) -> list[str]:
        """What the customer hears of it."""
        body = {"flow_id": self.id, "state": self.last["state"], "now": self.now}
        event = {"type": type_, **event}
        self.last = self.flows.ok(
            "POST", "flows/simulate", {**body, "contact": ANA, "event": event}
        )
        return [
            words(effect["message"]) for effect in self.last["effects"] if effect["type"] == "send"
        ]

    def says(self, text: str) -> list[str]:
        return self.happens("said", text=text)

    def taps(self, option: str) -> list[str]:
        return self.happens("said", text=option, payload=option)

    def effects(self, type_: str) -> list[JsonObject]:
        return [effect for effect in self.last["effects"] if effect["type"] == type_]


def words(message: JsonObject) -> str:
    match message:
        case {"type": "text", "text": {"body": body}}:
            return str(body)
        case {"type": "interactive", "interactive": {"body": {"text": body}}}:
            return str(body)
        case {"type": "template", "template": {"name": name}}:
            return f"template {name}"
    return str(message["type"])


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The workspace's own server; the addresses that it was asked at."""
    orders = {"A-17": {"state": "shipped"}, "B-20": {"state": "packed", "total": 25000}}
    asked: list[str] = []

    def answer(method: str, url: str, **_: Any) -> Response:
        asked.append(f"{method} {url}")
        number = url.rpartition("/")[2]
        if number not in orders:
            return Response(404, b"{}")
        return Response(200, json.dumps(orders[number]).encode())

    monkeypatch.setattr(simulation, "request", answer)
    yield asked


def test_the_welcome_menu_answers_and_offers_more(flows: Flows) -> None:
    menu = InstalledFlow(flows, "welcome_menu")
    assert menu.says("hello") == ["Hello Ana! Welcome to our shop.", "How can we help?"]
    assert menu.taps("hours") == ["We are open Monday to Friday, 9:00 to 17:00.", "Anything else?"]
    assert menu.taps("yes") == ["How can we help?"]
    assert menu.says("2") == ["location", "Anything else?"]
    assert menu.says("No, thank you") == ["Thank you. Write “menu” whenever you like."]
    assert menu.last["waiting"] is None


def test_the_welcome_menu_gives_to_people_while_they_are_there(flows: Flows) -> None:
    menu = InstalledFlow(flows, "welcome_menu")
    menu.says("hello")
    assert menu.taps("person") == ["A colleague will be with you in a moment."]
    assert menu.last["waiting"]["awaited"] == "person"
    assert menu.says("are you there?") == []
    assert menu.happens("handed_back") == ["Thank you. Write “menu” whenever you like."]


def test_the_welcome_menu_calls_back_whoever_comes_when_it_is_closed(flows: Flows) -> None:
    menu = InstalledFlow(flows, "welcome_menu", SATURDAY)
    menu.says("hello")
    (told,) = menu.taps("person")
    assert told.startswith("We are closed right now.")
    (change,) = menu.effects("update_contact")
    assert change["changes"] == [{"op": "add_tag", "tag": "call back"}]


def test_an_order_is_looked_up_where_the_workspace_keeps_it(flows: Flows, shop: list[str]) -> None:
    order = InstalledFlow(flows, "order_status")
    assert order.says("order") == ["What is the number of your order?"]
    assert order.says("?") == ["It is on your receipt: letters and digits, no spaces."]
    order.says("A-17")
    assert order.happens("perform") == ["Order A-17 is on its way to you."]
    order.says("order")
    order.says("B-20")
    assert order.happens("perform") == ["Order B-20: packed. It comes to Rp 25.000."]
    assert shop == ["GET https://shop.example/orders/A-17", "GET https://shop.example/orders/B-20"]


def test_three_unknown_orders_are_one_for_people(flows: Flows, shop: list[str]) -> None:
    order = InstalledFlow(flows, "order_status")
    order.says("order")
    for number in ("X-1", "X-2"):
        order.says(number)
        unknown, again = order.happens("perform")
        assert unknown == f"We have no order {number}. Please look again."
        assert again == "What is the number of your order?"
    order.says("X-3")
    order.happens("perform")
    assert order.last["waiting"]["awaited"] == "person"
    assert order.effects("assign")[0]["note"] == "Order X-3"
    assert len(shop) == 3


def test_an_order_that_cannot_be_looked_up_is_for_people(flows: Flows) -> None:
    order = InstalledFlow(flows, "order_status")
    order.says("order")
    order.says("A-17")
    (sorry,) = order.happens("http_answered", outcome="timeout")
    assert sorry.startswith("We cannot look it up just now.")
    assert order.last["waiting"]["awaited"] == "person"


def booked(flows: Flows) -> InstalledFlow:
    booking = InstalledFlow(flows, "booking")
    assert booking.says("book") == ["In which name shall we book?"]
    assert booking.says("Ana Putri")[0].startswith("Which day?")
    assert booking.says("yesterday") == ["A day from tomorrow on, within two months."]
    assert booking.says("27/11") == ["At what time?"]
    (told,) = booking.says("10:00")
    assert told.startswith("Booked: Ana Putri, 27 November 2026 at 10:00.")
    return booking


def test_a_booking_is_kept_and_reminded_of_a_day_before(flows: Flows) -> None:
    booking = booked(flows)
    (change,) = booking.effects("update_contact")
    assert {"op": "add_tag", "tag": "booked"} in change["changes"]
    assert booking.last["contact"]["fields"]["booked_for"] == "2026-11-27T10:00"
    (event,) = booking.effects("emit_webhook")
    assert (event["event"], event["data"]["day"]) == ("booking.made", "2026-11-27")

    assert booking.happens("timer_fired") == ["template appointment_reminder"]
    a_day_before = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
    assert booking.last["now"] == milliseconds(a_day_before)
    assert booking.taps("come") == ["See you tomorrow!"]


def test_a_booking_can_be_cancelled_when_reminded(flows: Flows) -> None:
    booking = booked(flows)
    booking.happens("timer_fired")
    assert booking.taps("cancel") == ["Cancelled. Write “book” for another day."]
    assert booking.last["contact"]["tags"] == []


def test_whoever_does_not_answer_the_reminder_is_noted(flows: Flows) -> None:
    booking = booked(flows)
    booking.happens("timer_fired")
    assert booking.happens("timer_fired") == []
    (change,) = booking.effects("update_contact")
    assert "Did not answer the reminder" in change["changes"][0]["text"]
