"""A person is found among all recipients of campaigns by reading the few blocks they may be in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from moto import mock_aws

from account.stores import campaigns
from account.stores.place import Person, Place
from shared.lanes import Identity
from shared.store import campaign_keys, keys
from shared.store.audit import Actor, Change, entry
from shared.store.campaigns import DRAFT, FINISHED, Campaign, Campaigns
from shared.store.recipient_items import Recipient
from shared.store.recipients import Recipients
from shared.store.tallies import Tallies
from tests.house import TENANT
from tests.unit.account.privacy_world import NAMES, PrivateHouse

BLOCKS = 12
ANA = Person(TENANT, "contactana", (Identity("wa_id", "62811222333"),), (("90", "lane_ana"),))
THEIRS = [  # by each of what she is known by, in a block of its own
    Recipient(0, 2, "lane_ana", name="Ana"),
    Recipient(1, 2, "other", phone="62811222333", name="Ana"),
    Recipient(2, 2, "another", contact_id="contactana", name="Ana"),
]


class Sale:
    """A campaign of BLOCKS blocks, in the first of which Ana is."""

    def __init__(self, house: PrivateHouse) -> None:
        self.house = house
        house.s3_client.put_object(Bucket="files", Key="x", Body=b"")
        stores = TENANT, "sale", "campaigns", house.dynamodb
        self.recipients, self.tallies = Recipients(*stores), Tallies(*stores)
        store = Campaigns(TENANT, "campaigns", house.dynamodb)
        beside = entry(TENANT, "workspaces", Change(Actor("a", "a"), "campaign.created", "c", 0))
        store.create(Campaign("sale", "Sale", DRAFT, {"channel_id": "90"}), beside)
        store.move("sale", (DRAFT,), FINISHED)
        for block in range(BLOCKS):
            people = [self._somebody(block, number) for number in range(4)]
            if block < len(THEIRS):
                people[2] = THEIRS[block]
            self.recipients.add(block, people)
            self.tallies.begin(block, people)

    def _somebody(self, block: int, number: int) -> Recipient:
        who = f"{block}x{number}"
        return Recipient(block, number, f"lane{who}", phone=f"6285{who}", contact_id=f"c{who}")

    def asked(self, work: Any) -> set[int]:
        """The blocks whose recipients are read meanwhile."""
        query, found = self.house.dynamodb.query, set()

        def watched(**request: Any) -> Any:
            pk = request["ExpressionAttributeValues"][":pk"]["S"]
            if place := campaign_keys.recipient_place(pk):
                found.add(place.block)
            return query(**request)

        with mock.patch.object(self.house.dynamodb, "query", watched):
            work()
        return found

    def forget(self) -> set[int]:
        place = Place(NAMES, self.house.dynamodb, self.house.s3_client, self.house.clock)
        return self.asked(lambda: campaigns.forget(place, ANA, again=False))

    def named(self) -> list[str]:
        rows = [one for block in range(BLOCKS) for one in self.recipients.block(block)]
        return [one.lane for one in rows if one.name]


@pytest.fixture
def sale() -> Iterator[Sale]:
    with mock_aws():
        yield Sale(PrivateHouse())


def test_their_blocks_are_read_and_hardly_another(sale: Sale) -> None:
    read = sale.forget()
    assert {0, 1, 2} <= read
    assert len(read) <= 5
    assert sale.named() == []


def test_what_a_draft_froze_before_it_gave_up_is_forgotten(sale: Sale) -> None:
    store = Campaigns(TENANT, "campaigns", sale.house.dynamodb)
    store.move("sale", (FINISHED,), DRAFT, reason="The template was paused.")
    sale.forget()
    assert sale.named() == []


def test_they_are_told_what_was_sent_to_them_by_the_same_way(sale: Sale) -> None:
    place = Place(NAMES, sale.house.dynamodb, sale.house.s3_client, sale.house.clock)
    told: list[Any] = []
    read = sale.asked(lambda: told.extend(campaigns.tell(place, ANA)))
    assert len(told) == 3
    assert len(read) <= 5


def test_who_was_counted_anew_is_still_found(sale: Sale) -> None:
    sale.tallies.recount(range(BLOCKS))
    sale.forget()
    assert sale.named() == []


def test_blocks_from_before_are_read_until_they_are_counted_anew(sale: Sale) -> None:
    for block in range(BLOCKS):
        key = keys.key(campaign_keys.tallies(TENANT, "sale", block % 8), f"{block:07d}")
        sale.house.dynamodb.update_item(
            TableName="campaigns", Key=key, UpdateExpression="REMOVE people"
        )
    assert sale.tallies.blocks_of({"lane_ana"}) == list(range(BLOCKS))
    sale.tallies.recount(range(4, BLOCKS))
    assert len(sale.tallies.blocks_of({"lane_ana"})) <= 6
    sale.forget()
    assert sale.named() == []
