"""Somebody whom the workspace knows writes for the first time: flows know them at once."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contacts.record import ContactRecord
from shared.lanes import Identity
from shared.store.contacts import Contacts
from tests.unit.flow.lane_world import Customer, World, customer
from tests.unit.flow.whole_lane import Lane

GREETING = {
    "schema": 1,
    "name": "Greets",
    "start": "greet",
    "nodes": [
        {
            "id": "greet",
            "type": "message",
            "data": {"text": "{{contact.name}} {{contact.email}} {{contact.fields.city}}"},
        }
    ],
    "edges": [],
}


@pytest.fixture
def world(dynamodb: Any) -> World:
    return World(dynamodb, GREETING)


def known(world: World, *identities: tuple[str, str | None], **more: Any) -> None:
    ids = tuple(Identity(kind, value) for kind, value in identities if value)
    record = ContactRecord(id="", identities=ids, **more)
    Contacts(world.tenant, "contacts", world.dynamodb).create(record, world.clock())
    world.clock.advance(1)


def first_answer(world: World, who: Customer) -> str:
    lane = Lane(world, who)
    lane.says("Halo")
    return str(lane.sent()[0])


def test_the_first_answer_knows_what_is_on_record(world: World) -> None:
    who = customer()
    known(world, ("wa_id", who.wa_id), name="Ana W.", email="a@b.co", fields={"city": "Medan"})
    assert "Ana W. a@b.co Medan" in first_answer(world, who)


def test_two_records_of_one_person_are_known_together(world: World) -> None:
    who = customer()
    known(world, ("wa_id", who.wa_id), name="Ana W.")
    known(world, ("bsuid", who.bsuid), name="Other", email="a@b.co", fields={"city": "Medan"})
    assert "Ana W. a@b.co Medan" in first_answer(world, who)


def test_of_somebody_new_flows_know_what_whatsapp_tells(world: World) -> None:
    who = customer("Budi")
    assert who.name in first_answer(world, who)
