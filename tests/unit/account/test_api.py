"""Who am I, through the handler."""

from __future__ import annotations

import json
from typing import Any

import pytest

from account import api
from shared.json_types import JsonObject
from shared.store.workspaces import Workspace, Workspaces
from shared.tenancy import Tenant


@pytest.fixture(autouse=True)
def served(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "client", lambda service: dynamodb)
    monkeypatch.setattr(api, "_settings", lambda: api.Settings("workspaces"))
    Workspaces(Tenant("ws_me"), "workspaces", dynamodb).put(Workspace("Toko 😀"))


def get(path: str = "/v1/me", **changed: str) -> tuple[int, str, JsonObject]:
    context = {"workspace_id": "ws_me", "role": "owner", "user_id": "u", "email": "a@b"} | changed
    event = {
        "version": "2.0",
        "rawPath": path,
        "headers": {},
        "requestContext": {
            "http": {"method": "GET", "path": path},
            "stage": "$default",
            "authorizer": {"lambda": context},
        },
    }
    answer = api.handler(event, None)
    return answer["statusCode"], answer["headers"]["Content-Type"], json.loads(answer["body"])


def test_a_person_sees_themselves_and_their_workspace() -> None:
    code, _, body = get()
    assert code == 200
    assert body == {
        "user": {"id": "u", "email": "a@b"},
        "workspace": {"id": "ws_me", "name": "Toko 😀"},
        "role": "owner",
    }


def test_a_program_has_no_user() -> None:
    assert get(user_id="", email="", role="program")[2]["user"] is None


def test_a_workspace_that_is_gone_is_a_problem() -> None:
    code, kind, body = get(workspace_id="ws_gone")
    assert (code, kind) == (404, "application/problem+json")
    assert set(body) == {"type", "title", "status", "detail"}


def test_other_routes_are_problems() -> None:
    assert get("/v1/you")[2]["type"] == "urn:kabar:problem:no-such-route"
