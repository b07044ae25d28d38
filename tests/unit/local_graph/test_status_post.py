"""Statuses travel alone while there is little to tell, and together under load."""

from __future__ import annotations

import json
from typing import Any

from local.graph.deliveries import Delivery
from local.graph.json_types import JsonObject
from local.graph.status_post import MOST_TOGETHER, SIDE_BY_SIDE, StatusPost


class Desk:
    def __init__(self) -> None:
        self.on_the_way: list[Any] = []
        self.kinds: list[str] = []
        self.posted: list[list[int]] = []

    def submit(self, lane: str, kind: str, body: bytes, settled: Any) -> None:
        self.kinds.append(kind)
        changes = json.loads(body)["entry"][0]["changes"]
        self.posted.append([change["value"]["n"] for change in changes])
        self.on_the_way.append(settled)

    def settle(self) -> None:
        delivery: Delivery | None = None
        self.on_the_way.pop(0)(delivery)


def body(n: int) -> JsonObject:
    return {"object": "o", "entry": [{"id": "waba", "changes": [{"value": {"n": n}}]}]}


def test_what_comes_while_others_are_on_their_way_travels_together_and_in_order() -> None:
    desk = Desk()
    post = StatusPost(desk)  # type: ignore[arg-type]
    for n in range(4):
        post.tell("wamid.1", "status sent", body(n))
    assert desk.posted == [[0]]
    desk.settle()
    assert desk.posted[1:] == [[1, 2, 3]]
    desk.settle()
    post.tell("wamid.1", "status read", body(5))
    assert desk.posted[2:] == [[5]]
    assert desk.kinds == ["status sent"] * 2 + ["status read"]


def test_one_messages_statuses_never_overtake_each_other() -> None:
    """Of many messages so few webhooks are under way at once, each with others' statuses."""
    desk = Desk()
    post = StatusPost(desk)  # type: ignore[arg-type]
    for n in range(60):
        post.tell(f"wamid.{n % 20}", "status sent", body(n))
        assert len(desk.on_the_way) <= SIDE_BY_SIDE
    while desk.on_the_way:
        desk.settle()
    told = [n for one in desk.posted for n in one]
    assert sorted(told) == list(range(60))
    for message in range(20):
        assert [n for n in told if n % 20 == message] == [message, message + 20, message + 40]


def test_one_webhook_holds_a_bounded_number() -> None:
    desk = Desk()
    post = StatusPost(desk)  # type: ignore[arg-type]
    many = 1 + MOST_TOGETHER + 1
    for n in range(many):
        post.tell("wamid.1", "status sent", body(n))
    while desk.on_the_way:
        desk.settle()
    assert [len(one) for one in desk.posted] == [1, MOST_TOGETHER, 1]
    assert [n for one in desk.posted for n in one] == list(range(many))


def test_what_was_forgotten_is_not_waited_for() -> None:
    desk = Desk()
    post = StatusPost(desk)  # type: ignore[arg-type]
    for n in range(4):
        post.tell("wamid.1", "status sent", body(n))
    post.forget()
    post.tell("wamid.1", "status sent", body(9))
    assert desk.posted == [[0], [9]]
