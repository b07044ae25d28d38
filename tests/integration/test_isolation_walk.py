"""Another workspace's owner and program try every route of the API with this workspace's ids.

The walk goes over the route table itself. A route whose parameter or body has no entry below fails
until somebody says what of a workspace could be reached through it.
"""

from __future__ import annotations

from typing import Any

import pytest

from local.stack import LocalStack
from shared.api import Endpoint
from shared.permissions import Permission, Role, permissions_of
from tests.integration.walked_shop import BODIES, DOCUMENT, PARAMETERS, ROUTES, Shop
from tests.visitor import Visitor, call, some_address


@pytest.fixture(scope="module")
def ours(stack: LocalStack) -> Shop:
    return Shop(Visitor(stack, some_address("ours")))


@pytest.fixture(scope="module")
def theirs(stack: LocalStack) -> Shop:
    return Shop(Visitor(stack, some_address("theirs")))


def named(endpoint: Endpoint) -> str:
    return endpoint.key


def filled(endpoint: Endpoint, shop: Shop) -> str:
    """The route's path below /v1 with the shop's ids."""
    path = endpoint.path.removeprefix("/v1/")
    for parameter in endpoint.parameters:
        path = path.replace(f"{{{parameter}}}", PARAMETERS[parameter](shop))
    return path


def asked(endpoint: Endpoint, shop: Shop, credential: str, query: str = "") -> Any:
    headers = {"if_match": '"1"'} if endpoint.if_match else {}
    return call(
        shop.owner.stack,
        credential,
        endpoint.method,
        filled(endpoint, shop) + query,
        BODIES.get(endpoint.key),
        **headers,
    )


def tells_nothing_of(shop: Shop, text: str) -> bool:
    return not any(secret in text for secret in shop.known_by())


WITH_IDS = [endpoint for endpoint in ROUTES if endpoint.parameters]
LISTS = [
    endpoint
    for endpoint in ROUTES
    if any(
        one["name"] == "cursor"
        for one in DOCUMENT["paths"][endpoint.path][endpoint.method.lower()].get("parameters", [])
    )
]
IS_THERE = {"GET /v1/channels/{channel_id}/connection": (409, 403)}
"""What an owner and a program are told instead of 200: the shop's channel is there and no linked
phone, and programs have no say in channels."""
WITHOUT_IDS = [endpoint for endpoint in ROUTES if not endpoint.parameters]


@pytest.mark.parametrize("endpoint", ROUTES, ids=named)
def test_the_walk_knows_what_every_route_takes(endpoint: Endpoint) -> None:
    assert set(endpoint.parameters) <= PARAMETERS.keys()
    operation = DOCUMENT["paths"][endpoint.path][endpoint.method.lower()]
    assert ("requestBody" in operation) == (endpoint.key in BODIES)


@pytest.mark.parametrize("endpoint", WITH_IDS, ids=named)
def test_ids_of_another_workspace_are_not_there(
    endpoint: Endpoint, ours: Shop, theirs: Shop
) -> None:
    answer = asked(endpoint, ours, theirs.owner.token)
    assert answer.status_code == 404, answer.text
    assert tells_nothing_of(ours, answer.text)
    by_program = asked(endpoint, ours, theirs.key)
    assert by_program.status_code in (403, 404), by_program.text
    assert tells_nothing_of(ours, by_program.text)


@pytest.mark.parametrize("endpoint", [one for one in WITH_IDS if one.method == "GET"], ids=named)
def test_the_same_ids_are_there_for_their_owner(endpoint: Endpoint, ours: Shop) -> None:
    owner, program = IS_THERE.get(endpoint.key, (200, 200))
    assert asked(endpoint, ours, ours.owner.token).status_code == owner
    assert asked(endpoint, ours, ours.key).status_code == program


def test_no_role_reaches_in_its_own_workspace_what_it_may_not(
    stack: LocalStack, ours: Shop
) -> None:
    visitor = Visitor(stack, some_address("looks"))
    visitor.sign_up()
    visitor.confirm()
    visitor.sign_in()
    ours.owner.ok("POST", "invites", {"email": visitor.email, "role": "viewer"})
    visitor.ok("POST", "invites/accept", {"token": visitor.mailed_invitation()})
    user_id = visitor.ok("GET", "me")["user"]["id"]
    for role in (Role.VIEWER, Role.AGENT, Role.EDITOR, Role.ADMIN):
        ours.owner.ok("PATCH", f"members/{user_id}", {"role": role.value})
        closed = set(Permission) - permissions_of(role.value)
        for endpoint in (one for one in ROUTES if one.access in closed):
            answer = asked(endpoint, ours, visitor.token)
            assert answer.status_code == 403, f"{role.value}: {endpoint.key}: {answer.text}"
            assert answer.json()["type"].endswith(":forbidden")
    ours.owner.ok("DELETE", f"members/{user_id}")


@pytest.mark.parametrize("endpoint", LISTS, ids=named)
def test_a_cursor_of_another_workspace_leads_to_nothing_of_it(
    endpoint: Endpoint, ours: Shop, theirs: Shop
) -> None:
    cursor = asked(endpoint, ours, ours.owner.token, "?limit=1").json()["next_cursor"]
    query = f"?limit=100&cursor={cursor}" if cursor else "?limit=100"
    for credential in (theirs.owner.token, theirs.key):
        answer = asked(endpoint, ours, credential, query)
        assert answer.status_code < 500
        assert tells_nothing_of(ours, answer.text)


def test_no_route_without_an_id_tells_of_or_changes_another_workspace(
    stack: LocalStack, ours: Shop
) -> None:
    other = Shop(Visitor(stack, some_address("other")))
    before = ours.look()
    for endpoint in sorted(WITHOUT_IDS, key=lambda one: ("GET", "PATCH").count(one.method) == 0):
        answer = asked(endpoint, other, other.owner.token)
        assert answer.status_code < 500, f"{endpoint.key}: {answer.text}"
        assert tells_nothing_of(ours, answer.text), endpoint.key
    assert ours.look() == before
