"""Programs send: through the lanes, once, to whom they may; and learn what became of it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from gateway import place, sending
from gateway.api import handler
from gateway.app import api
from shared.api import app
from shared.channels.kinds import BAILEYS
from shared.contacts.record import ContactRecord, OptIn
from shared.events import MESSAGE, PROGRAM_MESSAGE
from shared.ids import new_id
from shared.json_types import JsonObject
from shared.lanes import Identity, contact_id
from shared.permissions import Permission
from shared.store.audit import Actor
from shared.store.contacts import Contacts
from shared.store.media_files import MediaFile, MediaFiles
from shared.store.templates import Template, Templates
from tests.api_events import api_event, authorized
from tests.builders import (
    PHONE_NUMBER_ID,
    status,
    text_message,
    value,
    webhook_body,
)
from tests.house import TENANT, House

HELLO: JsonObject = {"type": "template", "template": {"name": "hello", "language": {"code": "id"}}}
ANA, BUDI = "62811000111", "62811000222"
TEXT: JsonObject = {"type": "text", "text": {"body": "Pesanan siap"}}
TEMPLATE: JsonObject = {
    "type": "template",
    "template": {
        "name": "order_ready",
        "language": {"code": "id"},
        "components": [{"type": "body", "parameters": [{"type": "text", "text": "{{order}}"}]}],
    },
}


class Program:
    """With an API key of the workspace, and everything behind it."""

    def __init__(self) -> None:
        self.house = House()
        self.contacts = Contacts(TENANT, "contacts", self.house.dynamodb)

    def ask(self, method: str, path: str, body: object = None, key: str = "") -> Any:
        headers = {"idempotency-key": key} if key else {}
        caller = authorized(workspace_id=TENANT.id, user_id="", key_id="key1")
        event = api_event(method, f"/v1/{path}", body=body, headers=headers, caller=caller)
        answer = handler(event, None)
        return SimpleNamespace(http=answer["statusCode"], **json.loads(answer["body"]))

    def send(self, *to: JsonObject, message: JsonObject = TEXT, key: str = "", **more: Any) -> Any:
        body = {"message": message, "recipients": list(to), "channel_id": PHONE_NUMBER_ID, **more}
        return self.ask("POST", "messages", body, key)

    def sent(self, *to: JsonObject, **more: Any) -> Any:
        answer = self.send(*to, **more)
        assert answer.http == 202, answer
        return answer

    def run(self) -> None:
        self.house.work()
        self.house.send()

    def hears_from(self, wa_id: str) -> None:
        """So that their window is open."""
        message = text_message("Halo", id_=f"wamid.{new_id()}", wa_id=wa_id, bsuid=None)
        message["timestamp"] = str(self.house.clock() // 1000)
        contact = {"profile": {"name": "Ana"}, "wa_id": wa_id}
        self.house.post(webhook_body(value(messages=[message], contacts=[contact])))
        self.run()
        self.house.meta.accepted.clear()

    def knows(self, phone: str, **more: Any) -> str:
        record = ContactRecord(id="", **more).with_phone(f"+{phone}")
        return self.contacts.create(record, 1).id

    def has_template(self, category: str = "UTILITY", state: str = "APPROVED") -> None:
        body = {"type": "BODY", "text": "Pesanan {{1}} siap."}
        template = Template("", "order_ready", "id", "1", category, state, [body])
        store = Templates(TENANT, "workspaces", self.house.dynamodb)
        store.put(template, by=Actor("u", "u"), action="template.created")

    def accepted(self) -> list[tuple[str, str]]:
        """What Meta took: to whom, and its words."""
        return [(one["to"], json.dumps(one[one["type"]])) for one in self.house.meta.accepted]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    with mock_aws():
        program = Program()
        clients = {"dynamodb": program.house.dynamodb, "s3": boto3.client("s3")}
        monkeypatch.setattr(place, "client_for", lambda tenant, service: clients[service])
        monkeypatch.setattr(app, "client_for", lambda tenant, service: clients[service])
        monkeypatch.setattr(place, "client", lambda service: program.house.sqs)
        names = ("conversations", "inspection", "usage", "workspaces", "directory", "contacts")
        tables = (*names, "campaigns")
        settings = place.Settings("requests", "role", *tables, "media", "inbound")
        monkeypatch.setattr(place, "settings", lambda: settings)
        monkeypatch.setattr(api, "_settings", lambda: settings)
        monkeypatch.setattr(sending, "now_ms", program.house.clock)
        yield program


def codes(answer: Any) -> list[str | None]:
    return [one["refusal"] and one["refusal"]["code"] for one in answer.items]


def test_three_people_one_of_whom_is_refused(program: Program) -> None:
    program.hears_from(ANA)
    program.hears_from(BUDI)
    answer = program.sent(
        {"phone": f"+{ANA}"}, {"phone": "+62 811-000-222"}, {"phone": "+62899999"}
    )
    assert codes(answer) == [None, None, "window_closed"]
    assert (answer.accepted, answer.refused) == (2, 1)
    program.run()
    assert [to for to, _ in program.accepted()] == [ANA, BUDI]
    for one in answer.items[:2]:
        known = program.ask("GET", f"messages/{one['id']}")
        assert known.status == "sent"
        assert known.wamid.startswith("wamid.")


def test_a_message_is_followed_by_its_id_from_the_queue_to_the_phone(program: Program) -> None:
    program.hears_from(ANA)
    (item,) = program.sent({"phone": f"+{ANA}"}).items
    queued = program.ask("GET", f"messages/{item['id']}")
    assert (queued.status, queued.wamid, queued.message_id) == ("queued", None, None)
    program.run()
    sent = program.ask("GET", f"messages/{item['id']}")
    payload = program.house.meta.accepted[0]
    told = status("delivered", callback=payload["biz_opaque_callback_data"], id=sent.wamid)
    program.house.post(webhook_body(value(statuses=[told])))
    program.house.receipts.run(list(program.house.take("receipts")))
    delivered = program.ask("GET", f"messages/{item['id']}")
    assert delivered.status == "delivered"
    assert delivered.conversation_id == item["conversation_id"]
    channel, _, contact = delivered.conversation_id.partition(".")
    messages, _ = program.house.conversations.messages(channel, contact, 1, None)
    assert str(messages[0].line.seq) == delivered.message_id
    assert messages[0].line.message == TEXT


def test_the_same_key_sends_once_however_often_it_is_asked(program: Program) -> None:
    program.hears_from(ANA)
    first = program.sent({"phone": f"+{ANA}"}, key="order-1")
    assert program.sent({"phone": f"+{ANA}"}, key="order-1").items == first.items
    # As after a function that died before its answer was kept: the queue has forgotten, too.
    program.house.dynamodb.delete_item(
        TableName="requests",
        Key={"pk": {"S": f"{TENANT.id}#IDEMPOTENCY"}, "sk": {"S": "KEY#key1#order-1"}},
    )
    program.run()
    program.house.sqs.forget_duplicates()
    again = program.sent({"phone": f"+{ANA}"}, key="order-1")
    assert again.items == first.items
    program.run()
    assert len(program.accepted()) == 1
    other = program.sent({"phone": f"+{ANA}"}, key="order-2")
    assert other.items != first.items
    program.run()
    assert len(program.accepted()) == 2


def test_somebody_new_gets_a_conversation_and_a_template(program: Program) -> None:
    program.has_template()
    answer = program.sent({"phone": f"+{ANA}", "variables": {"order": "1001"}}, message=TEMPLATE)
    lane = contact_id(PHONE_NUMBER_ID, "wa_id", ANA)
    assert answer.items[0]["conversation_id"] == f"{PHONE_NUMBER_ID}.{lane}"
    program.run()
    ((to, words),) = program.accepted()
    assert to == ANA
    assert '"1001"' in words
    summary = program.house.conversations.summary(PHONE_NUMBER_ID, lane)
    assert summary is not None
    assert summary.contact.wa_id == ANA


def test_whoever_answers_goes_on_answering(program: Program) -> None:
    program.hears_from(ANA)
    before = program.house.conversations.open(
        PHONE_NUMBER_ID, contact_id(PHONE_NUMBER_ID, "wa_id", ANA)
    ).conversation
    program.sent({"phone": f"+{ANA}"})
    program.run()
    after = program.house.conversations.open(PHONE_NUMBER_ID, before.contact.id).conversation
    assert after.handling.taken is None
    assert after.session == before.session


def test_contacts_and_conversations_are_found_where_they_are(program: Program) -> None:
    program.hears_from(ANA)
    lane = contact_id(PHONE_NUMBER_ID, "wa_id", ANA)
    place_ = f"{PHONE_NUMBER_ID}.{lane}"
    known = program.knows(BUDI, conversations=(place_,))
    answer = program.sent({"contact_id": known}, {"conversation_id": place_})
    assert answer.items[0]["conversation_id"] == place_
    assert codes(answer) == [None, "repeated"]
    program.run()
    assert [to for to, _ in program.accepted()] == [ANA]


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ({"phone": "0811"}, "number_invalid"),
        ({"phone": "hello"}, "number_invalid"),
        ({"contact_id": "nobody"}, "contact_unknown"),
        ({"conversation_id": f"{PHONE_NUMBER_ID}.nobody"}, "conversation_unknown"),
        ({"conversation_id": "999.nobody"}, "conversation_unknown"),
        ({"conversation_id": "nonsense"}, "conversation_unknown"),
        ({"phone": f"+{ANA}"}, "window_closed"),
    ],
)
def test_who_cannot_be_sent_to_is_told_with_a_code(
    program: Program, to: JsonObject, code: str
) -> None:
    answer = program.sent(to)
    assert codes(answer) == [code]
    assert answer.items[0]["id"] is None
    assert answer.items[0]["refusal"]["detail"]
    program.run()
    assert program.accepted() == []


def test_a_person_is_written_to_by_whatsapps_own_id(program: Program) -> None:
    known = program.contacts.create(
        ContactRecord("", name="Citra", identities=(Identity("bsuid", "ID.777"),)), 1
    )
    answer = program.sent({"user_id": "ID.888"}, {"contact_id": known.id}, message=HELLO)
    assert [one["refusal"] for one in answer.items] == [None, None]
    program.run()
    sent = program.house.meta.accepted
    assert {one.get("recipient") for one in sent} == {"ID.888", "ID.777"}
    assert not any("to" in one for one in sent)
    again = program.sent({"user_id": "ID.777"}, {"contact_id": known.id}, message=HELLO)
    assert [one["refusal"] and one["refusal"]["code"] for one in again.items] == [None, "repeated"]


@pytest.mark.parametrize("user_id", ["62811000111", "id.1", "ID.", "ID.a b"])
def test_what_is_no_user_id_is_refused(program: Program, user_id: str) -> None:
    assert program.send({"user_id": user_id}).http == 400


def test_a_contact_without_a_number_cannot_be_written_to(program: Program) -> None:
    nameless = program.contacts.create(ContactRecord(id="", name="Ana"), 1).id
    assert codes(program.sent({"contact_id": nameless})) == ["contact_has_no_number"]


@pytest.mark.parametrize(
    ("category", "code"),
    [("MARKETING", "opted_out"), ("UTILITY", None), (None, "opted_out")],
)
def test_an_opt_out_counts_for_its_kind_of_template(
    program: Program, category: str | None, code: str | None
) -> None:
    if category:
        program.has_template(category)
    opts = {"marketing": OptIn("out", "chat", 1)}
    to = {"contact_id": program.knows(ANA, opt_ins=opts), "variables": {"order": "1"}}
    assert codes(program.sent(to, message=TEMPLATE)) == [code]


def test_who_is_blocked_gets_nothing(program: Program) -> None:
    program.has_template()
    to = {"contact_id": program.knows(ANA, blocked=True), "variables": {"order": "1"}}
    assert codes(program.sent(to, message=TEMPLATE)) == ["blocked"]


def test_each_recipient_brings_what_the_message_wants(program: Program) -> None:
    program.has_template()
    answer = program.sent(
        {"phone": f"+{ANA}", "variables": {"name": "Ana"}},
        {"phone": f"+{BUDI}", "variables": {"order": " "}},
        message=TEMPLATE,
    )
    assert codes(answer) == ["variable_missing", "message_invalid"]
    assert "order" in answer.items[0]["refusal"]["detail"]
    assert "message.template.components" in answer.items[1]["refusal"]["detail"]


def test_what_is_wrong_for_everybody_is_refused_by_field(program: Program) -> None:
    empty = {"type": "text", "text": {"body": ""}}
    wrong = program.send({"phone": f"+{ANA}"}, message=empty)
    assert (wrong.http, wrong.errors[0]["field"]) == (400, "message.text.body")
    image = {"type": "image", "image": {"id": "media_none"}}
    wrong = program.send({"phone": f"+{ANA}"}, message=image)
    assert wrong.errors == [
        {"field": "message.image.id", "message": "names no file of this workspace"}
    ]
    program.has_template(state="PAUSED")
    wrong = program.send({"phone": f"+{ANA}"}, message=TEMPLATE)
    assert ("message.template.name", "is PAUSED at WhatsApp") in [
        (one["field"], one["message"]) for one in wrong.errors
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"recipients": []},
        {"recipients": [{"phone": "+62811"}] * 1001},
        {"recipients": [{}]},
        {"recipients": [{"phone": "+62811", "contact_id": "x"}]},
        {"recipients": [{"phone": "+62811", "variables": {"a b": "x"}}]},
        {"recipients": [{"phone": "+62811"}], "more": 1},
    ],
)
def test_a_request_of_another_shape_is_refused(program: Program, body: JsonObject) -> None:
    answer = program.ask("POST", "messages", {"message": TEXT, **body})
    assert (answer.http, answer.type) == (400, "urn:kabar:problem:invalid-input")


def test_the_channel_is_named_or_the_only_one(program: Program) -> None:
    unclear = program.send({"phone": f"+{ANA}"}, channel_id=None)
    assert (unclear.http, unclear.type) == (400, "urn:kabar:problem:channel-unclear")
    unknown = program.send({"phone": f"+{ANA}"}, channel_id="999")
    assert (unknown.http, unknown.type) == (404, "urn:kabar:problem:channel-not-found")


def test_a_linked_phone_writes_to_one_person_a_request(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = place.number(TENANT, PHONE_NUMBER_ID)
    assert number is not None
    linked = dataclasses.replace(number, phone_number_id="wa62811", kind=BAILEYS)
    monkeypatch.setattr(place, "number", lambda *_: linked)
    answer = program.send({"phone": f"+{ANA}"}, {"phone": f"+{BUDI}"})
    assert (answer.http, answer.type) == (400, "urn:kabar:problem:not-in-bulk")
    # Nobody has written, and such a channel has no window that would be closed.
    assert codes(program.sent({"phone": f"+{ANA}"})) == [None]
    assert codes(program.sent({"user_id": "ID.888"})) == ["number_needed"]


def test_a_thousand_go_in_one_request(program: Program) -> None:
    program.has_template()
    people = [f"+6281{n:08d}" for n in range(1000)]
    to = [{"phone": one, "variables": {"order": str(n)}} for n, one in enumerate(people)]
    answer = program.sent(*to, message=TEMPLATE)
    assert (answer.accepted, answer.refused) == (1000, 0)
    queued = program.house.sqs.sent["inbound"]
    events = [json.loads(one["MessageBody"])["events"][0] for one in queued]
    assert len({event["id"] for event in events}) == 1000
    assert {event["kind"] for event in events} == {PROGRAM_MESSAGE}
    assert MESSAGE not in {event["kind"] for event in events}
    known = program.ask("GET", f"messages/{answer.items[999]['id']}")
    assert known.status == "queued"


@pytest.mark.parametrize(
    "id_", ["msg_none_0", "msg_", "x", "msg_a_b", "msg__1", "none", "msg_a_99999999999"]
)
def test_a_message_that_nobody_asked_for_is_not_there(program: Program, id_: str) -> None:
    answer = program.ask("GET", f"messages/{id_}")
    assert (answer.http, answer.type) == (404, "urn:kabar:problem:message-not-found")


def test_one_who_was_refused_has_no_message(program: Program) -> None:
    program.hears_from(ANA)
    answer = program.sent({"phone": "0811"}, {"phone": f"+{ANA}"})
    refused = answer.items[1]["id"].removesuffix("_1") + "_0"
    assert program.ask("GET", f"messages/{refused}").http == 404


def test_reading_is_not_sending(program: Program) -> None:
    caller = authorized(workspace_id=TENANT.id, permissions=[Permission.READ_CONVERSATIONS])
    body = {"message": TEXT, "recipients": [{"phone": f"+{ANA}"}]}
    answer = handler(api_event("POST", "/v1/messages", body=body, caller=caller), None)
    assert answer["statusCode"] == 403


def test_a_file_of_the_workspace_is_sent_by_its_id(program: Program) -> None:
    program.hears_from(ANA)
    files = MediaFiles(TENANT, "workspaces", "usage", program.house.dynamodb)
    files.create(MediaFile("media_menu", "menu.png", "image/png", 1, "ready", size=10))
    image = {"type": "image", "image": {"id": "media_menu"}}
    assert codes(program.sent({"phone": f"+{ANA}"}, message=image)) == [None]
    video = {"type": "video", "video": {"id": "media_menu"}}
    wrong = program.send({"phone": f"+{ANA}"}, message=video)
    assert wrong.errors[0]["field"] == "message.video.id"
