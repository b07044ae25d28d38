"""What happens to messages is told from the table's stream: a whole house is run beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from hooks.watching import Settings, notice_of, watching
from shared.channels.cloud_api import Refused
from shared.channels.errors import Action
from shared.json_types import JsonObject
from shared.notices import (
    MESSAGE_DELIVERED,
    MESSAGE_FAILED,
    MESSAGE_READ,
    MESSAGE_RECEIVED,
    MESSAGE_SENT,
    TYPES,
    Notice,
)
from shared.store.webhooks import Webhooks
from tests.builders import (
    AT,
    PHONE_NUMBER_ID,
    sqs_record,
    status,
    text_message,
    value,
    webhook_body,
)
from tests.fakes import FakeSqs
from tests.house import TENANT, House
from tests.office import ANA
from tests.table_streams import told


@pytest.fixture
def house() -> Iterator[House]:
    with mock_aws():
        yield House()


def says(house: House, text: str = "halo") -> None:
    house.post(webhook_body(value(messages=[text_message(text)])))
    house.work()
    house.send()


def notices() -> list[Notice]:
    found = (notice_of(record["dynamodb"]) for record in told("conversations"))
    return [one[1] for one in found if one is not None]


def types() -> list[str]:
    return [notice.type for notice in notices()]


def test_a_message_and_its_answer_are_told(house: House) -> None:
    says(house)
    received, *sent = notices()
    assert received.type == MESSAGE_RECEIVED
    assert received.data["message"]["text"] == {"body": "halo"}
    assert received.data["conversation_id"] == f"{PHONE_NUMBER_ID}.{received.contact}"
    assert {notice.type for notice in sent} == {MESSAGE_SENT}
    assert all(notice.data["wamid"].startswith("wamid.") for notice in sent)


def test_statuses_are_told_as_they_move_a_message(house: House) -> None:
    says(house)
    first = house.meta.accepted[0]["biz_opaque_callback_data"]
    for name in ("delivered", "read", "delivered"):
        found = [[PHONE_NUMBER_ID, status(name, callback=first)]]
        body = {"v": 1, "at": AT * 1000, "statuses": found, "kept": []}
        assert house.receipts.run([sqs_record(body)]) == []
    assert [one for one in types() if one in (MESSAGE_DELIVERED, MESSAGE_READ)] == [
        MESSAGE_DELIVERED,
        MESSAGE_READ,
    ]


def test_a_message_that_will_not_arrive_is_told_with_its_reason(house: House) -> None:
    house.meta.script = [Refused(Action.PERMANENT, "Not on WhatsApp", 131026)]
    says(house)
    failed = [one for one in notices() if one.type == MESSAGE_FAILED]
    assert [one.data["reason"] for one in failed] == ["Not on WhatsApp"]


def test_what_is_told_again_has_the_same_id(house: House) -> None:
    says(house)
    records = told("conversations")
    twice = [notice_of(record["dynamodb"]) for record in (*records, *records)]
    ids = [one[1].id for one in twice if one is not None]
    assert len(ids) == 2 * len(set(ids)) > 2


def test_only_what_somebody_wants_is_queued(house: House) -> None:
    says(house)
    sqs = FakeSqs()
    watcher = watching(Settings("workspaces", "notices"), house.dynamodb, sqs, house.clock)
    watcher.run(told("conversations"))
    assert sqs.sent["notices"] == []
    store = Webhooks(TENANT, "workspaces", house.dynamodb)
    store.create("https://a.example/", [MESSAGE_RECEIVED], "", b"s", by=ANA, at=house.clock())
    house.clock.advance(61)
    watcher.run(told("conversations"))
    assert len(sqs.sent["notices"]) == 1


def test_what_was_said_before_the_number_was_ours_is_not_told() -> None:
    line: JsonObject = {
        "Keys": {"pk": {"S": "ws#C#1#c"}, "sk": {"S": "M#0000000001"}},
        "NewImage": {"direction": {"S": "in"}, "history": {"BOOL": True}},
    }
    assert notice_of(line) is None


def test_every_type_says_what_it_is() -> None:
    assert all(text.endswith(".") for text in TYPES.values())
