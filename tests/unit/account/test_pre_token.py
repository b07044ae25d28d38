"""Workspace and role come from the membership table and from nothing a person could write."""

from __future__ import annotations

from typing import Any

import pytest

from account import pre_token
from shared.json_types import JsonObject
from shared.store.directory import Directory, Membership


@pytest.fixture(autouse=True)
def members(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Directory:
    directory = Directory("directory", dynamodb)
    monkeypatch.setattr(pre_token, "_directory", lambda: directory)
    directory.put_membership(Membership("user-1", "ws_b", "viewer"))
    directory.put_membership(Membership("user-1", "ws_a", "owner"))
    return directory


def added(**attributes: str) -> Any:
    event: JsonObject = {"request": {"userAttributes": attributes}, "response": {}}
    answered = pre_token.handler(event, None)
    details = answered["response"]["claimsAndScopeOverrideDetails"]
    return details["accessTokenGeneration"]["claimsToAddOrOverride"]


def test_a_members_token_names_workspace_and_role() -> None:
    expected = {"workspace_id": "ws_a", "role": "owner", "email": "a@b"}
    assert added(sub="user-1", email="a@b") == expected


def test_a_person_without_a_workspace_gets_no_claims() -> None:
    assert added(sub="user-2", email="a@b") == {}


def test_what_a_person_may_write_about_themselves_counts_nothing() -> None:
    hostile = {"custom:workspace_id": "ws_z", "workspace_id": "ws_z", "role": "owner"}
    assert added(sub="user-2", **hostile) == {}
    assert added(sub="user-1", **hostile)["workspace_id"] == "ws_a"


def test_the_choice_among_workspaces_does_not_depend_on_order() -> None:
    both = [Membership("u", "ws_b", "viewer"), Membership("u", "ws_a", "owner")]
    assert pre_token.claims(both, "") == pre_token.claims(both[::-1], "")
