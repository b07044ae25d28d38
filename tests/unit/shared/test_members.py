"""People of a workspace: roles, removal, leaving, and the last owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from shared.store.members import (
    AlreadyMemberError,
    LastOwnerError,
    MemberNotFoundError,
    Members,
    OnlyOwnersError,
)
from tests.office import ANA, BUDI, CITRA, TABLES, Office, person


@pytest.fixture
def office() -> Iterator[Office]:
    with mock_aws():
        yield Office()


def test_a_role_changes_in_both_tables_and_the_log(office: Office) -> None:
    office.join(BUDI, "agent")
    office.clock.advance(1)
    changed = office.members.set_role(BUDI.id, "editor", by=ANA, by_owner=True, at=office.clock())
    assert changed.role == "editor"
    assert office.roles() == {ANA.id: "owner", BUDI.id: "editor"}
    active = office.directory.person(BUDI.id).active
    assert active is not None
    assert active.role == "editor"
    change = office.audit.newest(1, None)[0][0][1]
    assert (change.actor, change.action, change.target) == (ANA, "member.role_changed", BUDI.id)
    assert change.detail == {"email": BUDI.name, "before": "agent", "after": "editor"}


def test_the_same_role_again_changes_and_tells_nothing(office: Office) -> None:
    before = office.actions()
    office.members.set_role(ANA.id, "owner", by=ANA, by_owner=True, at=office.clock())
    assert office.actions() == before
    assert office.counted_owners() == 1


def test_the_last_owner_stays(office: Office) -> None:
    office.join(BUDI, "admin")
    at = office.clock()
    with pytest.raises(LastOwnerError):
        office.members.leave(ANA.id, by=ANA, at=at)
    with pytest.raises(LastOwnerError):
        office.members.remove(ANA.id, by=ANA, by_owner=True, at=at)
    with pytest.raises(LastOwnerError):
        office.members.set_role(ANA.id, "admin", by=ANA, by_owner=True, at=at)
    assert office.roles() == {ANA.id: "owner", BUDI.id: "admin"}
    assert "member.left" not in office.actions()


def test_an_owner_may_leave_another(office: Office) -> None:
    office.join(BUDI, "owner")
    office.members.leave(ANA.id, by=ANA, at=office.clock())
    assert office.roles() == {BUDI.id: "owner"}
    assert office.directory.person(ANA.id).memberships == ()
    assert office.directory.person(ANA.id).active is None
    assert office.counted_owners() == 1


def test_only_owners_make_and_unmake_owners(office: Office) -> None:
    office.join(BUDI, "admin")
    at = office.clock()
    with pytest.raises(OnlyOwnersError):
        office.members.set_role(BUDI.id, "owner", by=BUDI, by_owner=False, at=at)
    with pytest.raises(OnlyOwnersError):
        office.members.set_role(ANA.id, "viewer", by=BUDI, by_owner=False, at=at)
    with pytest.raises(OnlyOwnersError):
        office.members.remove(ANA.id, by=BUDI, by_owner=False, at=at)


def test_removal_ends_sessions_and_leaving_does_not(office: Office) -> None:
    office.join(BUDI, "agent")
    office.join(CITRA, "agent")
    at = office.clock()
    office.members.remove(BUDI.id, by=ANA, by_owner=True, at=at)
    office.members.leave(CITRA.id, by=CITRA, at=at)
    assert office.directory.person(BUDI.id).valid_from == at // 1000
    assert office.directory.person(CITRA.id).valid_from == 0


def test_who_is_not_there_cannot_be_changed(office: Office) -> None:
    with pytest.raises(MemberNotFoundError):
        office.members.set_role("nobody", "agent", by=ANA, by_owner=True, at=1)
    with pytest.raises(MemberNotFoundError):
        office.members.remove("nobody", by=ANA, by_owner=True, at=1)


class Rival:
    """A client between whose reading and writing somebody else acts, once."""

    def __init__(self, dynamodb: Any, act: Any) -> None:
        self._dynamodb = dynamodb
        self._act = act

    def transact_write_items(self, **request: Any) -> Any:
        act, self._act = self._act, lambda: None
        act()
        return self._dynamodb.transact_write_items(**request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dynamodb, name)


def test_two_owners_leaving_at_once_leave_one(office: Office) -> None:
    office.join(BUDI, "owner")
    rival = Rival(
        office.dynamodb, lambda: office.members.leave(BUDI.id, by=BUDI, at=office.clock())
    )
    with pytest.raises(LastOwnerError):
        Members(office.tenant, TABLES, rival).leave(ANA.id, by=ANA, at=office.clock())
    assert office.roles() == {ANA.id: "owner"}
    assert office.counted_owners() == 1


def test_who_became_owner_meanwhile_is_not_removed_by_an_admin(office: Office) -> None:
    office.join(BUDI, "admin")
    office.join(CITRA, "agent")
    rival = Rival(
        office.dynamodb,
        lambda: office.members.set_role(
            CITRA.id, "owner", by=ANA, by_owner=True, at=office.clock()
        ),
    )
    with pytest.raises(OnlyOwnersError):
        Members(office.tenant, TABLES, rival).remove(
            CITRA.id, by=BUDI, by_owner=False, at=office.clock()
        )
    assert office.roles()[CITRA.id] == "owner"


PEOPLE = [ANA, BUDI, CITRA, person("dewi")]
ROLES = ["owner", "admin", "agent"]
REFUSALS = (AlreadyMemberError, LastOwnerError, MemberNotFoundError, OnlyOwnersError)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["join", "set_role", "remove", "leave"]),
        st.sampled_from(PEOPLE),
        st.sampled_from(ROLES),
        st.booleans(),
    ),
    max_size=12,
)


@given(acts=ACTS, rivals=ACTS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_people_do_an_owner_is_left_and_the_tables_agree(
    acts: list[Any], rivals: list[Any]
) -> None:
    with mock_aws():
        office = Office()

        def act(members: Members, what: str, who: Any, role: str, by_owner: bool) -> None:
            at = office.clock()
            with suppress(*REFUSALS):
                if what == "join":
                    office.join(who, role)
                elif what == "set_role":
                    members.set_role(who.id, role, by=ANA, by_owner=by_owner, at=at)
                elif what == "remove":
                    members.remove(who.id, by=ANA, by_owner=by_owner, at=at)
                else:
                    members.leave(who.id, by=who, at=at)

        for position, one in enumerate(acts):
            meanwhile = rivals[position : position + 1]

            def rival(meanwhile: list[Any] = meanwhile) -> None:
                for other in meanwhile:
                    act(office.members, *other)

            act(Members(office.tenant, TABLES, Rival(office.dynamodb, rival)), *one)
            roles = office.roles()
            owners = [user for user, role in roles.items() if role == "owner"]
            assert owners
            assert office.counted_owners() == len(owners)
            assert office.people() == (len(roles), len(roles))
            for someone in PEOPLE:
                memberships = office.directory.person(someone.id).memberships
                assert [one.role for one in memberships] == (
                    [roles[someone.id]] if someone.id in roles else []
                )
