"""A contact is forgotten in every store, whoever dies on the way, and nobody else is."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from moto import mock_aws

from shared.contacts.record import profile
from shared.events import CONTACT_CHANGED, Event, LaneEvents, entry
from shared.queues import send_all
from shared.store.audit import AuditLog
from shared.store.campaign_turns import CampaignTurns
from shared.store.contacts import ContactNotFoundError
from shared.store.erasures import NothingToEraseError
from shared.store.usage import Usage
from shared.usage.meters import MESSAGES_IN, STORAGE_BYTES
from shared.usage.months import month_of
from tests.builders import sqs_record
from tests.house import TENANT
from tests.unit.account.privacy_world import (
    ANA,
    BUDI,
    NOTED,
    SAID,
    WORDS,
    PrivateHouse,
)
from tests.unit.flow.faults import Calls, Fault, Killed, Watched


@pytest.fixture
def house() -> Iterator[PrivateHouse]:
    with mock_aws():
        yield PrivateHouse()


def test_every_trace_is_gone_and_was_there_before(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    before = house.traces(*WORDS)
    assert before.keys() == set(WORDS)
    everywhere = {"contacts", "conversations", "inspection", "webhook_deliveries", "files"}
    everywhere.add("dead_letters")
    everywhere.add("media")
    assert set().union(*before.values()) == everywhere | {"requests"}
    house.erase(contact_id)
    assert house.traces(*WORDS) == {}
    with pytest.raises(ContactNotFoundError):
        house.contacts.get(contact_id)
    with pytest.raises(NothingToEraseError):
        house.erasures.get(contact_id)


def test_others_stay_as_they_were(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    where = house.traces(*BUDI.values(), "halo dari Budi")
    house.erase(contact_id)
    left = house.traces(*BUDI.values(), "halo dari Budi")
    assert {word: stores - {"files"} for word, stores in where.items()} == left


def test_files_that_go_are_taken_from_the_storage_that_is_used(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()

    def stored() -> int:
        usage = Usage(TENANT, "usage", house.dynamodb)
        return usage.used(STORAGE_BYTES, month_of(house.clock()))

    sizes = [len(f"a picture of {who['name']}") for who in (ANA, BUDI)]
    assert stored() == sum(sizes)
    house.erase(contact_id)
    assert stored() == sizes[1]


def test_a_campaign_that_is_about_to_write_to_them_leaves_no_trace(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    (place,) = house.contacts.get(contact_id).conversations
    for person in (contact_id, place.partition(".")[2], "somebody else"):
        assert CampaignTurns(TENANT, "campaigns", house.dynamodb).take(person, "c", house.clock())
    house.erase(contact_id)
    (left,) = house.dynamodb.scan(TableName="campaigns")["Items"]
    assert left["pk"]["S"].endswith("#somebody else")


def test_the_audit_log_tells_by_id_alone(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    house.erase(contact_id)
    log = AuditLog(TENANT, "workspaces", house.dynamodb).newest(100, None)[0]
    told = [(change.action, change.target, dict(change.detail)) for _, change in log]
    assert (("contact.erased", contact_id, {})) in told
    assert (("contact.erasure_requested", contact_id, {})) in told


def test_who_writes_afterwards_is_somebody_new(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    house.erase(contact_id)
    house.hears_from(ANA, "saya lagi")
    new = house.contact_of(ANA)
    assert new not in ("", contact_id)
    assert house.traces(SAID, NOTED) == {}
    assert house.traces("saya lagi") == {"saya lagi": {"conversations"}}


def test_a_number_that_they_had_before_is_forgotten_too(house: PrivateHouse) -> None:
    house.hears_from(ANA, SAID)
    new = {"wa_id": "62811222444", "user_id": "ID.5555666677778888"}
    house.moves(ANA, new)
    assert house.contact_of(ANA) == ""
    contact_id = house.contact_of(new)
    house.erase(contact_id)
    assert house.traces(*WORDS, *new.values()) == {}


def test_who_writes_between_the_passes_stays(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    house.eraser().run(sqs_record(house.ask_to_erase(contact_id).body))
    house.hears_from(ANA, "saya lagi")
    for record in list(house.take("erasures")):
        house.eraser().run(record)
    assert house.traces("saya lagi") == {"saya lagi": {"conversations"}}
    assert house.contact_of(ANA) not in ("", contact_id)
    assert house.traces(SAID, NOTED) == {}


def test_a_copy_of_the_record_that_comes_too_late_goes_in_the_second_pass(
    house: PrivateHouse,
) -> None:
    contact_id = house.leave_traces()
    record = house.contacts.get(contact_id)
    house.eraser().run(sqs_record(house.ask_to_erase(contact_id).body))
    (place,) = record.conversations
    channel, _, lane = place.partition(".")
    told = Event(f"contact:{contact_id}:99", CONTACT_CHANGED, house.clock(), profile(record))
    send_all(house.sqs, "inbound", [entry(LaneEvents(channel, lane, (told,)))])
    house.work()
    assert house.traces(ANA["name"]) == {ANA["name"]: {"conversations"}}
    for later in list(house.take("erasures")):
        house.eraser().run(later)
    assert house.traces(*WORDS) == {}


def test_what_a_worker_writes_too_late_goes_in_the_second_pass(house: PrivateHouse) -> None:
    """It had read before, and wrote the log after."""
    contact_id = house.leave_traces()
    logged = [
        item
        for item in house.dynamodb.scan(TableName="conversations")["Items"]
        if SAID in json.dumps(item) and item["sk"]["S"].startswith("M#")
    ]
    assert logged
    house.eraser().run(sqs_record(house.ask_to_erase(contact_id).body))
    for item in logged:
        house.dynamodb.put_item(TableName="conversations", Item=item)
    for record in list(house.take("erasures")):
        house.eraser().run(record)
    assert house.traces(*WORDS) == {}


def test_asked_twice_it_is_done_once(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    asked = [house.ask_to_erase(contact_id) for _ in range(2)]
    for one in asked:
        house.eraser().run(sqs_record(one.body))
    for record in list(house.take("erasures")):
        house.eraser().run(record)
    log = AuditLog(TENANT, "workspaces", house.dynamodb).newest(100, None)[0]
    actions = [change.action for _, change in log]
    assert actions.count("contact.erased") == actions.count("contact.erasure_requested") == 1


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER])
def test_death_anywhere_leaves_nothing_that_the_next_try_does_not_find(fault: Fault) -> None:
    with mock_aws():
        house = PrivateHouse()
        contact_id = house.leave_traces()
        entry = house.ask_to_erase(contact_id)
        calls = Calls()
        watched = [Watched(one, calls) for one in (house.dynamodb, house.s3_client, house.sqs)]
        # Each try goes one call further than the one before.
        for place in range(200):
            calls.fail_next(place, fault)
            try:
                house.eraser(*watched).run(sqs_record(entry.body))
            except (Killed, Exception):
                continue
            break
        else:
            raise AssertionError("it never came to its end")
        calls.plan = {}
        for record in list(house.take("erasures")):
            house.eraser().run(record)
        assert house.traces(*WORDS) == {}


def test_what_was_metered_stays_counted(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    house.meter(house.told)
    before = house.used(MESSAGES_IN)
    assert before == 3
    house.erase(contact_id)
    house.meter(house.told)
    assert house.used(MESSAGES_IN) == before
    house.hears_from(ANA, "saya lagi")
    house.meter(house.told)
    assert house.used(MESSAGES_IN) == before + 1
