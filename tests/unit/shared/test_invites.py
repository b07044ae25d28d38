"""Invitations: once, in time, for their own address, and never a token in a table."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from moto import mock_aws

from shared.store.invites import (
    VALID_SECONDS,
    InviteForAnotherError,
    InviteNotFoundError,
    Invites,
)
from shared.store.members import AlreadyMemberError
from shared.tenancy import Tenant
from tests.office import ANA, BUDI, CITRA, TABLES, Office


@pytest.fixture
def office() -> Iterator[Office]:
    with mock_aws():
        yield Office()


def test_an_invitation_makes_a_member_once(office: Office) -> None:
    invite, token = office.invites.create(BUDI.name, "agent", by=ANA, at=office.clock())
    place = office.directory.invite(invite.token_hash)
    assert place is not None
    assert (place.tenant_id, place.invite_id) == (office.tenant.id, invite.id)
    office.invites.accept(invite.id, invite.token_hash, by=BUDI, at=office.clock())
    assert office.roles()[BUDI.id] == "agent"
    assert office.directory.invite(invite.token_hash) is None
    with pytest.raises(InviteNotFoundError):
        office.invites.accept(invite.id, invite.token_hash, by=BUDI, at=office.clock())
    stored = json.dumps(
        [
            office.dynamodb.scan(TableName=table)["Items"]
            for table in (TABLES.workspaces, TABLES.directory)
        ]
    )
    assert token not in stored


def test_an_invitation_expires(office: Office) -> None:
    invite, _ = office.invites.create(BUDI.name, "agent", by=ANA, at=office.clock())
    office.clock.advance(VALID_SECONDS)
    assert office.invites.page(10, None, at=office.clock())[0] == []
    with pytest.raises(InviteNotFoundError):
        office.invites.accept(invite.id, invite.token_hash, by=BUDI, at=office.clock())


def test_an_invitation_is_for_its_own_address_and_its_own_token(office: Office) -> None:
    invite, _ = office.invites.create(BUDI.name, "agent", by=ANA, at=office.clock())
    with pytest.raises(InviteForAnotherError):
        office.invites.accept(invite.id, invite.token_hash, by=CITRA, at=office.clock())
    with pytest.raises(InviteNotFoundError):
        office.invites.accept(invite.id, "another", by=BUDI, at=office.clock())
    assert office.roles() == {ANA.id: "owner"}


def test_who_is_a_member_already_uses_no_invitation_up(office: Office) -> None:
    office.join(BUDI, "viewer")
    invite, _ = office.invites.create(BUDI.name, "admin", by=ANA, at=office.clock())
    with pytest.raises(AlreadyMemberError):
        office.invites.accept(invite.id, invite.token_hash, by=BUDI, at=office.clock())
    assert office.roles()[BUDI.id] == "viewer"
    assert office.invites.get(invite.id) is not None


def test_an_invited_owner_is_counted(office: Office) -> None:
    office.join(BUDI, "owner")
    assert office.counted_owners() == 2
    office.members.leave(ANA.id, by=ANA, at=office.clock())
    assert office.counted_owners() == 1


def test_another_workspace_can_neither_see_nor_revoke_it(office: Office) -> None:
    invite, _ = office.invites.create(BUDI.name, "agent", by=ANA, at=office.clock())
    others = Invites(Tenant("ws_other"), TABLES, office.dynamodb)
    assert others.get(invite.id) is None
    with pytest.raises(InviteNotFoundError):
        others.revoke(invite.id, by=CITRA, at=office.clock())
    with pytest.raises(InviteNotFoundError):
        others.accept(invite.id, invite.token_hash, by=BUDI, at=office.clock())


def test_a_revoked_invitation_is_gone_from_both_tables(office: Office) -> None:
    invite, _ = office.invites.create(BUDI.name, "agent", by=ANA, at=office.clock())
    office.invites.revoke(invite.id, by=ANA, at=office.clock())
    assert office.directory.invite(invite.token_hash) is None
    assert office.invites.get(invite.id) is None
