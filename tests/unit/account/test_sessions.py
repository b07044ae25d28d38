"""What goes into tokens, and what a password reset ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from moto import mock_aws

from account.post_confirmation import RESET, PostConfirmation
from account.pre_token import claims
from shared.store.directory import Membership
from tests.office import ANA, Office

VERIFIED = {"email": "Ana@Kabar.test", "email_verified": "true"}


@pytest.fixture
def office() -> Iterator[Office]:
    with mock_aws():
        yield Office()


@dataclass
class FakeCognito:
    signed_out: list[dict[str, Any]] = field(default_factory=list)

    def admin_user_global_sign_out(self, **request: Any) -> None:
        self.signed_out.append(request)


def test_a_member_gets_workspace_role_and_permissions() -> None:
    added = claims(Membership("user", "ws_a", "agent"), VERIFIED)
    assert (added["workspace_id"], added["role"]) == ("ws_a", "agent")
    assert added["email"] == "ana@kabar.test"
    assert "conversations:read" in added["permissions"]
    assert "members:manage" not in added["permissions"]


def test_who_is_in_no_workspace_gets_none() -> None:
    assert claims(None, VERIFIED) == {"email": "ana@kabar.test"}


@pytest.mark.parametrize(
    "attributes", [{"email": "a@b.c"}, {**VERIFIED, "email_verified": "false"}]
)
def test_an_address_that_is_not_proven_is_nobodys(attributes: dict[str, str]) -> None:
    assert claims(None, attributes)["email"] == ""


def test_attributes_that_a_person_can_write_change_nothing() -> None:
    written = {**VERIFIED, "custom:workspace_id": "ws_b", "workspace_id": "ws_b", "role": "owner"}
    assert claims(Membership("user", "ws_a", "viewer"), written)["workspace_id"] == "ws_a"
    assert claims(Membership("user", "ws_a", "viewer"), written)["role"] == "viewer"


def event(source: str) -> dict[str, Any]:
    return {
        "triggerSource": source,
        "userPoolId": "pool",
        "userName": ANA.id,
        "request": {"userAttributes": {"sub": ANA.id}},
    }


def test_a_reset_ends_sessions(office: Office) -> None:
    cognito = FakeCognito()
    PostConfirmation(office.directory, cognito, office.clock).run(event(RESET))
    assert office.directory.person(ANA.id).valid_from == office.clock() // 1000
    assert cognito.signed_out == [{"UserPoolId": "pool", "Username": ANA.id}]


def test_a_sign_up_ends_none(office: Office) -> None:
    cognito = FakeCognito()
    PostConfirmation(office.directory, cognito, office.clock).run(
        event("PostConfirmation_ConfirmSignUp")
    )
    assert office.directory.person(ANA.id).valid_from == 0
    assert cognito.signed_out == []
