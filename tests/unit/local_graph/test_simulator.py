"""What follows from what: statuses, ticks, read receipts and live events."""

import asyncio
from typing import Any

import pytest

from local.graph.graph_errors import GraphError
from local.graph.message_request import ReadRequest
from local.graph.simulator import Simulator, UnusableTextError
from tests.unit.local_graph.graph_builders import (
    Receiver,
    body_of,
    run,
    send_request,
    settle,
    simulator_with,
    text_body,
)


def ticks(simulator: Simulator, customer_id: str = "ana") -> list[tuple[str, str]]:
    chat = simulator.chats.chat(customer_id)
    return [(message.text, message.status) for message in chat.messages]


async def events_of(simulator: Simulator, seen: list[dict[str, Any]]) -> None:
    async for event in simulator.events.listen(60):
        if event:
            seen.append(event)


def test_a_message_is_sent_and_delivered_by_itself() -> None:
    receiver = Receiver()

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        message = simulator.accept(send_request(text_body()))
        await settle()
        assert receiver.statuses == [(message.wamid, "sent"), (message.wamid, "delivered")]
        assert ticks(simulator) == [("Halo", "delivered")]

    run(scenario)


def test_opening_the_chat_reads_what_is_there_once() -> None:
    receiver = Receiver()

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        simulator.accept(send_request(text_body()))
        await settle()
        simulator.customer_sees("ana")
        simulator.customer_sees("ana")
        await settle()
        assert [status for _, status in receiver.statuses] == ["sent", "delivered", "read"]
        assert simulator.chats.chat("ana").unread == 0

    run(scenario)


def test_a_message_seen_before_it_is_delivered_is_read_afterwards() -> None:
    receiver = Receiver()

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        simulator.accept(send_request(text_body()))
        simulator.customer_sees("ana")
        await settle()
        assert [status for _, status in receiver.statuses] == ["sent", "delivered", "read"]

    run(scenario)


def test_a_reaction_is_only_ever_sent() -> None:
    receiver = Receiver()

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        simulator.accept(
            send_request(body_of("reaction", {"message_id": "wamid.A==", "emoji": "👍"}))
        )
        await settle()
        assert [status for _, status in receiver.statuses] == ["sent"]

    run(scenario)


def test_a_message_can_fail_after_it_was_accepted() -> None:
    receiver = Receiver()

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        simulator.accept(send_request(text_body()), failure_code=131026)
        await settle()
        assert receiver.values[0]["statuses"][0]["errors"][0]["code"] == 131026
        assert ticks(simulator) == [("Halo", "failed")]

    run(scenario)


def test_a_message_can_be_accepted_in_silence() -> None:
    receiver = Receiver()

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        simulator.accept(send_request(text_body()), statuses=False)
        await settle()
        assert receiver.bodies == []
        assert len(simulator.journal.accepted) == 1

    run(scenario)


def test_strangers_get_statuses_but_no_chat() -> None:
    receiver = Receiver()

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        simulator.accept(send_request(text_body(to="16505550123")))
        await settle()
        assert [status for _, status in receiver.statuses] == ["sent", "delivered"]

    run(scenario)


def test_a_customers_ticks_follow_the_receiver() -> None:
    receiver = Receiver(answers=[500])

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        first = simulator.customer_says("ana", "one")
        second = simulator.customer_says("ana", "two")
        assert (first.status, second.status) == ("sent", "sent")
        await settle()
        texts = [value["messages"][0]["text"]["body"] for value in receiver.values]
        assert texts == ["one", "one", "two"]
        assert ticks(simulator) == [("one", "delivered"), ("two", "delivered")]
        simulator.mark_read(ReadRequest(second.id, typing=False))
        assert ticks(simulator) == [("one", "read"), ("two", "read")]

    run(scenario)


def test_a_text_nobody_takes_fails() -> None:
    receiver = Receiver(answers=[500] * 9)

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        simulator.customer_says("ana", "one")
        await settle()
        assert ticks(simulator) == [("one", "failed")]

    run(scenario)


@pytest.mark.parametrize("text", ["", " \n", "x" * 4097])
def test_customers_cannot_write_what_whatsapp_would_not_send(text: str) -> None:
    with pytest.raises(UnusableTextError):
        simulator_with(Receiver()).customer_says("ana", text)


def test_the_business_cannot_read_its_own_messages() -> None:
    async def scenario() -> None:
        simulator = simulator_with(Receiver())
        message = simulator.accept(send_request(text_body()))
        with pytest.raises(GraphError) as caught:
            simulator.mark_read(ReadRequest(message.wamid, typing=False))
        assert caught.value.code == 131009
        await settle()

    run(scenario)


def test_messages_from_elsewhere_can_be_read() -> None:
    simulator_with(Receiver()).mark_read(ReadRequest("wamid.ELSEWHERE", typing=True))


def test_the_phone_hears_of_everything() -> None:
    async def scenario() -> None:
        simulator = simulator_with(Receiver())
        seen: list[dict[str, Any]] = []
        listening = asyncio.ensure_future(events_of(simulator, seen))
        await settle()
        said = simulator.customer_says("ana", "Halo")
        await settle()
        simulator.mark_read(ReadRequest(said.id, typing=True))
        simulator.accept(send_request(text_body("Apa kabar?")))
        await settle()
        simulator.customer_joins("Dewi", hide_number=True)
        simulator.events.close()
        await listening
        assert [(event["type"], event["customer_id"]) for event in seen] == [
            ("message", "ana"),
            ("status", "ana"),
            ("status", "ana"),
            ("typing", "ana"),
            ("message", "ana"),
            ("status", "ana"),
            ("status", "ana"),
            ("customer", "dewi"),
        ]
        assert seen[0]["message"]["from"] == "customer"
        assert [seen[index]["status"] for index in (1, 2, 5, 6)] == [
            "delivered",
            "read",
            "sent",
            "delivered",
        ]

    run(scenario)


def test_reset_forgets_everything() -> None:
    receiver = Receiver()

    async def scenario() -> None:
        simulator = simulator_with(receiver)
        simulator.customer_joins("Dewi", hide_number=True)
        simulator.accept(send_request(text_body()))
        simulator.reset()
        await settle()
        assert receiver.bodies == []
        assert [customer.id for customer in simulator.customers] == ["ana", "budi", "citra"]
        assert ticks(simulator) == []
        assert not simulator.journal.accepted

    run(scenario)
