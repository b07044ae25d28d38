"""The API's description, and what is answered where no route is."""

from __future__ import annotations

import json

import pytest

from front.page import page
from front.signpost import handler
from shared.json_types import JsonObject
from tests.api_events import api_event


def answer(method: str, path: str, route: str = "GET /v1/{proxy+}") -> JsonObject:
    return handler({**api_event(method, path), "routeKey": route}, None)


def test_the_document_is_served_as_it_is() -> None:
    shown = answer("GET", "/v1/openapi.json", "GET /v1/openapi.json")
    assert shown["headers"]["Content-Type"] == "application/json"
    assert json.loads(shown["body"])["openapi"] == "3.1.0"


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    shown = answer("GET", "/v1/docs", "GET /v1/docs")
    assert shown["headers"]["Content-Type"].startswith("text/html")
    assert shown["headers"]["Content-Security-Policy"].startswith("default-src 'none'")
    assert "<script" not in shown["body"]
    assert "http://" not in shown["body"]
    assert "https://" not in shown["body"]


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/", "/v1/me/", "/v1/members/a/b"])
def test_an_unknown_address_is_a_problem(path: str) -> None:
    shown = answer("GET", path)
    assert shown["statusCode"] == 404
    assert json.loads(shown["body"])["type"] == "urn:kabar:problem:no-such-route"


def test_a_wrong_method_is_told_which_are_right() -> None:
    shown = answer("PUT", "/v1/members/somebody")
    assert (shown["statusCode"], shown["headers"]["Allow"]) == (405, "DELETE, PATCH")


def test_whatever_a_description_holds_is_shown_as_text() -> None:
    operation = {
        "operationId": "x",
        "summary": "<x-b>",
        "description": "<x-i>",
        "tags": ["<x-t>"],
        "x-who-may-call": "<x-u>",
        "parameters": [{"name": "<x-p>", "in": "query", "schema": {"enum": ["<x-e>"]}}],
        "responses": {"200": {"description": "<x-r>"}},
    }
    shape = {"properties": {"<x-f>": {"type": "string", "maxLength": 9}}}
    shown = page(
        {
            "info": {"title": "<x-h>", "description": "<x-d>"},
            "tags": [{"name": "<x-t>"}],
            "paths": {"/<x-a>": {"get": operation}},
            "components": {"schemas": {"<x-s>": shape}},
        }
    )
    assert "<x-" not in shown
    assert "string, up to 9" in shown
