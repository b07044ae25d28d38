"""Numbers are connected only after Meta has vouched for what the browser said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.json_types import JsonObject
from tests.fake_graph import APP_ID, NUMBER, NUMBER_ID, TOKEN, WABA_ID, refusal
from tests.unit.channels_api.conftest import Desk, kind

SIGNUP: JsonObject = {"code": "code-1", "waba_id": WABA_ID, "phone_number_id": NUMBER_ID}
OWN: JsonObject = {
    "app_id": APP_ID,
    "app_secret": "own-secret",
    "access_token": "EAA-own",
    "waba_id": WABA_ID,
    "phone_number_id": NUMBER_ID,
    "flow_id": "menu",
}
REGISTER = f"POST {NUMBER_ID}/register"
SUBSCRIBE = f"POST {WABA_ID}/subscribed_apps"


def test_a_sign_up_is_exchanged_checked_subscribed_and_registered(desk: Desk) -> None:
    code, made = desk.ask("POST", "channels/embedded-signup", SIGNUP)
    assert code == 201
    shown = made["channel"]
    assert (shown["state"], shown["kind"], shown["name"]) == ("connected", "platform", "Toko")
    assert shown["health"]["quality"] == "GREEN"
    assert desk.meta.calls() == [
        "GET oauth/access_token",
        "GET debug_token",
        f"GET {WABA_ID}/phone_numbers",
        f"GET {NUMBER_ID}",
        SUBSCRIBE,
        REGISTER,
    ]
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert (number.tenant_id, number.per_second, number.held) == ("ws_tests", 80, None)
    assert desk.opened(number.sealed_token) == TOKEN
    assert desk.directory.account(WABA_ID) == number.tenant


def test_each_number_has_a_pin_of_its_own_which_is_kept_sealed(desk: Desk) -> None:
    desk.ask("POST", "channels/embedded-signup", SIGNUP)
    pin = desk.meta.body_of(REGISTER)["pin"]
    sealed = desk.store().sealed_pin(NUMBER_ID)
    assert sealed is not None
    assert len(pin) == 6
    assert desk.opened(sealed) == pin
    desk.meta.asked.clear()
    desk.ask("POST", "channels/embedded-signup", SIGNUP)
    assert desk.meta.body_of(REGISTER)["pin"] == pin


def test_a_number_of_the_phones_app_is_not_registered_and_its_history_is_asked_for(
    desk: Desk,
) -> None:
    desk.meta.answers[f"POST {NUMBER_ID}/smb_app_data"] = [{"request_id": "1"}, refusal(2593109)]
    code, made = desk.ask("POST", "channels/embedded-signup", {**SIGNUP, "coexistence": True})
    assert (code, made["channel"]["state"]) == (201, "connected")
    assert made["channel"]["health"]["per_second"] == 20
    assert REGISTER not in desk.meta.calls()
    syncs = [one.body["sync_type"] for one in desk.meta.asked if one.path.endswith("smb_app_data")]
    assert syncs == ["smb_app_state_sync", "history"]


@pytest.mark.parametrize(
    ("call", "answer", "problem"),
    [
        ("GET oauth/access_token", refusal(100), (422, "code-refused")),
        ("GET oauth/access_token", {"token_type": "bearer"}, (422, "code-refused")),
        ("GET oauth/access_token", "down", (502, "meta-unreachable")),
        ("GET debug_token", refusal(190, 401), (422, "wrong-app")),
        ("GET debug_token", {"data": {"is_valid": False, "app_id": APP_ID}}, (422, "wrong-app")),
        ("GET debug_token", {"data": {"is_valid": True, "app_id": "1"}}, (422, "wrong-app")),
        (
            "GET debug_token",
            {"data": {"is_valid": True, "app_id": APP_ID, "granular_scopes": []}},
            (422, "account-not-granted"),
        ),
        (f"GET {WABA_ID}/phone_numbers", {"data": []}, (422, "number-not-in-account")),
        (f"GET {WABA_ID}/phone_numbers", refusal(100), (422, "account-not-granted")),
        (f"GET {NUMBER_ID}", refusal(33), (422, "meta-refused")),
        (f"GET {NUMBER_ID}", (500, {}), (502, "meta-unreachable")),
    ],
)
def test_what_meta_does_not_vouch_for_connects_nothing(
    desk: Desk, call: str, answer: Any, problem: tuple[int, str]
) -> None:
    desk.meta.answers[call] = answer
    assert kind(desk.ask("POST", "channels/embedded-signup", SIGNUP)) == problem
    assert desk.directory.number(NUMBER_ID) is None
    assert SUBSCRIBE not in desk.meta.calls()


@pytest.mark.parametrize(
    ("call", "answer", "words"),
    [
        (SUBSCRIBE, refusal(10, 403), "Permission was denied"),
        (REGISTER, refusal(133005), "two-step PIN"),
        (REGISTER, "down", "did not answer"),
    ],
)
def test_a_number_that_meta_does_not_let_in_is_kept_and_says_why(
    desk: Desk, call: str, answer: Any, words: str
) -> None:
    desk.meta.answers[call] = answer
    code, made = desk.ask("POST", "channels/embedded-signup", SIGNUP)
    assert (code, made["channel"]["state"]) == (201, "needs_attention")
    assert words in made["channel"]["reason"]
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert words in (number.held or "")
    desk.meta.answers.clear()
    desk.meta.answers[f"GET {NUMBER_ID}"] = {**NUMBER, "status": "PENDING"}
    code, shown = desk.ask("POST", f"channels/{NUMBER_ID}/verify", {"pin": "123456"})
    assert (code, shown["state"], shown["reason"]) == (200, "connected", "")
    assert desk.meta.asked[-1].body["pin"] == "123456"
    released = desk.directory.number(NUMBER_ID)
    assert released is not None
    assert released.held is None


def test_a_number_of_another_workspace_is_refused_and_not_whose_it_is(desk: Desk) -> None:
    desk.ask("POST", "channels/embedded-signup", SIGNUP, workspace_id="ws_first")
    desk.meta.asked.clear()
    answer = desk.ask("POST", "channels/own-app", OWN)
    assert kind(answer) == (409, "number-taken")
    assert "ws_first" not in json.dumps(answer[1])
    assert SUBSCRIBE not in desk.meta.calls()
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert number.tenant_id == "ws_first"


def test_an_account_of_another_workspace_is_refused_too(desk: Desk) -> None:
    desk.ask("POST", "channels/embedded-signup", SIGNUP, workspace_id="ws_first")
    desk.meta.answers[f"GET {WABA_ID}/phone_numbers"] = {"data": [{"id": "999"}]}
    other = {**OWN, "phone_number_id": "999"}
    desk.meta.answers["GET 999"] = NUMBER
    assert kind(desk.ask("POST", "channels/own-app", other)) == (409, "number-taken")
    assert desk.directory.number("999") is None


def test_an_own_app_gets_an_address_and_a_verify_token_shown_once(desk: Desk) -> None:
    code, made = desk.ask("POST", "channels/own-app", OWN)
    assert code == 201
    address = f"https://api.kabar.test/webhook/{NUMBER_ID}"
    assert made["channel"]["webhook_url"] == address
    assert REGISTER not in desk.meta.calls()
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert number.sealed_app is not None
    assert number.flow_id == "menu"
    kept = json.loads(desk.opened(number.sealed_app))
    assert kept == {"app_secrets": ["own-secret"], "verify_token": made["verify_token"]}
    shown = json.dumps(desk.ask("GET", "channels")[1])
    for secret in ("own-secret", "EAA-own", made["verify_token"]):
        assert secret not in shown


def test_an_own_apps_number_that_is_not_on_is_registered(desk: Desk) -> None:
    desk.meta.answers[f"GET {NUMBER_ID}"] = {**NUMBER, "status": "PENDING"}
    desk.ask("POST", "channels/own-app", OWN)
    assert REGISTER in desk.meta.calls()


def test_connecting_again_replaces_the_secrets_and_keeps_the_flow(desk: Desk) -> None:
    desk.ask("POST", "channels/own-app", OWN)
    desk.store().mark(NUMBER_ID, "needs_attention", "dead", at=1)
    again = {**OWN, "access_token": "EAA-new", "flow_id": ""}
    code, made = desk.ask("POST", "channels/own-app", again)
    assert (code, made["channel"]["state"]) == (201, "connected")
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    assert (number.held, number.flow_id) == (None, "menu")
    assert desk.opened(number.sealed_token) == "EAA-new"
    assert len(desk.ask("GET", "channels")[1]["items"]) == 1


def test_secrets_open_for_their_workspace_only(desk: Desk) -> None:
    desk.ask("POST", "channels/own-app", OWN)
    number = desk.directory.number(NUMBER_ID)
    assert number is not None
    with pytest.raises(Exception, match=r"InvalidCiphertext|Context"):
        desk.opened(number.sealed_token, "ws_other")


def test_without_a_platform_app_nobody_signs_up(desk: Desk, monkeypatch: Any) -> None:
    from channels import connecting
    from channels.place import PlatformApp

    monkeypatch.setattr(connecting, "platform_app", lambda: PlatformApp("", "", ""))
    answer = desk.ask("POST", "channels/embedded-signup", SIGNUP)
    assert kind(answer) == (409, "signup-not-offered")


@pytest.mark.parametrize("field", ["waba_id", "phone_number_id", "app_secret", "access_token"])
def test_ids_and_secrets_are_looked_at_before_meta_is_asked(desk: Desk, field: str) -> None:
    code, problem = desk.ask("POST", "channels/own-app", {**OWN, field: "1 2\n3/../4"})
    assert code == 400
    assert problem["errors"][0]["field"] == field
    assert desk.meta.asked == []
