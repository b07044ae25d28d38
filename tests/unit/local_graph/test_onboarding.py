"""An app comes to an account and its number, as sections 5.5 and 5.6 have it."""

from __future__ import annotations

from typing import Any

from local.graph.edge.onboarding_routes import CODE
from tests.unit.local_graph.graph_builders import BUSINESS
from tests.unit.local_graph.graph_clock import (
    ACCOUNT,
    APP_SECRET,
    NUMBER,
    TOKEN,
    Stage,
    on_stage,
)

APP = "700"
EXCHANGE = "/v25.0/oauth/access_token"


async def answered(stage: Stage, method: str, path: str, **arguments: Any) -> tuple[int, Any]:
    response = await stage.call(method, path, **arguments)
    body = response.json()
    return response.status_code, body["error"]["code"] if "error" in body else body


@on_stage
async def test_a_code_is_exchanged_for_a_token_by_who_knows_the_secret(stage: Stage) -> None:
    asked = {"client_id": APP, "client_secret": APP_SECRET, "code": CODE}
    code, answer = await answered(stage, "GET", EXCHANGE, params=asked)
    assert (code, answer["access_token"]) == (200, TOKEN)
    wrong = {**asked, "client_secret": "guessed"}
    assert await answered(stage, "GET", EXCHANGE, params=wrong) == (401, 190)
    wrong = {**asked, "code": "guessed"}
    assert await answered(stage, "GET", EXCHANGE, params=wrong) == (400, 100)


@on_stage
async def test_the_app_is_told_what_a_token_was_granted(stage: Stage) -> None:
    headers = {"Authorization": f"Bearer {APP}|{APP_SECRET}"}

    async def asked(token: str, **more: Any) -> tuple[int, Any]:
        query = {"input_token": token}
        return await answered(
            stage, "GET", "/v25.0/debug_token", params=query, headers={**headers, **more}
        )

    code, told = await asked(TOKEN)
    assert code == 200
    assert told["data"]["app_id"] == APP
    assert told["data"]["granular_scopes"][0]["target_ids"] == [BUSINESS.waba_id]
    assert (await asked("guessed"))[1]["data"]["is_valid"] is False
    assert await asked(TOKEN, Authorization=f"Bearer {APP}|guessed") == (401, 190)


@on_stage
async def test_the_account_has_its_number_and_tells_the_app(stage: Stage) -> None:
    _, listed = await answered(stage, "GET", f"{ACCOUNT}/phone_numbers")
    assert [one["id"] for one in listed["data"]] == [BUSINESS.phone_number_id]
    assert (await answered(stage, "GET", NUMBER))[1]["status"] == "CONNECTED"
    assert await answered(stage, "POST", f"{ACCOUNT}/subscribed_apps") == (200, {"success": True})
    assert (await answered(stage, "GET", f"{ACCOUNT}/subscribed_apps"))[1]["data"]
    await answered(stage, "DELETE", f"{ACCOUNT}/subscribed_apps")
    assert not (await answered(stage, "GET", f"{ACCOUNT}/subscribed_apps"))[1]["data"]
    assert (await answered(stage, "GET", "/v25.0/999/phone_numbers"))[0] == 400


@on_stage
async def test_a_number_is_registered_with_one_pin_and_not_too_often(stage: Stage) -> None:
    async def register(pin: str) -> Any:
        body = {"messaging_product": "whatsapp", "pin": pin}
        return (await answered(stage, "POST", f"{NUMBER}/register", json=body))[1]

    assert await register("12345") == 100
    assert await register("123456") == {"success": True}
    assert await register("654321") == 133005
    for _ in range(9):
        assert await register("123456") == {"success": True}
    assert await register("123456") == 133016
    stage.later(73 * 3600)
    assert await register("123456") == {"success": True}
