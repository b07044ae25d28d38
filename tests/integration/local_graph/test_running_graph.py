"""The stand-in over real sockets: signed webhooks, retries, lost answers, live events."""

import hashlib
import hmac
import json
import threading
from typing import Any

import httpx
import pytest

from tests.integration.local_graph.running_graph import (
    APP_SECRET,
    PATIENCE_SECONDS,
    PHONE_NUMBER_ID,
    TOKEN,
    Receiver,
    announced_url,
    environment,
    eventually,
    start,
)

ANA_PHONE = "628125550100"


def send(graph: httpx.Client, text: str = "Halo", **changes: Any) -> httpx.Response:
    body = {
        "messaging_product": "whatsapp",
        "to": ANA_PHONE,
        "type": "text",
        "text": {"body": text},
        **changes,
    }
    return graph.post(
        f"/v25.0/{PHONE_NUMBER_ID}/messages",
        json=body,
        headers={"Authorization": f"Bearer {TOKEN}"},
    )


def test_statuses_arrive_in_order_and_signed(graph: httpx.Client, receiver: Receiver) -> None:
    answer = send(graph, biz_opaque_callback_data="tenant:ä/1")
    wamid = answer.json()["messages"][0]["id"]
    eventually(lambda: len(receiver.statuses) == 2)
    assert [(status["id"], status["status"]) for status in receiver.statuses] == [
        (wamid, "sent"),
        (wamid, "delivered"),
    ]
    for item in receiver.received:
        digest = hmac.new(APP_SECRET.encode(), item.body, hashlib.sha256).hexdigest()
        assert item.headers["X-Hub-Signature-256"] == f"sha256={digest}"
        assert item.headers["Content-Type"] == "application/json"
        assert rb"tenant:\u00e4\/1" in item.body


def test_a_customers_texts_keep_their_order_when_the_receiver_fails(
    graph: httpx.Client, receiver: Receiver
) -> None:
    receiver.answers.extend([500, 503, 202])
    for number in range(5):
        graph.post("/phone/api/customers/citra/messages", json={"text": f"{number} 👋"})
    eventually(lambda: len(receiver.received) == 8)
    texts = [item.value["messages"][0]["text"]["body"] for item in receiver.received]
    assert texts == ["0 👋"] * 4 + ["1 👋", "2 👋", "3 👋", "4 👋"]
    assert len({item.body for item in receiver.received[:4]}) == 1
    eventually(lambda: graph.get("/_admin/webhooks").json()["items"][-1]["state"] == "delivered")
    first = graph.get("/_admin/webhooks").json()["items"][0]
    assert first["status_codes"] == [500, 503, 202, 200]


def test_a_dropped_answer_looks_like_a_lost_connection(
    graph: httpx.Client, receiver: Receiver
) -> None:
    graph.post("/_admin/faults", json={"mode": "drop_answer", "times": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        send(graph, biz_opaque_callback_data="lost")
    eventually(lambda: len(receiver.statuses) == 2)
    assert {status["biz_opaque_callback_data"] for status in receiver.statuses} == {"lost"}
    assert send(graph).status_code == 200
    requests = graph.get("/_admin/requests").json()["items"]
    assert [request["status"] for request in requests] == [None, 200]


def test_a_hang_lasts_until_the_caller_gives_up(graph: httpx.Client, receiver: Receiver) -> None:
    graph.post("/_admin/faults", json={"mode": "hang", "times": 1})
    with (
        httpx.Client(base_url=graph.base_url, timeout=0.3, trust_env=False) as impatient,
        pytest.raises(httpx.ReadTimeout),
    ):
        send(impatient)
    assert send(graph, "next").status_code == 200
    items = graph.get("/_admin/messages").json()["items"]
    assert [item["payload"]["text"]["body"] for item in items] == ["next"]


def test_reset_ends_a_hang(graph: httpx.Client) -> None:
    graph.post("/_admin/faults", json={"mode": "hang"})
    raised: list[Exception] = []

    def hang() -> None:
        try:
            with httpx.Client(base_url=graph.base_url, trust_env=False) as other:
                send(other)
        except httpx.RemoteProtocolError as error:
            raised.append(error)

    caller = threading.Thread(target=hang)
    caller.start()
    eventually(lambda: len(graph.get("/_admin/requests").json()["items"]) == 1)
    graph.post("/_admin/reset")
    caller.join(PATIENCE_SECONDS)
    assert len(raised) == 1


def test_events_stream_live(graph: httpx.Client) -> None:
    with graph.stream("GET", "/phone/api/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert next(lines) == "retry: 1000"
        with httpx.Client(base_url=graph.base_url, trust_env=False) as other:
            other.post("/phone/api/customers/ana/messages", json={"text": "Halo"})
        data = (json.loads(line[6:]) for line in lines if line.startswith("data: "))
        assert [next(data)["type"], next(data)["status"]] == ["message", "delivered"]


def test_it_stops_at_once_while_somebody_listens(receiver: Receiver) -> None:
    process = start(environment(receiver.port))
    try:
        url = announced_url(process)
        with httpx.stream("GET", f"{url}/phone/api/events", trust_env=False) as stream:
            assert next(stream.iter_lines()) == "retry: 1000"
            process.terminate()
            _, errors = process.communicate(timeout=2.5)
        assert errors == ""
    finally:
        process.kill()
        process.communicate()


def test_a_taken_port_is_one_line_that_says_what_to_do(receiver: Receiver) -> None:
    process = start(environment(receiver.port, PORT=str(receiver.port)))
    _, errors = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert errors.count("\n") == 1
    assert f"port {receiver.port} is taken" in errors
    assert "KABAR_GRAPH_PORT" in errors


def test_a_missing_variable_is_one_line_that_names_it(receiver: Receiver) -> None:
    process = start(environment(receiver.port, APP_SECRET=""))
    _, errors = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert errors == "The stand-in for Meta cannot start: set APP_SECRET in the environment\n"
