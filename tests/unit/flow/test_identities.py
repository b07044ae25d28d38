"""One person, whatever the webhook knows: a number, a business-scoped id, both, a new number."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from shared.events import LaneEvents
from tests.unit.flow.faults import Fault
from tests.unit.flow.lane_world import Customer, World, customer

# What one webhook tells of a person, and what it does not.
VIEWS = ("both", "number", "scoped_id")


def _seen(who: Customer, view: str) -> Customer:
    return replace(
        who,
        wa_id=None if view == "scoped_id" else who.wa_id,
        bsuid=None if view == "number" else who.bsuid,
    )


def _ids(*batches: LaneEvents) -> list[str]:
    return [event.id for batch in batches for event in batch.events]


@pytest.mark.parametrize("views", [("both", *rest) for rest in permutations(VIEWS)])
def test_a_person_seen_whole_first_has_one_conversation(
    dynamodb: Any, views: tuple[str, ...]
) -> None:
    world, who = World(dynamodb), customer()
    batches = [world.says(_seen(who, view), view) for view in views]
    for batch in batches:
        assert world.deliver(batch)
    world.check(batches[0].contact, _ids(*batches), who.name)


@pytest.mark.parametrize("first", ["number", "scoped_id"])
@pytest.mark.parametrize("then", VIEWS)
def test_a_person_completed_later_keeps_the_conversation(
    dynamodb: Any, first: str, then: str
) -> None:
    world, who = World(dynamodb), customer()
    batches = [world.says(_seen(who, view), view) for view in (first, "both", then)]
    for batch in batches:
        assert world.deliver(batch)
    assert batches[1].contact != batches[0].contact or first == "scoped_id"
    world.check(batches[0].contact, _ids(*batches), who.name)
    contact = world.conversation(batches[1].contact).contact
    assert (contact.wa_id, contact.bsuid) == (who.wa_id, who.bsuid)


@pytest.mark.parametrize("views", list(permutations(("number", "scoped_id", "both"))))
def test_whatever_comes_first_nothing_is_lost(dynamodb: Any, views: tuple[str, ...]) -> None:
    """Two lanes that nothing links at first stay two conversations; each is whole."""
    world, who = World(dynamodb), customer()
    batches = [world.says(_seen(who, view), view) for view in (*views, *views)]
    for batch in batches:
        assert world.deliver(batch)
    by_conversation: dict[str, list[str]] = {}
    for batch in batches:
        contact = world.conversation(batch.contact).contact.id
        by_conversation.setdefault(contact, []).extend(_ids(batch))
    for contact, applied in by_conversation.items():
        world.check(contact, applied, who.name)


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("views", [("both",), ("number", "both"), ("both", "number")])
def test_dying_between_a_link_and_the_commit(
    dynamodb: Any, fault: Fault, views: tuple[str, ...]
) -> None:
    for place in range(9):
        world, who = World(dynamodb), customer()
        batches = [world.says(_seen(who, view), view) for view in views]
        for batch in batches[:-1]:
            assert world.deliver(batch)
        world.calls.fail_next(place, fault)
        world.deliver_until_done(batches[-1])
        world.calls.plan.clear()
        other = world.says(_seen(who, "number"), "and by number")
        assert world.deliver(other)
        world.check(batches[0].contact, _ids(*batches, other), who.name)


def test_another_lane_of_the_person_goes_on_after_a_death_between_link_and_commit(
    dynamodb: Any,
) -> None:
    """The link leads to a conversation that is not there yet; its lane comes back later."""
    world, who = World(dynamodb), customer()
    dead = world.says(who, "halo")
    world.calls.plan = {_place_of_the_link(dynamodb): Fault.KILLED_AFTER}
    assert not world.deliver(dead)
    by_number = world.says(_seen(who, "number"), "halo?")
    assert world.deliver(by_number)
    assert world.deliver(dead)
    world.check(dead.contact, _ids(by_number, dead), who.name)


def _place_of_the_link(dynamodb: Any) -> int:
    """Of a first contact: the first of the two puts; the second is the commit."""
    world = World(dynamodb)
    assert world.deliver(world.says(customer(), "halo"))
    assert world.calls.made.count("put_item") == 2
    return world.calls.made.index("put_item")


def test_a_new_number_leads_to_the_same_conversation(dynamodb: Any) -> None:
    world = World(dynamodb)
    who = customer(bsuid=False)
    assert who.wa_id is not None
    moved = replace(who, wa_id="62899" + who.wa_id[5:])
    first = world.says(who, "halo")
    notice = world.says(
        who,
        "",
        type="system",
        system={"type": "user_changed_number", "wa_id": moved.wa_id, "body": "moved"},
    )
    from_there = world.says(moved, "baik")
    for batch in (first, notice, from_there):
        assert world.deliver(batch)
    conversation = world.conversation(from_there.contact)
    assert conversation.contact.id == first.contact
    assert conversation.contact.wa_id == moved.wa_id
    assert conversation.version == 3
    assert [line.event for line in world.log(first.contact) if line.direction == "in"] == _ids(
        first, notice, from_there
    )
    assert world.handed("outbound", first.contact)[-1]["to"] == {"wa_id": moved.wa_id}


def test_one_business_scoped_id_is_answered_by_it(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer(wa_id=False)
    batch = world.says(who, "halo")
    assert world.deliver(batch)
    assert world.handed("outbound", batch.contact)[-1]["to"] == {"bsuid": who.bsuid}


def test_two_people_and_two_numbers_never_mix(dynamodb: Any) -> None:
    """The same person at another tenant's number is somebody else."""
    here, there, ana, budi = World(dynamodb), World(dynamodb), customer("Ana"), customer("Budi")
    said = [
        (world, who, world.says(who, text))
        for text in ("one", "two", "three")
        for world in (here, there)
        for who in (ana, budi)
    ]
    for world, _, batch in said:
        assert world.deliver(batch)
    for world in (here, there):
        for who in (ana, budi):
            own = [batch for at, by, batch in said if at is world and by is who]
            world.check(own[0].contact, _ids(*own), who.name)
    assert len({batch.contact for *_, batch in said}) == 4


