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
    for n in range(5):
        post.tell("status sent", body(n))
    assert desk.posted == [[0], [1]]
    assert len(desk.on_the_way) == SIDE_BY_SIDE
    desk.settle()
    assert desk.posted[2:] == [[2, 3, 4]]
    desk.settle()
    desk.settle()
    post.tell("status read", body(5))
    assert desk.posted[3:] == [[5]]
    assert desk.kinds == ["status sent"] * 3 + ["status read"]


def test_one_webhook_holds_a_bounded_number() -> None:
    desk = Desk()
    post = StatusPost(desk)  # type: ignore[arg-type]
    many = SIDE_BY_SIDE + MOST_TOGETHER + 1
    for n in range(many):
        post.tell("status sent", body(n))
    while desk.on_the_way:
        desk.settle()
    assert [len(one) for one in desk.posted[SIDE_BY_SIDE:]] == [MOST_TOGETHER, 1]
    assert sorted(n for one in desk.posted for n in one) == list(range(many))


def test_what_was_forgotten_is_not_waited_for() -> None:
    desk = Desk()
    post = StatusPost(desk)  # type: ignore[arg-type]
    for n in range(4):
        post.tell("status sent", body(n))
    post.forget()
    post.tell("status sent", body(9))
    assert desk.posted == [[0], [1], [9]]
