"""Workspaces: made once, renamed by one at a time, deleted with a way back; keys; the audit log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from shared.ids import digest
from shared.store.api_keys import ApiKeyNotFoundError, ApiKeys
from shared.store.audit import AuditLog
from shared.store.cursors import InvalidCursorError, encode
from shared.store.directory import NotAMemberError
from shared.store.lifecycle import (
    GRACE_SECONDS,
    DeletionStateError,
    Lifecycle,
    RevisionError,
    WorkspaceExistsError,
    WorkspaceNotFoundError,
)
from shared.tenancy import Tenant
from tests.office import ANA, BUDI, TABLES, Office


@pytest.fixture
def office() -> Iterator[Office]:
    with mock_aws():
        yield Office()


def test_an_id_is_taken_once(office: Office) -> None:
    with pytest.raises(WorkspaceExistsError):
        office.lifecycle.create("Another", by=BUDI, at=office.clock())
    assert office.lifecycle.get().name == "Toko"
    assert office.directory.person(BUDI.id).memberships == ()


def test_a_rename_needs_the_newest_revision(office: Office) -> None:
    renamed = office.lifecycle.change({"name": "Baru"}, 1, by=ANA, at=office.clock())
    assert (renamed.name, renamed.revision) == ("Baru", 2)
    with pytest.raises(RevisionError):
        office.lifecycle.change({"name": "Lama"}, 1, by=ANA, at=office.clock())
    assert office.lifecycle.get() == renamed
    record = office.directory.tenant_record(office.tenant.id)
    assert record is not None
    assert record.name == "Baru"


def test_a_deletion_has_a_grace(office: Office) -> None:
    office.lifecycle.schedule_deletion(by=ANA, at=office.clock())
    with pytest.raises(DeletionStateError):
        office.lifecycle.schedule_deletion(by=ANA, at=office.clock())
    office.clock.advance(GRACE_SECONDS - 1)
    office.lifecycle.restore(by=ANA, at=office.clock())
    assert office.lifecycle.get().delete_after is None
    with pytest.raises(DeletionStateError):
        office.lifecycle.restore(by=ANA, at=office.clock())


def test_when_the_grace_is_over_nothing_brings_it_back(office: Office) -> None:
    office.lifecycle.schedule_deletion(by=ANA, at=office.clock())
    office.clock.advance(GRACE_SECONDS)
    with pytest.raises(DeletionStateError):
        office.lifecycle.restore(by=ANA, at=office.clock())
    record = office.directory.tenant_record(office.tenant.id)
    assert record is not None
    assert record.gone(office.clock())


def test_where_a_workspace_is_can_be_told_and_is_remembered(office: Office) -> None:
    place = {"time_zone": "Asia/Jakarta", "language": "id", "country_code": "62"}
    changed = office.lifecycle.change(place, 1, by=ANA, at=office.clock())
    assert (changed.name, changed.revision) == (office.lifecycle.get().name, 2)
    assert {name: getattr(office.lifecycle.get(), name) for name in place} == place
    again = office.lifecycle.change({"name": "Baru", **place}, 2, by=ANA, at=office.clock())
    assert (again.name, again.time_zone, again.revision) == ("Baru", "Asia/Jakarta", 3)
    told = [action for action in office.actions() if action != "workspace.created"]
    assert sorted(told) == [
        "workspace.country_code_changed",
        "workspace.language_changed",
        "workspace.renamed",
        "workspace.time_zone_changed",
    ]


def test_what_is_not_there_cannot_be_renamed(office: Office) -> None:
    nowhere = Lifecycle(Tenant("ws_nowhere"), TABLES, office.dynamodb)
    with pytest.raises(WorkspaceNotFoundError):
        nowhere.change({"name": "X"}, 1, by=ANA, at=1)


def test_only_ones_own_workspace_can_be_made_active(office: Office) -> None:
    Office("ws_other", office.dynamodb)
    with pytest.raises(NotAMemberError):
        office.directory.activate(BUDI.id, office.tenant.id)
    office.directory.activate(ANA.id, office.tenant.id)
    active = office.directory.person(ANA.id).active
    assert active is not None
    assert active.tenant_id == office.tenant.id


def test_a_key_is_known_by_its_hash_until_it_is_revoked(office: Office) -> None:
    store = ApiKeys(office.tenant, TABLES, office.dynamodb)
    made, key = store.create("CRM", ["b:read", "a:read", "a:read"], 99, by=ANA, at=1)
    assert key.startswith(made.prefix)
    assert made.scopes == ("a:read", "b:read")
    known = office.directory.api_key(digest(key))
    assert known is not None
    assert known.tenant_id == office.tenant.id
    assert known.scopes == {"a:read", "b:read"}
    assert store.page(10, None) == ([made], None)
    with pytest.raises(ApiKeyNotFoundError):
        ApiKeys(Tenant("ws_other"), TABLES, office.dynamodb).revoke(made.id, by=BUDI, at=1)
    store.revoke(made.id, by=ANA, at=1)
    assert office.directory.api_key(digest(key)) is None
    with pytest.raises(ApiKeyNotFoundError):
        store.revoke(made.id, by=ANA, at=1)


def test_the_log_comes_newest_first_in_pages_of_one_workspace(office: Office) -> None:
    Office("ws_other", office.dynamodb)
    for at in (office.clock() + 1, office.clock() + 2):
        office.invites.create(BUDI.name, "agent", by=ANA, at=at)
    first, cursor = office.audit.newest(2, None)
    rest, end = office.audit.newest(2, cursor)
    assert [change.action for _, change in first + rest] == [
        "invite.created",
        "invite.created",
        "workspace.created",
    ]
    assert end is None
    others, _ = AuditLog(Tenant("ws_other"), TABLES.workspaces, office.dynamodb).newest(9, None)
    assert [change.action for _, change in others] == ["workspace.created"]


@pytest.mark.parametrize("place", ["\ud800", "x" * 2000, "\n"])
def test_a_cursor_from_elsewhere_is_refused(office: Office, place: str) -> None:
    with pytest.raises(InvalidCursorError):
        office.audit.newest(1, encode(place))
