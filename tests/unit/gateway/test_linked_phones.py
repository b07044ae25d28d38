"""Linked phones, from the post of `baileys-api` to the queues, and from a send to its receipts."""

from __future__ import annotations

import json

import pytest

from gateway.linked_webhook import ECHO_SECONDS
from shared.channels.baileys.service import ServiceRefusedError, ServiceUnreachableError
from shared.events import ECHO, MESSAGE, from_body
from shared.fifo_batch import NotYetError
from shared.store.channels import (
    CONNECTED,
    DISCONNECTED,
    NEEDS_ATTENTION,
)
from shared.store.directory import Directory
from tests.builders import sqs_record
from tests.unit.channels.test_baileys_connection import OPEN, QR, update
from tests.unit.channels.test_baileys_reading import upsert
from tests.unit.gateway.gateway_parts import CONTACT
from tests.unit.gateway.linked_world import Case

# The connection.


def test_scanning_the_code_connects_the_channel(case: Case) -> None:
    case.hears(update(QR, epoch=1))
    known = case.connections.get(case.channel)
    assert known is not None
    assert known.qr == QR["qrDataUrl"]
    assert case.store.get(case.channel).state == NEEDS_ATTENTION
    case.hears(update(OPEN, epoch=1))
    assert case.store.get(case.channel).state == CONNECTED
    assert case.letters.sent == []


def test_what_an_older_attempt_says_changes_nothing(case: Case) -> None:
    """A warm function knows its token for a minute; what it brings is of another attempt then."""
    assert case.posts(update(OPEN)) == 200
    case.connect("token of the next attempt")
    assert case.posts(update(OPEN)) == 200
    case.apply()
    assert case.store.get(case.channel).state == NEEDS_ATTENTION
    assert case.posts(update(OPEN), "token of the next attempt") == 200
    case.clock.advance(61)
    assert case.posts(update(OPEN)) == 401
    case.apply()
    assert case.store.get(case.channel).state == CONNECTED


@pytest.mark.parametrize("token", ["", "wrong", "tøken"])
def test_anybody_elses_post_is_refused(case: Case, token: str) -> None:
    assert case.posts(upsert({"conversation": "Hi"}), token) == 401
    assert dict(case.sqs.sent) == {}


def test_what_is_no_body_is_refused(case: Case) -> None:
    place = {"pathParameters": {"channel_id": case.channel}}
    assert case.webhook.handle({**place, "body": "{"})["statusCode"] == 400
    assert case.webhook.handle({**place, "body": "[]"})["statusCode"] == 400


def test_a_number_of_metas_has_no_such_address(case: Case) -> None:
    event = {"pathParameters": {"channel_id": "77000001"}, "body": '{"webhookVerifyToken": ""}'}
    assert case.webhook.handle(event)["statusCode"] == 401


def test_an_unlinked_phone_is_held_and_its_owners_are_told_once(opened: Case) -> None:
    closed = {"connection": "close", "lastDisconnect": {"error": {"output": {"statusCode": 401}}}}
    opened.hears(update(closed, epoch=1))
    opened.hears(update(closed, epoch=1))
    channel = opened.store.get(opened.channel)
    assert channel.state == NEEDS_ATTENTION
    assert "unlinked" in channel.reason
    assert [letter.to for letter in opened.letters.sent] == ["ana@kabar.test"]


def test_a_ban_signal_holds_what_is_to_be_sent_until_it_is_over(opened: Case) -> None:
    restricted = {"status": 0, "messageStubParameters": ["463"]}
    update_ = {"key": {"id": "3EB0", "fromMe": True}, "update": restricted}
    opened.hears({"event": "messages.update", "data": [update_]})
    assert "restricted" in opened.store.get(opened.channel).reason
    with pytest.raises(NotYetError, match="restricted"):
        opened.sends()
    assert opened.service.sent == {}
    assert len(opened.letters.sent) == 1
    opened.hears(update({"reachoutTimeLock": {"isActive": False}}))
    assert opened.store.get(opened.channel).state == CONNECTED


def test_a_number_that_nobody_scanned_may_be_connected_by_others(case: Case) -> None:
    unscanned = {"connection": "close", "lastDisconnect": {"error": {"output": {}}}}
    case.hears(update(unscanned, epoch=1))
    assert case.store.get(case.channel).state == DISCONNECTED
    assert Directory("directory", case.dynamodb).number(case.channel) is None


def test_a_late_event_of_an_older_epoch_changes_nothing(opened: Case) -> None:
    opened.hears(update({"connection": "reconnecting"}, epoch=2))
    opened.hears(update(OPEN, epoch=2))
    opened.hears(update({"connection": "close"}, epoch=1))
    assert opened.store.get(opened.channel).state == CONNECTED


# What comes in.


def test_a_message_goes_to_its_lane_at_once(opened: Case) -> None:
    assert opened.posts(upsert({"conversation": "Hello"})) == 200
    (entry,) = opened.sqs.sent["inbound"]
    lane = from_body(json.loads(entry["MessageBody"]))
    assert entry["MessageGroupId"] == f"{opened.channel}#{lane.contact}"
    assert [event.kind for event in lane.events] == [MESSAGE]


def test_a_queue_that_refuses_makes_the_service_try_again(opened: Case) -> None:
    opened.sqs.refuse = {opened.sqs.asked}
    assert opened.posts(upsert({"conversation": "Hello"})) == 500


