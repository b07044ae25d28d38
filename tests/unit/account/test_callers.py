"""Who is let in, and as whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from moto import mock_aws

from account.authorizer import Authorizer, NotAllowedError, Settings
from shared.store.api_keys import ApiKeys
from shared.store.lifecycle import GRACE_SECONDS
from tests.office import ANA, BUDI, TABLES, Office

ISSUER = "https://issuer.invalid/pool"
CLIENT = "client"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def office() -> Iterator[Office]:
    with mock_aws():
        yield Office()


def authorizer(office: Office) -> Authorizer:
    return Authorizer(
        Settings("directory", "", ISSUER, CLIENT),
        office.directory,
        lambda token: KEY.public_key(),
        office.clock,
    )


def bearer(office: Office, key: Any = KEY, **claims: Any) -> str:
    began = office.clock() // 1000
    told = {
        "sub": ANA.id,
        "iss": ISSUER,
        "client_id": CLIENT,
        "token_use": "access",
        "auth_time": began,
        "exp": 4_000_000_000,
        "email": ANA.name,
        **claims,
    }
    return "Bearer " + jwt.encode(told, key, algorithm="RS256")


def test_a_person_works_in_their_active_workspace_with_the_role_of_the_table(
    office: Office,
) -> None:
    claims = {"workspace_id": "somebody_elses", "role": "owner", "permissions": ["all"]}
    office.join(BUDI, "viewer")
    context = authorizer(office).context(bearer(office, sub=BUDI.id, email=BUDI.name, **claims))
    assert context["workspace_id"] == office.tenant.id
    assert context["role"] == "viewer"
    assert "conversations:read" in context["permissions"].split()
    assert "members:manage" not in context["permissions"].split()
    assert (context["user_id"], context["email"]) == (BUDI.id, BUDI.name)


def test_a_person_without_a_workspace_is_let_in_without_one(office: Office) -> None:
    context = authorizer(office).context(bearer(office, sub="somebody", workspace_id="ws_tests"))
    assert (context["workspace_id"], context["role"], context["permissions"]) == ("", "", "")


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1},
        {"iss": "https://issuer.invalid/another"},
        {"client_id": "another"},
        {"token_use": "id"},
    ],
)
def test_other_tokens_are_refused(office: Office, claims: dict[str, Any]) -> None:
    with pytest.raises(NotAllowedError):
        authorizer(office).context(bearer(office, **claims))


def test_another_keys_signature_is_refused(office: Office) -> None:
    with pytest.raises(NotAllowedError):
        authorizer(office).context(bearer(office, key=OTHER_KEY))


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer kabar_", "x y z"])
def test_what_is_no_credential_is_refused(office: Office, header: str) -> None:
    with pytest.raises(NotAllowedError):
        authorizer(office).context(header)


def test_a_session_that_began_before_its_end_is_refused_even_with_a_newer_token(
    office: Office,
) -> None:
    before = bearer(office)
    began = office.clock() // 1000
    office.clock.advance(60)
    office.directory.end_sessions(ANA.id, office.clock())
    for token in (before, bearer(office, auth_time=began)):
        with pytest.raises(NotAllowedError):
            authorizer(office).context(token)
    assert authorizer(office).context(bearer(office))["workspace_id"] == office.tenant.id


def test_who_was_removed_has_no_workspace_and_no_session(office: Office) -> None:
    office.join(BUDI, "admin")
    token = bearer(office, sub=BUDI.id)
    office.clock.advance(1)
    office.members.remove(BUDI.id, by=ANA, by_owner=True, at=office.clock())
    with pytest.raises(NotAllowedError):
        authorizer(office).context(token)
    later = authorizer(office).context(bearer(office, sub=BUDI.id))
    assert later["workspace_id"] == ""


def test_a_switch_counts_at_once_for_the_same_token(office: Office) -> None:
    token = bearer(office)
    Office("ws_other", office.dynamodb)
    assert authorizer(office).context(token)["workspace_id"] == "ws_other"
    office.directory.activate(ANA.id, office.tenant.id)
    assert authorizer(office).context(token)["workspace_id"] == office.tenant.id


def test_a_key_works_until_it_expires_or_is_revoked(office: Office) -> None:
    store = ApiKeys(office.tenant, TABLES, office.dynamodb)
    now = office.clock()
    made, key = store.create("CRM", ["conversations:read"], now // 1000 + 60, by=ANA, at=now)
    context = authorizer(office).context(f"Bearer {key}")
    assert context == {
        "workspace_id": office.tenant.id,
        "role": "program",
        "permissions": "conversations:read",
        "user_id": "",
        "email": "",
        "key_id": made.id,
    }
    office.clock.advance(60)
    with pytest.raises(NotAllowedError):
        authorizer(office).context(f"Bearer {key}")
    made, key = store.create("CRM", ["conversations:read"], now // 1000 + 600, by=ANA, at=now)
    store.revoke(made.id, by=ANA, at=now)
    with pytest.raises(NotAllowedError):
        authorizer(office).context(f"Bearer {key}")


def test_a_workspace_is_gone_when_its_grace_is_over(office: Office) -> None:
    _, key = ApiKeys(office.tenant, TABLES, office.dynamodb).create(
        "CRM", ["audit:read"], 4_000_000_000, by=ANA, at=1
    )
    office.lifecycle.schedule_deletion(by=ANA, at=office.clock())
    assert authorizer(office).context(bearer(office))["workspace_id"] == office.tenant.id
    office.clock.advance(GRACE_SECONDS)
    assert authorizer(office).context(bearer(office))["workspace_id"] == ""
    with pytest.raises(NotAllowedError):
        authorizer(office).context(f"Bearer {key}")
