"""Flows at rest: drafts under their revision, versions that never change, what is live."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from shared.store import flow_records
from shared.store.audit import Actor, AuditLog
from shared.store.flow_records import (
    DraftChangedError,
    FlowExistsError,
    FlowNotFoundError,
    FlowsBusyError,
    LiveFlows,
    TooManyFlowsError,
)
from shared.store.flows import FlowStore
from shared.tenancy import Tenant
from tests.builders import create_table
from tests.published import publish

ANA, BUDI = Actor("a", "ana@kabar.test"), Actor("b", "budi@kabar.test")
_serial = itertools.count(1)


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_table(client, "workspaces")
        yield client


@pytest.fixture
def tenant() -> Tenant:
    return Tenant(f"flows_{next(_serial)}")


@pytest.fixture
def store(dynamodb: Any, tenant: Tenant) -> FlowStore:
    return FlowStore(tenant, "workspaces", dynamodb)


def test_a_draft_is_kept_as_it_is_whatever_it_holds(store: FlowStore) -> None:
    draft = {"canvas": {"notes": ["\ud800"]}, "nodes": [], "start": "", "triggers": "none"}
    made = store.create("menu", "Menu", draft, by=ANA, at=5)
    assert store.draft("menu") == (draft, 1)
    assert store.get("menu") == made
    assert (made.draft_changed, made.live_version, made.triggers) == (True, None, ())
    with pytest.raises(FlowExistsError):
        store.create("menu", "Menu", {}, by=ANA, at=6)


def test_two_people_do_not_overwrite_each_other(store: FlowStore) -> None:
    store.create("menu", "Menu", {"n": 1}, by=ANA, at=5)
    saved = store.save_draft("menu", {"n": 2}, 1, by=ANA, at=6)
    assert saved == store.get("menu")
    with pytest.raises(DraftChangedError):
        store.save_draft("menu", {"n": "budi's"}, 1, by=BUDI, at=7)
    with pytest.raises(DraftChangedError):
        store.publish("menu", 1, "", by=BUDI, at=7)
    assert store.draft("menu") == ({"n": 2}, 2)


def test_versions_never_change(store: FlowStore) -> None:
    assert [publish(store, "menu", {"n": n}) for n in (1, 2, 3)] == [1, 2, 3]
    assert [store.version("menu", n)[1] for n in (1, 2, 3)] == [{"n": 1}, {"n": 2}, {"n": 3}]
    with pytest.raises(FlowNotFoundError):
        store.version("menu", 4)
    assert not store.get("menu").draft_changed
    assert store.get("menu").live_version == 3


def test_two_publishers_at_once_get_one_version(
    store: FlowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, "menu", {"n": 1})
    before = store.live()
    store.save_draft("menu", {"n": 2}, store.get("menu").revision, by=ANA, at=1)
    revision = store.get("menu").revision
    with monkeypatch.context() as patched:
        patched.setattr(FlowStore, "_newest_version", lambda self, flow_id: 0)
        with pytest.raises(FlowsBusyError):
            store.publish("menu", revision, "", by=BUDI, at=2)
    assert store.version("menu", 1)[1] == {"n": 1}
    store.publish("menu", revision, "", by=ANA, at=2)
    publish(store, "other", {})
    with monkeypatch.context() as patched:
        patched.setattr(FlowStore, "live", lambda self: before)
        with pytest.raises(FlowsBusyError):
            publish(store, "menu", {"n": 3})
    assert store.live().flows.keys() == {"menu", "other"}


def test_history_comes_newest_first_and_in_pages(store: FlowStore) -> None:
    for n in range(5):
        publish(store, "menu", {"n": n, "triggers": [{"type": "any_message"}]}, at=n)
    first, cursor = store.versions("menu", 3, None)
    second, end = store.versions("menu", 3, cursor)
    assert [version.number for version in (*first, *second)] == [5, 4, 3, 2, 1]
    assert end is None
    assert first[0].triggers == ({"type": "any_message"},)


def test_what_is_live_says_what_starts_it(store: FlowStore) -> None:
    assert store.live() == LiveFlows()
    trigger = {"type": "keyword", "words": ["menu"]}
    publish(store, "menu", {"triggers": [trigger, "no trigger"]}, at=9)
    live = store.live().flows["menu"]
    assert (live.version, live.since, list(live.triggers)) == (1, 9, [trigger])


def test_an_archived_flow_starts_no_more_until_it_is_brought_back(store: FlowStore) -> None:
    publish(store, "menu", {"n": 1})
    publish(store, "other", {})
    store.archive("menu", by=ANA, at=1)
    assert store.live().flows.keys() == {"other"}
    assert store.get("menu").archived
    assert store.version("menu", 1)[1] == {"n": 1}
    store.bring_back("menu", by=ANA, at=2)
    assert store.live().flows["menu"].version == 1
    assert not store.get("menu").archived


def test_a_workspace_has_no_more_live_flows_than_one_item_holds(
    store: FlowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow_records, "MOST_FLOWS", 1)
    publish(store, "menu", {})
    publish(store, "menu", {"again": True})
    with pytest.raises(TooManyFlowsError):
        publish(store, "other", {})


def test_changes_are_told_and_autosave_is_not(
    store: FlowStore, tenant: Tenant, dynamodb: Any
) -> None:
    store.create("menu", "Menu", {}, by=ANA, at=1)
    store.save_draft("menu", {"n": 1}, 1, by=ANA, at=2)
    store.rename("menu", "Main menu", by=ANA, at=3)
    store.publish("menu", 2, "Opening", by=BUDI, at=4)
    store.archive("menu", by=ANA, at=5)
    store.bring_back("menu", by=ANA, at=6)
    told, _ = AuditLog(tenant, "workspaces", dynamodb).newest(10, None)
    assert [change.action for _, change in reversed(told)] == [
        "flow.created",
        "flow.renamed",
        "flow.published",
        "flow.archived",
        "flow.brought_back",
    ]
    assert store.get("menu").name == "Main menu"


def test_flows_are_their_tenants_alone(store: FlowStore, dynamodb: Any) -> None:
    publish(store, "menu", {})
    other = FlowStore(Tenant(f"flows_{next(_serial)}"), "workspaces", dynamodb)
    assert other.live() == LiveFlows()
    assert other.page(10, None) == ([], None)
    for ask in (other.get, other.draft):
        with pytest.raises(FlowNotFoundError):
            ask("menu")
