"""Events that are no message to the bot: logged as what they are, and answered by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from shared.json_types import JsonObject
from shared.lanes import contact_id
from shared.store.conversations import LogLine, Summary
from tests.builders import AT, BSUID, PHONE_NUMBER_ID, WA_ID, text_message, value, webhook_body
from tests.house import House

LANE = (PHONE_NUMBER_ID, contact_id(PHONE_NUMBER_ID, "bsuid", BSUID))
ECHOED = {
    "id": "wamid.echo",
    "to": WA_ID,
    "to_user_id": BSUID,
    "timestamp": str(AT),
    "type": "text",
    "text": {"body": "Typed on the phone"},
}


@pytest.fixture
def house() -> Iterator[House]:
    with mock_aws():
        yield House()


def take(house: House, field: str, **content: Any) -> None:
    metadata = value()
    assert house.post(webhook_body({**metadata, **content}, field=field)) == 200
    house.work()


def log(house: House) -> list[LogLine]:
    return [one.line for one in house.conversations.messages(*LANE, 50, None)[0]][::-1]


def shown(house: House) -> Summary:
    summary = house.conversations.summary(*LANE)
    assert summary is not None
    return summary


@pytest.mark.parametrize(
    ("field", "content", "direction", "kind"),
    [
        ("smb_message_echoes", {"message_echoes": [ECHOED]}, "out", "echo"),
        ("standby", {"standby": {"messages": [text_message()]}}, "in", "standby"),
        ("standby", {"standby": {"message_echoes": [ECHOED]}}, "out", "echo"),
        (
            "calls",
            {"calls": [{"id": "wacid.1", "from_user_id": BSUID, "event": "connect"}]},
            "in",
            "call",
        ),
    ],
)
def test_it_is_logged_and_the_bot_is_silent(
    field: str, content: JsonObject, direction: str, kind: str, house: House
) -> None:
    take(house, field, **content)
    (line,) = log(house)
    assert (line.direction, line.kind) == (direction, kind)
    assert house.sqs.sent["outbound"] == []
    assert shown(house).last["direction"] == direction


def test_an_echo_comes_twice_and_is_logged_once(house: House) -> None:
    for _ in range(2):
        take(house, "smb_message_echoes", message_echoes=[ECHOED])
    assert len(log(house)) == 1


def history(*messages: JsonObject) -> JsonObject:
    context = {"wa_id": WA_ID, "user_id": BSUID}
    return {"history": [{"threads": [{"id": WA_ID, "context": context, "messages": messages}]}]}


def old(number: int, **sides: str) -> JsonObject:
    message = text_message(f"old {number}", id_=f"wamid.old.{number}", at=AT - 9000 + number)
    return {**message, **sides}


def test_history_is_logged_uncounted_and_leaves_the_inbox_as_it_is(house: House) -> None:
    assert house.post(webhook_body(value(messages=[text_message("now")]))) == 200
    house.work()
    before = shown(house)
    take(house, "history", **history(old(1), old(2, to=WA_ID)))
    lines = log(house)[-2:]
    assert [(line.direction, line.kind) for line in lines] == [
        ("in", "history"),
        ("out", "history_echo"),
    ]
    assert (shown(house).last, shown(house).last_at) == (before.last, before.last_at)
    items = house.dynamodb.scan(TableName="conversations")["Items"]
    assert sum("history" in item for item in items) == 2


def test_history_of_a_new_conversation_is_shown_in_the_inbox(house: House) -> None:
    take(house, "history", **history(old(1)))
    assert shown(house).last["text"] == "old 1"
    assert house.sqs.sent["outbound"] == []


def test_a_wish_changes_the_contact_and_is_no_line_of_the_log(house: House) -> None:
    wish = {"user_id": BSUID, "category": "marketing_messages", "value": "stop", "timestamp": AT}
    take(house, "user_preferences", user_preferences=[wish])
    opened = house.conversations.open(*LANE)
    (handover,) = opened.conversation.outbox
    assert handover.said is None
    wished = {"op": "opt", "kind": "marketing", "state": "out", "source": "whatsapp"}
    assert [effect["kind"] for effect in handover.effects] == ["contact", "contact"]
    assert {"kind": "contact", "change": wished} in handover.effects
    assert log(house) == []
