"""What customers say after a campaign's message, and what the campaign learns of it."""

from __future__ import annotations

from typing import Any

import pytest

from flow.campaign_replies import REPLY_WINDOW_MS, answered, sent, with_answer
from shared.conversation import short_hash
from shared.events import CAMPAIGN_SENT
from shared.json_types import JsonObject
from shared.opt_words import OPT_WORDS
from shared.store.recipient_items import Recipient
from shared.store.recipients import Recipients
from shared.store.tallies import Tallies
from tests.unit.flow.test_conversations import flow, lane, text
from tests.unit.flow.whole_lane import Lane

SALE = sent("sale", "0-1", "wamid.sale", 1000)
NEWS = sent("news", "0-2", "wamid.news", 2000)
MESSAGE: JsonObject = {"type": "template", "template": {"name": "sale"}}


def quoting(wamid: str) -> JsonObject:
    return {"type": "text", "text": {"body": "ok"}, "context": {"id": wamid}}


def test_the_message_that_is_quoted_is_answered_however_old() -> None:
    later = 1000 + 2 * REPLY_WINDOW_MS
    assert answered((SALE, NEWS), quoting("wamid.sale"), later) == SALE


def test_who_quotes_something_else_answers_no_campaign() -> None:
    assert answered((SALE, NEWS), quoting("wamid.other"), 3000) is None


@pytest.mark.parametrize(
    ("at", "campaign"),
    [
        (999, None),
        (1500, SALE),
        (3000, NEWS),
        (1000 + REPLY_WINDOW_MS, NEWS),
        (2000 + REPLY_WINDOW_MS, NEWS),
        (2001 + REPLY_WINDOW_MS, None),
    ],
)
def test_without_a_quote_the_newest_within_the_window(at: int, campaign: JsonObject | None) -> None:
    assert answered((SALE, NEWS), {"type": "text"}, at) == campaign


def test_only_the_answered_one_is_marked() -> None:
    assert [one.get("replied") for one in with_answer((SALE, NEWS), NEWS)] == [None, True]


def _lane(dynamodb: Any, **flows: Any) -> Lane:
    one = lane(dynamodb, flow(text("a", "Menu")), **flows).says("halo")
    recipients = [Recipient(0, 1, one.contact, since=1, state="sent")]
    store = _recipients(one)
    store.add(0, recipients)
    dynamodb.update_item(
        TableName="campaigns",
        Key={"pk": {"S": f"{one.world.tenant.id}#CAMPAIGN#sale#0000000"}, "sk": {"S": "001"}},
        UpdateExpression="SET since = :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )
    _tallies(one).begin(0, recipients)
    return one.happens(
        CAMPAIGN_SENT,
        "campaign:sale:0-1",
        campaign="sale",
        recipient="0-1",
        message=MESSAGE,
        wamid="wamid.sale",
    )


def _recipients(one: Lane) -> Recipients:
    return Recipients(one.world.tenant, "sale", "campaigns", one.world.dynamodb)


def _tallies(one: Lane) -> Tallies:
    return Tallies(one.world.tenant, "sale", "campaigns", one.world.dynamodb)


def _outcome(one: Lane) -> tuple[str, bool]:
    (found,) = _recipients(one).block(0)
    return found.state, found.opted_out


def test_the_first_answer_marks_the_recipient(dynamodb: Any) -> None:
    one = _lane(dynamodb).says("berapa harganya?")
    assert _outcome(one) == ("replied", False)
    one.says("halo?")
    assert one.sent() == ["Menu", "Menu", "Menu"]
    states = [kept.get("replied") for kept in one.conversation.handling.campaigns]
    assert states == [True]


def test_an_opt_out_is_an_answer_that_the_campaign_learns_of(dynamodb: Any) -> None:
    one = _lane(dynamodb).says("nanti ya", "STOP")
    assert _outcome(one) == ("replied", True)
    assert one.sent()[-1] == OPT_WORDS["en"].stopped


def test_a_reply_may_start_a_flow_and_the_next_message_does_not(dynamodb: Any) -> None:
    offer = flow(text("b", "About the sale"), triggers=[{"type": "campaign_reply"}])
    other = flow(
        text("c", "Never"), triggers=[{"type": "campaign_reply", "campaign_ids": ["another"]}]
    )
    one = _lane(dynamodb, offer=offer, other=other).says("ya", "ya dong")
    assert one.sent() == ["Menu", "About the sale", "Menu"]


def test_the_message_is_known_by_its_short_form() -> None:
    assert SALE["message"] == short_hash("wamid.sale")
    assert "message" not in sent("sale", "0-1", None, 1)
