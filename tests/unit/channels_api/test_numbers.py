"""Channels are shown, changed, checked and disconnected."""

from __future__ import annotations

import pytest

from shared.permissions import Permission
from tests.fake_graph import NUMBER, NUMBER_ID, WABA_ID, refusal
from tests.unit.channels_api.conftest import Desk, kind
from tests.unit.channels_api.test_connecting import OWN, SIGNUP


@pytest.fixture(autouse=True)
def _connected(desk: Desk) -> None:
    assert desk.ask("POST", "channels/embedded-signup", SIGNUP)[0] == 201
    desk.meta.asked.clear()


def test_the_list_says_what_a_sign_up_needs(desk: Desk) -> None:
    page = desk.ask("GET", "channels")[1]
    assert [one["id"] for one in page["items"]] == [NUMBER_ID]
    assert page["signup"]["config_id"] == "900"


def test_a_channel_answers_with_another_flow(desk: Desk) -> None:
    code, shown = desk.ask("PATCH", f"channels/{NUMBER_ID}", {"flow_id": "menu"})
    assert (code, shown["flow_id"], shown["name"]) == (200, "menu", "Toko")
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert number.flow_id == "menu"


def test_a_check_brings_the_health_up_to_date(desk: Desk) -> None:
    desk.meta.answers[f"GET {NUMBER_ID}"] = {
        **NUMBER,
        "quality_rating": "RED",
        "throughput": {"level": "HIGH"},
    }
    code, shown = desk.ask("POST", f"channels/{NUMBER_ID}/verify", {})
    assert (code, shown["health"]["quality"]) == (200, "RED")
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert number.per_second == 1000


def test_a_check_with_a_dead_token_says_so_and_holds(desk: Desk) -> None:
    desk.meta.answers[f"GET {NUMBER_ID}"] = refusal(190, 401)
    code, shown = desk.ask("POST", f"channels/{NUMBER_ID}/verify", {})
    assert (code, shown["state"]) == (200, "needs_attention")
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert number.held == shown["reason"] != ""


@pytest.mark.parametrize("call", [f"GET {NUMBER_ID}", f"POST {WABA_ID}/subscribed_apps"])
@pytest.mark.parametrize("code", [4, 80007, 2])
def test_a_check_while_meta_is_busy_holds_nothing(desk: Desk, call: str, code: int) -> None:
    desk.meta.answers[call] = refusal(code, 400)
    answer = desk.ask("POST", f"channels/{NUMBER_ID}/verify", {})
    assert answer[0] == (429 if call.startswith("GET") else 200)
    assert desk.ask("GET", f"channels/{NUMBER_ID}")[1]["state"] == "connected"
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert number.held is None


def test_disconnecting_forgets_secrets_and_frees_the_number(desk: Desk) -> None:
    assert desk.ask("DELETE", f"channels/{NUMBER_ID}")[0] == 204
    assert desk.meta.calls() == [f"DELETE {WABA_ID}/subscribed_apps"]
    assert desk.directory.number(NUMBER_ID) is None
    assert desk.directory.account(WABA_ID) is None
    assert desk.store().sealed_pin(NUMBER_ID) is None
    assert desk.ask("GET", f"channels/{NUMBER_ID}")[1]["state"] == "disconnected"
    assert desk.ask("DELETE", f"channels/{NUMBER_ID}")[0] == 204
    gone = desk.ask("POST", f"channels/{NUMBER_ID}/verify", {})
    assert kind(gone) == (409, "channel-disconnected")
    assert desk.ask("POST", "channels/own-app", OWN, workspace_id="ws_other")[0] == 201


def test_a_token_that_is_dead_does_not_keep_a_channel(desk: Desk) -> None:
    desk.meta.answers[f"DELETE {WABA_ID}/subscribed_apps"] = refusal(190, 401)
    assert desk.ask("DELETE", f"channels/{NUMBER_ID}")[0] == 204


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"channels/{NUMBER_ID}", None),
        ("PATCH", f"channels/{NUMBER_ID}", {"name": "Mine"}),
        ("DELETE", f"channels/{NUMBER_ID}", None),
        ("POST", f"channels/{NUMBER_ID}/verify", {}),
    ],
)
def test_another_workspaces_channel_is_not_there(
    desk: Desk, method: str, path: str, body: dict[str, str] | None
) -> None:
    answer = desk.ask(method, path, body, workspace_id="ws_other")
    assert kind(answer) == (404, "channel-not-found")
    assert desk.ask("GET", f"channels/{NUMBER_ID}")[1]["name"] == "Toko"


def test_editors_see_channels_and_do_not_manage_them(desk: Desk) -> None:
    may = [Permission.READ_CHANNELS]
    assert desk.ask("GET", "channels", permissions=may)[0] == 200
    assert desk.ask("DELETE", f"channels/{NUMBER_ID}", permissions=may)[0] == 403
