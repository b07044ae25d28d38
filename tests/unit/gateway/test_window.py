"""Outside the 24 hours only templates are sent, and nothing else comes as far as Meta."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from shared.json_types import JsonObject
from shared.standing import Standing
from shared.store import keys
from shared.store.conversations import Conversations
from shared.window import CLOSED, FREE_ENTRY_MS, SERVICE_MS, Window, from_json, to_json
from tests.builders import AT, WA_ID, sqs_record, text_message, value, webhook_body
from tests.house import TENANT, House

TEXT: JsonObject = {"type": "text", "text": {"body": "Hi"}}
TEMPLATE: JsonObject = {
    "type": "template",
    "template": {"name": "hello", "language": {"code": "en"}},
}
DAY = 24 * 3600
AD = {"source_type": "ad", "source_id": "1"}


@pytest.fixture
def house() -> Iterator[House]:
    with mock_aws():
        yield House()


def test_a_message_opens_the_window_for_a_day_by_its_own_time() -> None:
    window = Window().after(TEXT, 1000)
    assert window == Window(1000 + SERVICE_MS, 0)
    assert window.takes(TEXT, 1000 + SERVICE_MS - 1)
    assert not window.takes(TEXT, 1000 + SERVICE_MS)
    assert window.takes(TEMPLATE, 1000 + SERVICE_MS)


def test_an_ad_makes_three_days_free_and_leaves_the_window_a_day() -> None:
    window = Window().after({**TEXT, "referral": AD}, 1000)
    assert window == Window(1000 + SERVICE_MS, 1000 + FREE_ENTRY_MS)
    assert not window.takes(TEXT, 1000 + SERVICE_MS)


@pytest.mark.parametrize(
    "kind", ["edit", "reaction", "request_welcome", "revoke", "system", "unsupported"]
)
def test_what_is_not_said_opens_nothing(kind: str) -> None:
    assert Window().after({"type": kind}, 1000) == Window()


@given(st.lists(st.tuples(st.integers(0, 10**13), st.booleans()), min_size=1))
def test_the_newest_message_counts_in_whatever_order_they_come(
    said: list[tuple[int, bool]],
) -> None:
    window = Window()
    for at, from_ad in said:
        window = window.after({**TEXT, "referral": AD if from_ad else None}, at)
    assert window.open_until == max(at for at, _ in said) + SERVICE_MS
    ads = [at + FREE_ENTRY_MS for at, from_ad in said if from_ad]
    assert window.free_until == max(ads, default=0)
    assert from_json(to_json(window)) == window


@pytest.mark.parametrize(
    ("step", "from_"),
    [
        ({"event": "connect", "direction": "USER_INITIATED"}, 5_000_000),
        ({"event": "terminate", "direction": "USER_INITIATED", "start_time": "4000"}, 4_000_000),
        ({"event": "ACCEPTED", "direction": "BUSINESS_INITIATED"}, 5_000_000),
        ({"event": "terminate", "status": "Completed", "start_time": "4000"}, 4_000_000),
        ({"event": "RINGING", "direction": "BUSINESS_INITIATED"}, None),
        ({"event": "terminate", "status": "REJECTED", "direction": "BUSINESS_INITIATED"}, None),
        ({"event": "call_recording_available", "direction": "USER_INITIATED"}, None),
        ("broken", None),
    ],
)
def test_a_call_of_theirs_or_one_that_they_take_opens_the_window(
    step: Any, from_: int | None
) -> None:
    window = Window().after({"type": "call", "call": step}, 5_000_000)
    assert window.open_until == (from_ + SERVICE_MS if from_ else 0)


def test_a_call_and_a_message_to_another_handler_open_the_window(house: House) -> None:
    metadata = value()["metadata"]
    call = {"id": "wacid.1", "from": WA_ID, "event": "connect", "timestamp": str(AT)}
    call["direction"] = "USER_INITIATED"
    house.post(webhook_body({"metadata": metadata, "calls": [call]}, field="calls"))
    house.work()
    (summary,), _ = house.conversations.inbox(1, None)
    assert summary.open_until == AT * 1000 + SERVICE_MS
    seen = value(messages=[text_message("Halo", id_="wamid.1", at=AT + 60)])
    house.post(webhook_body({"metadata": metadata, "standby": seen}, field="standby"))
    house.work()
    (summary,), _ = house.conversations.inbox(1, None)
    assert summary.open_until == (AT + 60) * 1000 + SERVICE_MS
    assert not list(house.take("outbound"))


def heard(house: House, id_: str, at: int) -> None:
    house.post(webhook_body(value(messages=[text_message("Halo", id_=id_, at=at)])))
    house.work()


def delivered(house: House) -> tuple[str, str | None]:
    """What became of the first of our messages."""
    (summary,), _ = house.conversations.inbox(1, None)
    logged, _ = house.conversations.messages(summary.channel, summary.contact.id, 50, None)
    first = min((one for one in logged if one.line.direction == "out"), key=lambda x: x.line.seq)
    assert first.delivery is not None
    reason = first.delivery.get("reason")
    return first.delivery["state"]["S"], reason["S"] if reason else None


def test_an_answer_in_time_is_sent(house: House) -> None:
    heard(house, "wamid.1", AT)
    house.send()
    assert delivered(house) == ("sent", None)


def test_an_answer_that_waited_too_long_fails_with_the_reason(house: House) -> None:
    heard(house, "wamid.1", AT)
    house.clock.advance(DAY)
    house.send()
    assert house.meta.accepted == []
    assert delivered(house) == ("failed", CLOSED)


def test_a_template_goes_out_all_the_same(house: House) -> None:
    heard(house, "wamid.1", AT)
    house.clock.advance(DAY)
    for record in house.take("outbound"):
        body: Any = json.loads(record["body"])
        for effect in body["effects"]:
            if effect["kind"] == "send":
                effect["message"] = TEMPLATE
        house.sender.run(sqs_record(body))
    assert {payload["type"] for payload in house.meta.accepted} == {"template"}


def test_what_waited_is_sent_when_the_customer_has_written_meanwhile(house: House) -> None:
    heard(house, "wamid.1", AT)
    waiting = list(house.take("outbound"))
    house.clock.advance(DAY)
    heard(house, "wamid.2", AT + DAY - 1)
    for record in waiting:
        house.sender.run(record)
    assert delivered(house) == ("sent", None)


def test_the_window_is_kept_with_the_conversation(house: House) -> None:
    heard(house, "wamid.1", AT)
    (summary,), _ = house.conversations.inbox(1, None)
    place = summary.channel, summary.contact.id
    assert house.conversations.standing(*place) == Standing(Window(AT * 1000 + SERVICE_MS))
    assert Conversations(TENANT, "conversations", house.dynamodb).standing("1", "nobody") is None


def test_a_linked_phone_has_no_window(house: House) -> None:
    key = house.conversations._key("wa62811", "c" * 24, keys.STATE)
    state = json.dumps({"window": {"open_until": 1, "free_until": 0}})
    house.dynamodb.put_item(TableName="conversations", Item={**key, "body": {"S": state}})
    standing = house.conversations.standing("wa62811", "c" * 24)
    assert standing is not None
    assert standing.refusal(TEXT, 2**62) is None
