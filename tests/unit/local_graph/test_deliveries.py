"""Retries and order of webhooks: section 1.4."""

import asyncio

from local.graph.deliveries import Delivery, DeliveryDesk
from local.graph.retry_policy import RetryPolicy, waits_before_retries
from tests.unit.local_graph.graph_builders import Receiver, no_sleep, run, settle


def desk_for(receiver: Receiver, attempts: int = 4) -> DeliveryDesk:
    return DeliveryDesk(receiver, RetryPolicy(attempts=attempts), lambda: 1, no_sleep)


def test_retries_come_at_once_and_then_ever_later() -> None:
    policy = RetryPolicy(attempts=6, first_wait_seconds=1, longest_wait_seconds=3)
    assert list(waits_before_retries(policy)) == [0.0, 1, 2, 3, 3]
    assert list(waits_before_retries(RetryPolicy(attempts=1))) == []


def test_only_200_ends_the_retries_and_the_bytes_stay_the_same() -> None:
    receiver = Receiver(answers=[500, None, 204])
    desk = desk_for(receiver)
    settled: list[Delivery] = []

    async def scenario() -> None:
        desk.submit("lane", "message", b"{}", settled.append)
        await settle()

    run(scenario)
    assert receiver.bodies == [b"{}"] * 4
    assert settled[0].state == "delivered"
    assert settled[0].as_json()["status_codes"] == [500, None, 204, 200]


def test_a_delivery_is_given_up_after_the_last_attempt() -> None:
    receiver = Receiver(answers=[500] * 9)
    desk = desk_for(receiver, attempts=3)

    async def scenario() -> None:
        desk.submit("lane", "message", b"{}")
        await settle()

    run(scenario)
    assert len(receiver.bodies) == 3
    assert desk.log[0].state == "gave_up"


def test_a_lane_keeps_its_order_through_failures_and_lets_others_pass() -> None:
    receiver = Receiver(answers=[503, 503])
    desk = desk_for(receiver)

    async def scenario() -> None:
        for lane, body in (("a", b"1"), ("a", b"2"), ("b", b"3")):
            desk.submit(lane, "message", body)
        await settle()

    run(scenario)
    assert [body for body in receiver.bodies if body != b"3"] == [b"1", b"1", b"2"]
    assert receiver.bodies.index(b"3") < receiver.bodies.index(b"2")


def test_after_forgetting_nothing_more_is_sent() -> None:
    receiver = Receiver(answers=[500] * 99)
    desk = DeliveryDesk(receiver, RetryPolicy(attempts=99), lambda: 1, asyncio.sleep)

    async def scenario() -> None:
        desk.submit("lane", "message", b"{}")
        await settle()
        desk.forget()
        attempts = len(receiver.bodies)
        desk.submit("lane", "message", b"[]")
        await settle()
        assert receiver.bodies[attempts:] == [b"[]", b"[]"]
        desk.forget()
        await settle()

    run(scenario)
