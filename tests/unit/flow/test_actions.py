"""HTTP calls of flows: done by the actions worker, their answers back in the lane."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from flow.actions import Actions, Settings
from shared.events import LaneEvents, from_body
from shared.json_types import JsonObject
from shared.notices import Notices
from shared.public_addresses import PublicAddressError, UnreachableError
from shared.public_http import Response
from shared.queues import QueueRefusedError
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeSqs
from tests.unit.flow.engine.flow_parts import edge, flow, http, message
from tests.unit.flow.lane_world import World, customer

SETTINGS = Settings("inbound", "notices", "workspaces", "crm.internal:8080")
NOBODY_LISTENS = Notices(None, "notices", lambda _: frozenset())
ENDS = ("success", "failure", "timeout")


def _shop() -> JsonObject:
    nodes = [
        http("call", "price", method="POST", url="https://shop.example/{{message.text}}", body="b"),
        *(message(end, end + " {{price.status}} {{price.body.idr}}") for end in ENDS),
    ]
    return flow(nodes, [edge("call", end, end) for end in ENDS])


def _actions(world: World, answer: Callable[..., Response]) -> Actions:
    return Actions(SETTINGS, world.sqs, NOBODY_LISTENS, answer, clock=world.clock)


def _answering(response: Response | Exception) -> Callable[..., Response]:
    def request(*_: Any, **__: Any) -> Response:
        if isinstance(response, Exception):
            raise response
        return response

    return request


def _round(world: World, answer: Response | Exception, said: str = "kopi") -> str:
    """From a customer's word to the flow's last answer."""
    batch = world.says(customer(), said)
    assert world.deliver(batch)
    (call,) = world.sqs.sent.pop("actions")
    assert call["MessageGroupId"] == world.tenant.id
    _actions(world, _answering(answer)).run(sqs_record(call["MessageBody"]))
    (entry,) = world.sqs.sent.pop("inbound")
    back = from_body(json.loads(entry["MessageBody"]))
    assert (back.channel, back.contact) == (batch.channel, batch.contact)
    assert entry["MessageGroupId"] == f"{batch.channel}#{batch.contact}"
    assert world.deliver(back)
    last = world.handed("outbound", batch.contact)[-1]
    return str(last["message"]["text"]["body"])


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (Response(200, b'{"idr": 5000}'), "success 200 5000"),
        (Response(299, b'{"idr": "lima"}'), "success 299 lima"),
        (Response(204, b""), "success 204 "),
        (Response(302, b'{"idr": 1}'), "failure 302 1"),
        (Response(404, b'{"idr": 1}'), "failure 404 1"),
        (Response(500, b"<html>"), "failure 500 "),
        (TimeoutError("slow"), "timeout  "),
        (PublicAddressError("private"), "failure  "),
        (UnreachableError("nobody"), "failure  "),
        (Response(200, b"\xff\xfe"), "success 200 "),
        (Response(200, b"[" * 100_000), "success 200 "),
        (Response(200, b"[" * 8000), "success 200 "),
        (Response(200, b"[" * 900 + b"]" * 900), "success 200 "),
        (Response(200, b'{"idr":' * 400 + b"1" + b"}" * 400), "success 200 "),
        (Response(200, b'{"idr": ' + b"9" * 5000 + b"}"), "success 200 "),
        (Response(200, b'{"idr": NaN}'), "success 200 nan"),
        (Response(200, b'{"idr": "\\ud800"}'), "success 200 \ud800"),
    ],
)
def test_an_answer_reaches_the_flow(
    dynamodb: Any, answer: Response | Exception, reply: str
) -> None:
    assert _round(World(dynamodb, _shop()), answer) == reply.rstrip(" ") or reply


@pytest.mark.parametrize("depth", range(900, 1000, 9))
def test_no_depth_of_an_answer_stops_anybody(dynamodb: Any, depth: int) -> None:
    """Each part reads and writes JSON a few levels deeper than the one before."""
    body = b"[" * depth + b"]" * depth
    assert _round(World(dynamodb, _shop()), Response(200, body)).startswith("success 200")


def test_the_call_is_made_as_the_flow_says(dynamodb: Any) -> None:
    world = World(dynamodb, _shop())
    assert world.deliver(world.says(customer(), "kopi"))
    (call,) = world.sqs.sent["actions"]
    asked: list[Any] = []

    def request(*args: Any, **named: Any) -> Response:
        asked.append((args, named))
        return Response(200, b"")

    _actions(world, request).run(sqs_record(call["MessageBody"]))
    assert asked == [
        (
            ("POST", "https://shop.example/kopi"),
            {
                "headers": {},
                "body": "b",
                "timeout_seconds": 10,
                "private_hosts": frozenset({"crm.internal:8080"}),
            },
        )
    ]


def test_done_twice_it_is_answered_once(dynamodb: Any) -> None:
    world = World(dynamodb, _shop())
    batch = world.says(customer(), "kopi")
    assert world.deliver(batch)
    (call,) = world.sqs.sent["actions"]
    for idr in (1, 2):
        answer = _answering(Response(200, json.dumps({"idr": idr}).encode()))
        _actions(world, answer).run(sqs_record(call["MessageBody"]))
        world.clock.advance(301)
    first, second = (_lane(entry) for entry in world.sqs.sent["inbound"])
    assert world.deliver(first)
    assert world.deliver(second)
    sends = [b for b in world.handed("outbound", batch.contact) if b["kind"] == "send"]
    assert [body["message"]["text"]["body"] for body in sends] == ["success 200 1"]


def test_a_large_answer_is_cut(dynamodb: Any) -> None:
    world = World(dynamodb, _shop())
    batch = world.says(customer(), "kopi")
    assert world.deliver(batch)
    (call,) = world.sqs.sent["actions"]
    answer = _answering(Response(200, b'"' + b"x" * 900_000 + b'"'))
    _actions(world, answer).run(sqs_record(call["MessageBody"]))
    (event,) = _lane(world.sqs.sent["inbound"][0]).events
    assert event.body["body"] == '"' + "x" * 15_999


def test_an_answer_that_cannot_be_queued_is_tried_again() -> None:
    sqs = FakeSqs(refuse={0})
    action: JsonObject = {
        "kind": "http",
        "correlation": "c",
        "method": "GET",
        "url": "https://shop.example/",
        "headers": {},
        "body": None,
        "timeout_seconds": 5,
        "hops": 4,
        "channel": "1",
        "contact": "x",
    }
    actions = Actions(
        SETTINGS,
        sqs,
        NOBODY_LISTENS,
        _answering(Response(200, b"")),
        clock=FakeClock(),
    )
    with pytest.raises(QueueRefusedError):
        actions.run(sqs_record(action))
    actions.run(sqs_record(action))
    (entry,) = sqs.sent["inbound"]
    (event,) = _lane(entry).events
    assert (event.id, event.hops) == ("http:c", 4)


def _lane(entry: JsonObject) -> LaneEvents:
    return from_body(json.loads(entry["MessageBody"]))
