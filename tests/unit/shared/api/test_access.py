"""Who may call what."""

from __future__ import annotations

from itertools import pairwise

import pytest

from shared.permissions import API_KEY_SCOPES, WHO_MAY, Permission, Role, permissions_of
from tests.api_events import authorized
from tests.unit.shared.api.frame import Frame

NOBODY = authorized(workspace_id="", permissions=(), role="")
PROGRAM = authorized(permissions=[Permission.READ_MEMBERS], user_id="", key_id="key-1")


def test_a_route_needs_its_permission(frame: Frame) -> None:
    viewer = authorized(permissions=permissions_of("viewer"))
    assert frame.call("GET", "/v1/things", caller=viewer)[0] == 200
    status, body = frame.call("POST", "/v1/things", body={"name": "x"}, caller=viewer)
    assert (status, body["type"]) == (403, "urn:kabar:problem:forbidden")
    assert "members:manage" in body["detail"]
    assert frame.made == 0


def test_who_may_not_learns_nothing_about_the_input(frame: Frame) -> None:
    assert frame.call("POST", "/v1/things", raw="{", caller=PROGRAM)[0] == 403


def test_a_person_without_a_workspace_reaches_only_what_needs_no_permission(frame: Frame) -> None:
    assert frame.call("GET", "/v1/self", caller=NOBODY)[0] == 200
    for path in ("/v1/things", "/v1/hello"):
        status, body = frame.call("GET", path, caller=NOBODY)
        assert (status, body["type"]) == (403, "urn:kabar:problem:no-workspace")


def test_a_program_does_what_its_scopes_say_and_nothing_that_is_a_persons(frame: Frame) -> None:
    assert frame.call("GET", "/v1/things", caller=PROGRAM)[0] == 200
    assert frame.call("GET", "/v1/hello", caller=PROGRAM)[0] == 200
    status, body = frame.call("GET", "/v1/self", caller=PROGRAM)
    assert (status, body["type"]) == (403, "urn:kabar:problem:people-only")


def test_scopes_that_are_no_longer_known_open_nothing(frame: Frame) -> None:
    old = {**PROGRAM, "permissions": "everything:do"}
    assert frame.call("GET", "/v1/things", caller=old)[0] == 403


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_somebodys_and_the_owners(permission: Permission) -> None:
    assert Role.OWNER in WHO_MAY[permission]


def test_roles_grow_from_viewer_to_owner() -> None:
    ladder = [permissions_of(role) for role in ("viewer", "agent", "editor", "admin", "owner")]
    assert all(less <= more for less, more in pairwise(ladder))
    assert permissions_of("nobody") == frozenset()


def test_keys_cannot_be_allowed_to_manage_people_keys_or_the_workspace() -> None:
    managing = {
        Permission.UPDATE_WORKSPACE,
        Permission.DELETE_WORKSPACE,
        Permission.MANAGE_MEMBERS,
        Permission.MANAGE_OWNERS,
        Permission.MANAGE_INVITES,
        Permission.MANAGE_API_KEYS,
    }
    assert not API_KEY_SCOPES & managing
