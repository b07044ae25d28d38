"""The HTTP edges, called in process: sections 0.2, 3.1, 7.1 and 7.3, and the local APIs."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import pytest

from local.graph.app import application_for
from local.graph.edge.dropped_answer import ConnectionDroppedError
from local.graph.edge.phone_routes import event_stream
from local.graph.held_answers import HeldAnswers
from local.graph.simulator import Simulator
from tests.unit.local_graph.graph_builders import (
    Receiver,
    run,
    settle,
    simulator_with,
    text_body,
)

TOKEN = "EAAG-token"
MESSAGES = "/v25.0/200300400500600/messages"
BEARER = {"Authorization": f"Bearer {TOKEN}"}

Scenario: TypeAlias = Callable[[httpx.AsyncClient, Simulator], Awaitable[None]]


def edge(scenario: Scenario, phone_dist: Path | None = None) -> None:
    async def main() -> None:
        simulator = simulator_with(Receiver())
        application = application_for(
            simulator,
            HeldAnswers(),
            access_token=TOKEN,
            app_secret="secret-of-the-app",
            phone_dist=phone_dist,
        )
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://graph") as client:
            await scenario(client, simulator)
        await settle()

    run(main)


async def refusal(response: httpx.Response) -> tuple[int, int, int | None]:
    """`(http status, code, subcode)` of a refused request."""
    error = response.json()["error"]
    assert {"message", "type", "code", "fbtrace_id"} <= set(error)
    return response.status_code, error["code"], error.get("error_subcode")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, (401, 104, None)),
        ({"Authorization": "Bearer stale"}, (401, 190, None)),
        ({"Authorization": f"Basic {TOKEN}"}, (401, 0, None)),
        ({"Authorization": "Bearer "}, (401, 0, None)),
    ],
)
def test_tokens_are_checked(headers: dict[str, str], expected: tuple[int, int, None]) -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        response = await client.post(MESSAGES, json=text_body(), headers=headers)
        assert await refusal(response) == expected

    edge(scenario)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/v25.0/999/messages", (400, 100, 33)),
        ("GET", MESSAGES, (400, 100, 33)),
        ("POST", "/v99.0/200300400500600/messages", (400, 2500, None)),
        ("POST", "/latest/200300400500600/messages", (400, 2500, None)),
        ("POST", "/v25.0/200300400500600/telegrams", (400, 2500, None)),
    ],
)
def test_paths_are_checked(method: str, path: str, expected: tuple[int, int, int | None]) -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        response = await client.request(method, path, headers=BEARER)
        assert await refusal(response) == expected

    edge(scenario)


@pytest.mark.parametrize("version", ["v20.0", "v25.0", "v26.0"])
def test_versions_up_to_the_latest_are_served(version: str) -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        path = MESSAGES.replace("v25.0", version)
        response = await client.post(path, json=text_body(), headers=BEARER)
        assert response.status_code == 200
        assert response.headers["facebook-api-version"] == version

    edge(scenario)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"", "application/json"),
        (b'{"messaging_product":"whatsapp"}', "text/plain"),
        (b"\xff", "application/json"),
    ],
)
def test_what_is_no_json_object_has_no_parameters(content: bytes, content_type: str) -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        headers = {**BEARER, "Content-Type": content_type}
        response = await client.post(MESSAGES, content=content, headers=headers)
        assert await refusal(response) == (400, 100, None)

    edge(scenario)


def test_an_accepted_message_is_answered_and_recorded() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        body = text_body(biz_opaque_callback_data="k-1")
        sent = await client.post(MESSAGES, json=body, headers=BEARER)
        wamid = sent.json()["messages"][0]["id"]
        assert wamid.startswith("wamid.")
        (item,) = (await client.get("/_admin/messages")).json()["items"]
        assert item["wamid"] == wamid
        assert item["biz_opaque_callback_data"] == "k-1"
        assert item["payload"] == body
        (record,) = (await client.get("/_admin/requests")).json()["items"]
        assert (record["status"], record["wamid"]) == (200, wamid)
        assert TOKEN not in str(record)

    edge(scenario)


def test_refused_requests_are_recorded_too() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        await client.post(MESSAGES, json=text_body(""), headers=BEARER)
        (record,) = (await client.get("/_admin/requests")).json()["items"]
        assert (record["status"], record["error_code"]) == (400, 100)
        assert (await client.get("/_admin/messages")).json() == {"items": []}

    edge(scenario)


def test_the_business_cannot_write_to_itself() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        response = await client.post(MESSAGES, json=text_body(to="15550001111"), headers=BEARER)
        assert await refusal(response) == (400, 131021, None)

    edge(scenario)


def test_mark_read_succeeds_and_uses_up_no_fault() -> None:
    async def scenario(client: httpx.AsyncClient, simulator: Simulator) -> None:
        said = simulator.customer_says("ana", "Halo")
        await client.post("/_admin/faults", json={"mode": "error", "times": 1})
        body = {"messaging_product": "whatsapp", "status": "read", "message_id": said.id}
        response = await client.post(MESSAGES, json=body, headers=BEARER)
        assert response.json() == {"success": True}
        assert said.status == "read"
        failed = await client.post(MESSAGES, json=text_body(), headers=BEARER)
        assert await refusal(failed) == (500, 131000, None)

    edge(scenario)


def test_faults_apply_to_the_next_sends_and_then_no_more() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        fault = {"mode": "error", "code": 131016, "times": 2}
        await client.post("/_admin/faults", json=fault)
        answers = [await client.post(MESSAGES, json=text_body(), headers=BEARER) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [500, 500, 200]

    edge(scenario)


def test_a_dropped_answer_is_accepted_all_the_same() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        await client.post("/_admin/faults", json={"mode": "drop_answer", "times": 1})
        with pytest.raises(ConnectionDroppedError):
            await client.post(MESSAGES, json=text_body(), headers=BEARER)
        await settle()
        assert len((await client.get("/_admin/messages")).json()["items"]) == 1
        statuses = (await client.get("/_admin/webhooks")).json()["items"]
        assert [item["kind"] for item in statuses] == ["status sent", "status delivered"]
        (record,) = (await client.get("/_admin/requests")).json()["items"]
        assert (record["status"], record["fault"]) == (None, "drop_answer")

    edge(scenario)


@pytest.mark.parametrize(("code", "expected"), [(None, 130429), (131056, 131056)])
def test_throttling_refuses_what_is_above_the_rate(code: int | None, expected: int) -> None:
    async def scenario(client: httpx.AsyncClient, simulator: Simulator) -> None:
        fault: dict[str, Any] = {"mode": "throttle", "rate": 1, "code": code}
        await client.post("/_admin/faults", json=fault)
        first = await client.post(MESSAGES, json=text_body(), headers=BEARER)
        assert first.status_code == 200
        second = await client.post(MESSAGES, json=text_body(), headers=BEARER)
        assert second.json()["error"]["code"] == expected
        assert len(simulator.journal.accepted) == 1

    edge(scenario)


def test_a_late_answer_comes_after_the_statuses_or_when_released() -> None:
    async def scenario(client: httpx.AsyncClient, simulator: Simulator) -> None:
        await client.post("/_admin/faults", json={"mode": "delay", "seconds": 60})
        late = asyncio.ensure_future(client.post(MESSAGES, json=text_body(), headers=BEARER))
        await settle()
        assert len(simulator.journal.accepted) == 1
        assert not late.done()
        assert (await client.delete("/_admin/faults")).status_code == 204
        assert (await late).status_code == 200

    edge(scenario)


def test_a_slow_send_is_taken_late_or_when_released() -> None:
    async def scenario(client: httpx.AsyncClient, simulator: Simulator) -> None:
        await client.post("/_admin/faults", json={"mode": "slow", "seconds": 60})
        slow = asyncio.ensure_future(client.post(MESSAGES, json=text_body(), headers=BEARER))
        await settle()
        assert (len(simulator.journal.accepted), slow.done()) == (0, False)
        assert (await client.delete("/_admin/faults")).status_code == 204
        assert (await slow).status_code == 200
        assert len(simulator.journal.accepted) == 1

    edge(scenario)


@pytest.mark.parametrize("fault", [{"mode": "explode"}, {"mode": "error", "times": 0}, {}])
def test_a_fault_that_cannot_be_is_refused(fault: dict[str, Any]) -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        response = await client.post("/_admin/faults", json=fault)
        assert response.status_code == 400
        assert response.json()["detail"]

    edge(scenario)


def test_any_body_can_be_signed_and_delivered() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        body = {"object": "whatsapp_business_account", "entry": []}
        assert (await client.post("/_admin/webhook", json={"body": body})).status_code == 202
        await settle()
        (item,) = (await client.get("/_admin/webhooks")).json()["items"]
        assert (item["body"], item["state"], item["status_codes"]) == (body, "delivered", [200])

    edge(scenario)


def test_the_phone_shows_state_and_chats() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        said = await client.post("/phone/api/customers/ana/messages", json={"text": "Halo 👋"})
        assert said.status_code == 201
        await client.post(MESSAGES, json=text_body("Apa kabar?"), headers=BEARER)
        await settle()
        state = (await client.get("/phone/api/state")).json()
        assert state["business"]["phone_number_id"] == "200300400500600"
        ana = state["customers"][0]
        assert (ana["id"], ana["unread"], ana["last"]["text"]) == ("ana", 1, "Apa kabar?")
        items = (await client.get("/phone/api/customers/ana/messages")).json()["items"]
        assert [(item["from"], item["text"], item["status"]) for item in items] == [
            ("customer", "Halo 👋", "delivered"),
            ("business", "Apa kabar?", "delivered"),
        ]
        assert (await client.post("/phone/api/customers/ana/seen")).status_code == 204
        state = (await client.get("/phone/api/state")).json()
        assert state["customers"][0]["unread"] == 0

    edge(scenario)


def test_customers_can_be_added_with_and_without_a_number() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        hidden = await client.post("/phone/api/customers", json={"name": "D", "hide_number": True})
        shown = await client.post("/phone/api/customers", json={"name": "E"})
        assert hidden.json()["wa_id"] is None
        assert shown.json()["wa_id"].startswith("628")

    edge(scenario)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/phone/api/customers/zed/messages", {"text": "x"}, 404),
        ("/phone/api/customers/zed/seen", {}, 404),
        ("/phone/api/customers/ana/messages", {"text": ""}, 400),
        ("/phone/api/customers/ana/messages", {}, 400),
        ("/phone/api/customers", {"name": " "}, 400),
    ],
)
def test_the_phone_api_explains_what_it_cannot_do(
    path: str, body: dict[str, Any], status: int
) -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        response = await client.post(path, json=body)
        assert response.status_code == status
        assert response.json()["detail"]

    edge(scenario)


def test_events_are_server_sent() -> None:
    async def scenario() -> None:
        simulator = simulator_with(Receiver())
        stream = event_stream(simulator.events)
        assert await anext(stream) == "retry: 1000\n\n"
        following = asyncio.ensure_future(anext(stream))
        await settle()
        simulator.events.publish({"type": "typing", "customer_id": "ana"})
        assert await following == 'data: {"type": "typing", "customer_id": "ana"}\n\n'

    run(scenario)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://localhost:5173", True), ("http://127.0.0.1:4700", True), ("http://evil.test", False)],
)
def test_only_loopback_origins_may_read(origin: str, allowed: bool) -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        response = await client.get("/phone/api/state", headers={"Origin": origin})
        assert ("access-control-allow-origin" in response.headers) is allowed

    edge(scenario)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Phone</title>")
    (folder / "assets" / "app.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/phone/", 200, "<title>Phone</title>"),
        ("/phone/chats/ana", 200, "<title>Phone</title>"),
        ("/phone/assets/app.js", 200, "1"),
        ("/phone/assets/gone.js", 404, "No such file.\n"),
        ("/phone/%2e%2e/secret.txt", 404, "No such file.\n"),
        ("/phone/..%2fsecret.txt", 404, "No such file.\n"),
    ],
)
def test_the_page_is_served_with_its_own_paths(
    dist: Path, path: str, status: int, text: str
) -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        response = await client.get(path)
        assert (response.status_code, response.text) == (status, text)

    edge(scenario, dist)


def test_a_page_that_is_not_built_says_what_to_do() -> None:
    async def scenario(client: httpx.AsyncClient, _: Simulator) -> None:
        response = await client.get("/phone/")
        assert response.status_code == 503
        assert "make web" in response.text

    edge(scenario, Path("/nowhere"))
