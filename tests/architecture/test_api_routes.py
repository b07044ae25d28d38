"""The route table, the front door and the OpenAPI document say the same."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from apidoc.__main__ import FILES, text
from apidoc.contexts import ROOT, apis
from front.page import page
from infra.api_routes import BY_HANDLER
from shared.api import Endpoint, NoPermission
from shared.permissions import Permission, Role, permissions_of

ROUTES: Final = [endpoint for api in apis().values() for endpoint in api.endpoints]
DOCUMENT: Final = json.loads(FILES[0].read_text())


def named(endpoint: Endpoint) -> str:
    return endpoint.key


def test_the_front_door_knows_every_route_and_no_other() -> None:
    declared = {
        handler: {endpoint.key for endpoint in api.endpoints} for handler, api in apis().items()
    }
    assert {handler: set(routes) for handler, routes in BY_HANDLER.items()} == declared


def test_no_route_is_declared_twice() -> None:
    counts = Counter(endpoint.key for endpoint in ROUTES)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("endpoint", ROUTES, ids=named)
def test_every_route_needs_a_permission_or_says_why_not(endpoint: Endpoint) -> None:
    if isinstance(endpoint.access, NoPermission):
        assert len(endpoint.access.why.split()) >= 3
    else:
        assert endpoint.access in Permission


@pytest.mark.parametrize("endpoint", ROUTES, ids=named)
def test_every_route_is_described(endpoint: Endpoint) -> None:
    operation = DOCUMENT["paths"][endpoint.path][endpoint.method.lower()]
    assert operation["summary"]
    assert str(endpoint.status) in operation["responses"]


# One value, of which the last that was chosen is meant.
LAST_WINS: Final = {
    "PATCH /v1/members/{user_id}",
    "PATCH /v1/flows/{flow_id}",
    "PATCH /v1/channels/{channel_id}",
    "PATCH /v1/templates/{template_id}",
}


@pytest.mark.parametrize("endpoint", ROUTES, ids=named)
def test_a_change_names_what_it_has_read(endpoint: Endpoint) -> None:
    if endpoint.method in ("PATCH", "PUT"):
        assert endpoint.if_match is (endpoint.key not in LAST_WINS)


@pytest.mark.parametrize("endpoint", ROUTES, ids=named)
def test_every_post_can_be_repeated_and_every_answer_tells_what_is_left(
    endpoint: Endpoint,
) -> None:
    operation = DOCUMENT["paths"][endpoint.path][endpoint.method.lower()]
    headers = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
    assert ("Idempotency-Key" in headers) is (endpoint.method == "POST")
    answer = operation["responses"][str(endpoint.status)]
    assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} <= set(answer["headers"])


# Questions that are asked with a body; and everybody may go.
CHANGE_NOTHING_OF_OTHERS: Final = {
    "POST /v1/workspace/leave",
    "POST /v1/segments/count",
    "POST /v1/flows/{flow_id}/check",
    "POST /v1/templates/check",
    "POST /v1/campaigns/{campaign_id}/estimate",
    "POST /v1/campaigns/{campaign_id}/preview",
    "POST /v1/campaigns/{campaign_id}/exports",
}


def test_whoever_may_only_look_changes_nothing() -> None:
    opened = permissions_of(Role.VIEWER.value)
    changes = {one.key for one in ROUTES if one.method != "GET" and one.access in opened}
    assert changes == CHANGE_NOTHING_OF_OTHERS


def test_every_permission_opens_something() -> None:
    used = {endpoint.access for endpoint in ROUTES}
    # Who may make and unmake owners is asked inside the routes that change people.
    assert set(Permission) - used <= {Permission.MANAGE_OWNERS}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_document_is_current(file: Path) -> None:
    """`make openapi` writes it."""
    assert file.read_text() == text()


def test_the_page_shows_every_operation_and_shape() -> None:
    shown = page(DOCUMENT)
    for operations in DOCUMENT["paths"].values():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in shown
    for shape in DOCUMENT["components"]["schemas"]:
        assert f'id="shape-{shape}"' in shown
    assert "<script" not in shown