def test_an_echo_of_ours_is_dropped_and_one_typed_on_the_phone_is_not(opened: Case) -> None:
    opened.sends()
    opened.posts(upsert({"conversation": "Hi"}, fromMe=True, id="3EB00"))
    opened.posts(upsert({"conversation": "Typed"}, fromMe=True, id="3EB0F"))
    assert opened.sqs.sent["inbound"] == []
    assert opened.run_late() == [ECHO_SECONDS] * 2
    (entry,) = opened.sqs.sent["inbound"]
    (event,) = from_body(json.loads(entry["MessageBody"])).events
    assert (event.kind, event.id) == (ECHO, "3EB0F")


# What goes out.


def test_a_message_is_sent_and_its_receipts_find_it(opened: Case) -> None:
    opened.sends()
    (sent,) = opened.service.sent.values()
    assert sent == {"phone": opened.phone, "jid": "62899@s.whatsapp.net", "text": "Hi"}
    read = {"key": {"id": "3EB00", "fromMe": True}, "update": {"status": 4}}
    opened.posts({"event": "messages.update", "data": [read], "awaitResponse": True})
    opened.run_late()
    (entry,) = opened.sqs.sent["receipts"]
    ((channel, status),) = json.loads(entry["MessageBody"])["statuses"]
    assert (channel, status["status"]) == (opened.channel, "read")
    assert status["biz_opaque_callback_data"] == f"kabar:1:{CONTACT}:1"


def test_a_receipt_before_the_answer_waits_for_it(opened: Case) -> None:
    read = {"key": {"id": "3EB00", "fromMe": True}, "update": {"status": 3}}
    opened.posts({"event": "messages.update", "data": [read]})
    opened.run_late()
    opened.sends()
    assert opened.run_late() == [60]
    assert len(opened.sqs.sent["receipts"]) == 1


def test_a_receipt_of_what_the_phone_sent_is_let_go(opened: Case) -> None:
    read = {"key": {"id": "3EB0FF", "fromMe": True}, "update": {"status": 3}}
    opened.posts({"event": "messages.update", "data": [read]})
    assert [opened.run_late() for _ in range(4)] == [[3], [60], [600], []]
    assert opened.sqs.sent["receipts"] == []


@pytest.mark.parametrize(
    "trouble",
    [
        ServiceUnreachableError("ReadTimeoutError"),
        ServiceRefusedError(500, "Message not sent"),
        ServiceRefusedError(409, "Message is already being processed"),
        ServiceRefusedError(404, "Phone number not connected"),
    ],
)
def test_a_lost_answer_costs_no_second_message(opened: Case, trouble: Exception) -> None:
    opened.service.script = [trouble]
    with pytest.raises(NotYetError):
        opened.sends()
    opened.clock.advance(20)
    opened.sends()
    assert len(opened.service.sent) == 1
    assert opened.state() == "sent"


def test_buttons_go_as_numbered_options(opened: Case) -> None:
    button = {"type": "reply", "reply": {"id": "tea", "title": "Tea"}}
    content = {"type": "button", "body": {"text": "Drink?"}, "action": {"buttons": [button]}}
    opened.sends(message={"type": "interactive", "interactive": content})
    (sent,) = opened.service.sent.values()
    assert sent["text"] == "Drink?\n\n1. Tea"


def test_a_reaction_and_a_quotation_name_whose_message_it_is(opened: Case) -> None:
    opened.sends()
    (ours,) = (f"3EB0{place}" for place in range(len(opened.service.sent)))
    for seq, (id_, is_ours) in enumerate((("3EB0FFAA", False), (ours, True)), start=2):
        key = {"id": id_, "remoteJid": "62899@s.whatsapp.net", "fromMe": is_ours}
        opened.sends(2 * seq, {"type": "reaction", "reaction": {"message_id": id_, "emoji": "👍"}})
        said = {"type": "text", "text": {"body": "That"}, "context": {"message_id": id_}}
        opened.sends(2 * seq + 1, said)
        reaction, quotation = list(opened.service.sent.values())[-2:]
        assert reaction["react"] == {"key": key, "text": "👍"}
        assert (quotation["text"], quotation["quotedMessage"]["key"]) == ("That", key)


def test_a_template_cannot_be_sent(opened: Case) -> None:
    template = {"name": "hello", "language": {"code": "en"}}
    opened.sends(message={"type": "template", "template": template})
    assert (opened.service.sent, opened.state()) == ({}, "failed")


def test_nobody_who_is_not_on_whatsapp_is_written_to(opened: Case) -> None:
    opened.service.missing.add("62899@s.whatsapp.net")
    opened.sends()
    assert (opened.service.sent, opened.state()) == ({}, "failed")
    opened.sends(2, open_until=opened.clock.ms)
    assert len(opened.service.sent) == 1


def test_messages_go_as_slowly_as_people_type(opened: Case) -> None:
    began = opened.clock.ms
    for seq in range(1, 4):
        opened.sends(seq)
    assert opened.clock.ms - began == 4000


def test_what_was_read_is_marked(opened: Case) -> None:
    effect = {"kind": "mark_read", "wamid": "3EB0", "to": {"wa_id": "62899"}, "typing": True}
    body = {"v": 1, "tenant": opened.tenant.id, "channel": opened.channel, "contact": CONTACT}
    opened.sender.run(sqs_record({**body, "effects": [effect]}))
    assert opened.service.read == ["3EB0", "typing"]
