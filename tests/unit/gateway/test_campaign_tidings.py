"""From WhatsApp's statuses of a campaign's messages to the segments that ask for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.campaigns.callbacks import callback_data
from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.queues import Entry
from shared.segments.filters import parse
from shared.segments.matching import matches
from shared.store.directory import Number
from shared.store.recipient_items import Recipient
from shared.store.recipients import Recipients
from shared.store.tallies import Tallies
from tests.builders import sqs_record, status
from tests.fakes import FakeClock, FakeSqs
from tests.unit.contacts.people_world import People
from tests.unit.gateway.gateway_parts import connect_number, receipts_with

SALE, PHONE = "sale", "62811000001"
ONE = Recipient(0, 0, "lane", phone=PHONE)


@dataclass
class World:
    """A person to whom a campaign was sent, whose conversation has told so."""

    dynamodb: Any
    number: Number
    people: People
    sqs: FakeSqs
    told: int = 0

    @property
    def recipients(self) -> Recipients:
        return Recipients(self.people.tenant, SALE, "campaigns", self.dynamodb)

    def sends(self) -> None:
        (before,) = self.recipients.block(0)
        taken = self.recipients.claim(before, self.people.clock())
        assert taken is not None
        self.recipients.sent(taken.ref(SALE), f"wamid.{taken.attempts}", self.people.clock())

    def hears(self, *names: str, **extra: Any) -> list[JsonObject]:
        """Statuses, one batch each; answers what the contacts were told of them."""
        callback = callback_data(ONE.ref(SALE))
        for name in names:
            found = [[self.number.phone_number_id, status(name, callback=callback, **extra)]]
            record = sqs_record({"v": 1, "at": 5, "statuses": found, "kept": []}, id_="r")
            worker = receipts_with(self.dynamodb, clock=self.people.clock, sqs=self.sqs)
            assert worker.run([record]) == []
        new = self.sqs.sent["contacts"][self.told :]
        self.told += len(new)
        return [json.loads(entry["MessageBody"]) for entry in new]

    def settles(self, *bodies: JsonObject) -> ContactRecord:
        for body in bodies:
            assert self.people.work(Entry(json.dumps(body), "group"))
        (person,) = self.people.everybody()
        return person

    def means(self, op: str, campaign: str = SALE) -> bool:
        filter_ = {"conditions": [{"on": "campaign", "op": op, "campaign_id": campaign}]}
        (person,) = self.people.everybody()
        return matches(parse(filter_), person, self.people.clock())


@pytest.fixture
def world(dynamodb: Any) -> World:
    return made(dynamodb)


def made(dynamodb: Any) -> World:
    people = People(dynamodb, FakeClock())
    number = connect_number(dynamodb, people.tenant.id)
    found = World(dynamodb, number, people, FakeSqs())
    found.recipients.add(0, [ONE])
    Tallies(people.tenant, SALE, "campaigns", dynamodb).begin(0, [ONE])
    people.contacts.create(
        ContactRecord(id="", phone=f"+{PHONE}", identities=(Identity("wa_id", PHONE),)),
        people.clock(),
    )
    found.sends()
    sent = people.change({"op": "campaign", "campaign_id": SALE, "state": "sent"})
    assert people.work(people.entry(sent, wa_id=PHONE))
    return found


def test_a_segment_of_those_who_read_it(world: World) -> None:
    assert (world.means("received"), world.means("read")) == (True, False)
    assert world.hears("sent", "delivered") == [], "no segment asks for that"
    (told,) = world.hears("read")
    world.settles(told)
    assert (world.means("read"), world.means("replied")) == (True, False)
    assert (world.means("read", "last"), world.means("read", "another")) == (True, False)


def test_told_again_nothing_changes(world: World) -> None:
    first = world.settles(*world.hears("read"))
    world.sqs.forget_duplicates()
    (again,) = world.hears("read")
    assert world.settles(again) == first


def test_conversations_are_not_told_what_they_keep_no_copy_of(world: World) -> None:
    before = len(world.people.told())
    world.settles(*world.hears("read"))
    assert len(world.people.told()) == before


def test_who_was_not_reached_did_not_receive_it(world: World) -> None:
    (told,) = world.hears("failed", errors=[{"code": 131026}], id="wamid.1")
    world.settles(told)
    assert (world.means("received"), world.means("not_received")) == (False, True)


def test_what_waits_for_another_try_has_not_failed(world: World) -> None:
    assert world.hears("failed", errors=[{"code": 131049}], id="wamid.1") == []


def test_another_try_makes_up_for_a_failure(world: World) -> None:
    world.settles(*world.hears("failed", errors=[{"code": 131047}], id="wamid.1"))
    world.recipients.reopen(ONE.ref(SALE), world.people.clock())
    world.sends()
    world.settles(*world.hears("delivered", id="wamid.2"))
    assert world.means("received")


def test_who_was_forgotten_is_not_made_anew(world: World) -> None:
    world.dynamodb.update_item(
        TableName="campaigns",
        Key={"pk": {"S": f"{world.people.tenant.id}#CAMPAIGN#sale#0000000"}, "sk": {"S": "000"}},
        UpdateExpression="REMOVE phone",
    )
    assert world.hears("read") == []


@settings(max_examples=30, deadline=None)
@given(
    order=st.permutations(["sent", "read", "replied"]),
    more=st.lists(st.sampled_from(["read", "sent"])),
)
def test_in_whatever_order_the_furthest_stays(
    order: list[str], more: list[str], dynamodb: Any
) -> None:
    world = made(dynamodb)
    for state in (*order, *more):
        change = world.people.change({"op": "campaign", "campaign_id": SALE, "state": state})
        assert world.people.work(world.people.entry(change, wa_id=PHONE))
    assert world.means("replied")


def test_the_last_campaign_is_the_one_that_was_sent_last(world: World) -> None:
    newer = world.people.change({"op": "campaign", "campaign_id": "news", "state": "sent"})
    assert world.people.work(world.people.entry(newer, wa_id=PHONE))
    world.settles(*world.hears("read"))
    assert (world.means("read"), world.means("read", "last")) == (True, False)
    assert world.means("received", "last")
