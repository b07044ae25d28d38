"""Messages are metered once, whatever is delivered twice and whoever dies on the way.

A whole house is run: its conversations table tells its stream, which is told again, in pieces, to
functions that are killed between any two calls.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws

from account.metering import sightings
from shared.channels.cloud_api import Refused
from shared.channels.errors import Action
from shared.json_types import JsonObject
from shared.store.deliveries import Deliveries
from shared.usage.meters import MESSAGES_IN, MESSAGES_OUT
from tests.builders import (
    AT,
    PHONE_NUMBER_ID,
    sqs_record,
    status,
)
from tests.house import TENANT
from tests.unit.account.metered_house import MeteredHouse
from tests.unit.flow.faults import Calls, Fault, Killed


@pytest.fixture
def house() -> Iterator[MeteredHouse]:
    with mock_aws():
        yield MeteredHouse()


def test_a_message_and_its_answers_are_counted(house: MeteredHouse) -> None:
    house.hears("Halo")
    house.meter(house.told)
    assert house.used(MESSAGES_IN) == 1
    assert house.used(MESSAGES_OUT) == len(house.meta.accepted) == 2


def test_what_is_received_twice_is_counted_once(house: MeteredHouse) -> None:
    house.hears("Halo")
    house.sqs.forget_duplicates()
    house.hears("Halo")
    house.meter(house.told)
    assert house.used(MESSAGES_IN) == 1
    assert house.used(MESSAGES_OUT) == 2


def test_receipts_in_any_order_and_number_count_nothing_more(house: MeteredHouse) -> None:
    house.hears("Halo")
    callback = house.meta.accepted[-1]["biz_opaque_callback_data"]
    for name in ("read", "sent", "delivered", "read", "failed"):
        found = [[PHONE_NUMBER_ID, status(name, callback=callback)]]
        body = {"v": 1, "at": AT * 1000, "statuses": found, "kept": []}
        assert house.receipts.run([sqs_record(body)]) == []
        house.meter(house.told)
    assert house.used(MESSAGES_OUT) == 2


def test_what_meta_refused_is_not_counted(house: MeteredHouse) -> None:
    house.meta.script = [Refused(Action.PERMANENT, "no")]
    house.hears("Halo")
    house.meter(house.told)
    assert house.used(MESSAGES_OUT) == len(house.meta.accepted) == 1


def test_a_receipt_counts_what_nobody_knew_to_be_sent(house: MeteredHouse) -> None:
    """The sender died after Meta's answer: the status alone says that it was taken."""
    deliveries = Deliveries(TENANT, "conversations", house.dynamodb, house.clock)
    deliveries.claim(PHONE_NUMBER_ID, "ana", 2, now=house.clock(), silent_before=0)
    assert deliveries.receipt(PHONE_NUMBER_ID, "ana", 2, "delivered", {})
    deliveries.sent(PHONE_NUMBER_ID, "ana", 2, wamid="late")
    house.meter(house.told)
    assert house.used(MESSAGES_OUT) == 1


def test_history_and_calls_are_not_counted() -> None:
    line = {"direction": {"S": "in"}, "at": {"N": "1"}}
    keys = {"pk": {"S": "ws_tests#C#1#ana"}, "sk": {"S": "M#0000000001"}}
    history = {**line, "history": {"BOOL": True}}
    call = {**line, "kind": {"S": "call"}}
    for other in (history, call):
        assert sightings([{"dynamodb": {"Keys": keys, "NewImage": other}}]) == []
    assert len(sightings([{"dynamodb": {"Keys": keys, "NewImage": line}}])) == 1


@given(
    texts=st.lists(st.sampled_from(["baik", "tidak", "hm"]), min_size=1, max_size=4),
    chance=st.randoms(use_true_random=False),
    faults=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Fault)), max_size=6),
)
@settings(max_examples=12, deadline=None)
def test_told_again_in_pieces_to_functions_that_die_everything_counts_once(
    texts: list[str], chance: random.Random, faults: list[tuple[int, Fault]]
) -> None:
    with mock_aws():
        house = MeteredHouse()
        house.hears(*texts)
        stream = house.told
        calls = Calls()
        for skip, fault in faults:
            start = chance.randrange(len(stream))
            calls.fail_next(skip, fault)
            _die_at_will(house, stream[start : start + chance.randint(1, 9)], calls)
        pieces = [stream[start : start + 5] for start in range(0, len(stream), 5)]
        again = [*pieces, *chance.sample(pieces, chance.randint(0, len(pieces)))]
        chance.shuffle(again)
        for piece in again:
            house.meter(piece)
        assert house.used(MESSAGES_IN) == len(texts)
        assert house.used(MESSAGES_OUT) == len(house.meta.accepted)


def test_death_at_any_call_and_once_more_counts_once() -> None:
    for fault in Fault:
        place = 0
        while True:
            with mock_aws():
                house = MeteredHouse()
                house.hears("Halo", "baik")
                calls = Calls()
                calls.fail_next(place, fault)
                died = _die_at_will(house, house.told, calls)
                house.meter(house.told)
                assert house.used(MESSAGES_IN) == 2
                assert house.used(MESSAGES_OUT) == len(house.meta.accepted)
            if not died:
                assert place == 2  # one read, one transaction
                break
            place += 1


def _die_at_will(house: MeteredHouse, records: list[JsonObject], calls: Calls) -> bool:
    try:
        house.meter(records, calls)
    except (Killed, Exception):
        return True
    finally:
        calls.plan = {}
    return False