def _moved(world: World, who: Customer, to: Customer) -> LaneEvents:
    """The notice, as WhatsApp gives it under the old number and id."""
    return world.says(
        who,
        "",
        type="system",
        system={
            "type": "user_changed_number",
            "wa_id": to.wa_id,
            "user_id": to.bsuid,
            "body": "moved",
        },
    )


def test_a_number_that_somebody_has_left_may_be_another_persons(dynamodb: Any) -> None:
    world, ana, later = World(dynamodb), customer("Ana"), customer("Ana")
    budi = replace(customer("Budi"), wa_id=ana.wa_id)
    first = world.says(ana, "halo")
    notice = _moved(world, ana, later)
    for batch in (
        first,
        notice,
        other := world.says(budi, "siapa?"),
        back := world.says(later, "ini"),
    ):
        assert world.deliver(batch)
    of_ana, of_budi = world.conversation(first.contact), world.conversation(other.contact)
    assert of_ana.contact.id != of_budi.contact.id
    assert (of_ana.contact.wa_id, of_ana.contact.bsuid) == (later.wa_id, later.bsuid)
    assert world.conversation(back.contact).contact.id == of_ana.contact.id
    assert world.handed("outbound", of_budi.contact.id)[-1]["to"] == {"wa_id": budi.wa_id}


def test_what_was_written_before_the_move_and_comes_late_does_not_undo_it(dynamodb: Any) -> None:
    world, ana, later = World(dynamodb), customer("Ana"), customer("Ana")
    first, late = world.says(ana, "halo"), world.says(ana, "sebentar")
    for batch in (first, _moved(world, ana, later), late):
        assert world.deliver(batch)
    contact = world.conversation(first.contact).contact
    assert (contact.wa_id, contact.bsuid) == (later.wa_id, later.bsuid)
    assert world.handed("outbound", first.contact)[-1]["to"] == {"wa_id": later.wa_id}


def test_the_contacts_learn_what_somebody_is_known_by_no_longer(dynamodb: Any) -> None:
    world, ana, later = World(dynamodb), customer("Ana"), customer("Ana")
    first = world.says(ana, "halo")
    for batch in (first, _moved(world, ana, later)):
        assert world.deliver(batch)
    told = json.loads(world.sqs.sent["contacts"][-1]["MessageBody"])
    assert told["identities"] == [["bsuid", later.bsuid], ["wa_id", later.wa_id]]
    ((_, _, seen),) = told["changes"]
    assert seen["left"] == [["bsuid", ana.bsuid], ["wa_id", ana.wa_id]]
