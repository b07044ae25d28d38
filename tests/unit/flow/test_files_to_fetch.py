"""What is said with a file is handed over to be fetched, once per message."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.builders import PHONE_NUMBER_ID, text_message, value, webhook_body
from tests.house import TENANT, House

PICTURE = {"id": "700000000000001", "mime_type": "image/jpeg", "caption": "Struk"}


@pytest.fixture
def house() -> Iterator[House]:
    with mock_aws():
        yield House()


def test_a_picture_is_fetched_and_a_text_is_not(house: House) -> None:
    text = text_message("Halo", id_="wamid.1")
    picture = {**text_message("", id_="wamid.2"), "type": "image", "image": PICTURE}
    del picture["text"]
    body = webhook_body(value(messages=[text, picture]))
    house.post(body)
    house.work()
    found = [json.loads(entry["MessageBody"]) for entry in house.sqs.sent["media"]]
    assert len(found) == 1
    work = found[0]
    assert (work["work"], work["tenant"], work["channel"]) == ("fetch", TENANT.id, PHONE_NUMBER_ID)
    messages, _ = house.conversations.messages(PHONE_NUMBER_ID, work["contact"], 50, None)
    said = next(one.line for one in messages if one.line.seq == work["seq"])
    assert said.message["image"] == PICTURE
    assert house.sqs.sent["media"][0]["MessageGroupId"] == TENANT.id
    # The same webhook again is no further work.
    house.post(body)
    house.work()
    assert len(house.sqs.sent["media"]) == 1
