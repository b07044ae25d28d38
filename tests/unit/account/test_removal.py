"""A workspace whose time is over goes from every store, in as many runs as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from account.remover import BUCKETS, TABLES, Remover
from account.stores.place import StoreNames
from shared.store.deletions import Deletions
from shared.store.lifecycle import GRACE_SECONDS
from tests.builders import create_table
from tests.fakes import FakeClock
from tests.office import ANA, BUDI, Office
from tests.raw_stores import traces
from tests.unit.account.privacy_world import BUCKETS as ALL_BUCKETS
from tests.unit.account.privacy_world import NAMES
from tests.unit.account.privacy_world import TABLES as ALL_TABLES
from tests.unit.flow.faults import Calls, Fault, Killed, Watched


class Town:
    """Two workspaces, with something of each in every store."""

    def __init__(self) -> None:
        self.ours = Office("ws_ours")
        self.dynamodb = self.ours.dynamodb
        for table in set(ALL_TABLES) - {"directory", "workspaces", "usage"}:
            create_table(self.dynamodb, table, inbox=table == "conversations")
        self.theirs = Office("ws_theirs", self.dynamodb)
        self.s3 = boto3.client("s3", region_name="ap-southeast-1")
        for bucket in ALL_BUCKETS:
            self.s3.create_bucket(
                Bucket=bucket,
                CreateBucketConfiguration={"LocationConstraint": "ap-southeast-1"},
            )
        self.clock = FakeClock()
        for office in (self.ours, self.theirs):
            self._fill(office)

    def _fill(self, office: Office) -> None:
        office.join(BUDI, "agent")
        tenant = office.tenant.id
        for table in ("conversations", "contacts", "inspection", "requests", "usage"):
            for n in range(40):
                item = {"pk": {"S": f"{tenant}#X#{n}"}, "sk": {"S": "X"}}
                self.dynamodb.put_item(TableName=table, Item=item)
        number = {"pk": {"S": f"NUMBER#{tenant}"}, "sk": {"S": "NUMBER"}}
        self.dynamodb.put_item(TableName="directory", Item={**number, "tenant_id": {"S": tenant}})
        self.s3.put_object(Bucket="files", Key=f"{tenant}/exports/1.zip", Body=b"x")

    def remover(self, dynamodb: Any = None, s3: Any = None) -> Remover:
        return Remover(NAMES, dynamodb or self.dynamodb, s3 or self.s3, self.clock)

    def traces(self, word: str) -> set[str]:
        return traces(self.dynamodb, self.s3, ALL_TABLES, ALL_BUCKETS, [word]).get(word, set())


@pytest.fixture
def town() -> Iterator[Town]:
    with mock_aws():
        yield Town()


def after_grace(town: Town) -> None:
    town.ours.lifecycle.schedule_deletion(by=ANA, at=town.clock())
    town.clock.advance(GRACE_SECONDS + 1)


def test_nothing_is_removed_before_its_time_or_after_it_was_restored(town: Town) -> None:
    town.ours.lifecycle.schedule_deletion(by=ANA, at=town.clock())
    before = town.traces("ws_ours")
    town.clock.advance(GRACE_SECONDS - 1)
    town.remover().run()
    assert town.traces("ws_ours") == before
    town.ours.lifecycle.restore(by=ANA, at=town.clock())
    town.clock.advance(10 * GRACE_SECONDS)
    town.remover().run()
    assert town.traces("ws_ours") == before


def test_everything_of_it_goes_and_nothing_of_others(town: Town) -> None:
    after_grace(town)
    theirs = town.traces("ws_theirs")
    assert town.traces("ws_ours") >= {"directory", "workspaces", "usage", "files", "contacts"}
    town.remover().run()
    assert town.traces("ws_ours") == {"directory"}, "until a round has found nothing"
    town.remover().run()
    assert town.traces("ws_ours") == set()
    assert town.traces("ws_theirs") == theirs
    person = town.ours.directory.person(BUDI.id)
    assert [one.tenant_id for one in person.memberships] == ["ws_theirs"]
    town.remover().run()


def test_what_comes_in_meanwhile_goes_in_the_next_round(town: Town) -> None:
    after_grace(town)
    town.remover().run()
    late = {"pk": {"S": "ws_ours#USAGE"}, "sk": {"S": "2026-11"}}
    town.dynamodb.put_item(TableName="usage", Item=late)
    town.remover().run()
    assert town.traces("ws_ours") == {"directory"}
    town.remover().run()
    assert town.traces("ws_ours") == set()


def test_it_goes_on_where_its_time_was_up(town: Town) -> None:
    after_grace(town)
    runs = 0
    while Deletions("directory", town.dynamodb).due(town.clock()):
        pages = iter([True, True, False])
        town.remover().run(lambda pages=pages: next(pages))  # type: ignore[misc]
        runs += 1
        assert runs < 30
    assert runs > 2 * len(TABLES) // 2 - 1
    assert town.traces("ws_ours") == set()


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER])
def test_death_anywhere_is_made_good_by_the_next_run(fault: Fault) -> None:
    with mock_aws():
        town = Town()
        after_grace(town)
        calls = Calls()
        watched = Watched(town.dynamodb, calls), Watched(town.s3, calls)
        for place in range(200):
            calls.fail_next(place, fault)
            try:
                town.remover(*watched).run()
            except Killed:
                continue
            if not Deletions("directory", town.dynamodb).due(town.clock()):
                break
        assert town.traces("ws_ours") == set()
        assert town.traces("ws_theirs")


def test_it_looks_into_every_table_and_bucket_with_tenants() -> None:
    names = set(StoreNames.__dataclass_fields__)
    # Bodies on their way are named by what they hold, and expire.
    assert {*TABLES, *BUCKETS, "overflow_bucket"} == names
