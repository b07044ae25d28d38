"""Linked phones, from the post of `baileys-api` to the queues, and from a send to its receipts."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest

from gateway.fetching import fetch
from gateway.linked_phones import LinkedPhones
from gateway.linked_receipts import LinkedReceipts
from gateway.linked_receipts import Settings as ReceiptsSettings
from gateway.linked_webhook import ECHO_SECONDS, LinkedWebhook
from gateway.linked_webhook import Settings as WebhookSettings
from shared.channels.baileys.connection import SCAN, Connection, attempt_of
from shared.channels.baileys.files import LinkedFiles
from shared.channels.baileys.jids import channel_id
from shared.channels.baileys.service import ServiceRefusedError, ServiceUnreachableError
from shared.channels.graph_media import TransferBrokenError
from shared.channels.kinds import BAILEYS
from shared.events import ECHO, MESSAGE, from_body
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.media.kinds import LARGEST_OVER_LINKED_PHONES
from shared.media.library import Library
from shared.numbers import Numbers
from shared.store.audit import Actor
from shared.store.channels import (
    CONNECTED,
    DISCONNECTED,
    NEEDS_ATTENTION,
    Channel,
    Channels,
    Secrets,
)
from shared.store.connections import Connections
from shared.store.deliveries import Deliveries
from shared.store.directory import Directory
from shared.store.media_files import READY, WAITING, MediaFile, MediaFiles, file_path
from shared.store.members import Member, joining
from shared.store.sent_ids import SentIds
from shared.store.tables import Tables
from shared.store.tenant_files import TenantFiles
from shared.store.transactions import commit
from shared.tenancy import Tenant
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeCloudApi, FakeS3, FakeSqs
from tests.unit.channels.test_baileys_connection import OPEN, QR, update
from tests.unit.channels.test_baileys_reading import upsert
from tests.unit.gateway.gateway_parts import CONTACT, sender_with
from tests.unit.gateway.test_account_events import worker
from tests.unit.gateway.test_channel_attention import Letters

TABLES = Tables("workspaces", "directory", "usage")
BY = Actor("user-ana", "ana@kabar.test")
TOKEN = "token-of-the-attempt"
_phones = itertools.count(628_110_001)


@dataclass
class FakeService:
    """Follows a script of errors, then takes everything; the same key is answered the same."""

    script: list[Exception] = field(default_factory=list)
    sent: dict[str, JsonObject] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)

    def send(self, phone: str, jid: str, content: JsonObject, idempotency: str) -> str:
        self.sent.setdefault(idempotency, {"phone": phone, "jid": jid, **content})
        if self.script:
            raise self.script.pop(0)
        return f"3EB0{list(self.sent).index(idempotency)}"

    def is_on_whatsapp(self, phone: str, jid: str) -> bool:
        return jid not in self.missing

    def mark_read(self, phone: str, jid: str, message_id: str) -> None:
        self.read.append(message_id)

    def show_typing(self, phone: str, jid: str) -> None:
        self.read.append("typing")


class Case:
    def __init__(self, dynamodb: Any) -> None:
        self.dynamodb = dynamodb
        self.phone = f"+{next(_phones)}"
        self.channel = channel_id(self.phone)
        self.tenant = Tenant(f"ws_{self.channel}")
        self.store = Channels(self.tenant, "workspaces", "directory", dynamodb)
        self.connections = Connections(self.tenant, "workspaces", dynamodb)
        commit(dynamodb, joining(self.tenant, TABLES, Member("ana", "ana@kabar.test", "owner", 0)))
        self.connect(TOKEN)
        self.clock, self.letters, self.service = FakeClock(), Letters(), FakeService()
        self.sqs, self.files = FakeSqs(clock=self.clock), FakeS3()
        records = MediaFiles(self.tenant, "workspaces", "usage", dynamodb)
        self.library = Library(records, TenantFiles(self.tenant, "media", self.files))
        self.sent_ids = SentIds("requests", dynamodb, self.clock)
        directory = Directory("directory", dynamodb)
        self.webhook = LinkedWebhook(
            WebhookSettings("inbound", "receipts", "account", "late", "bucket", "directory"),
            directory,
            Numbers(directory, self.clock),
            self.sqs,
            FakeS3,
            self.clock,
        )
        self.receipts = LinkedReceipts(
            ReceiptsSettings("directory", "requests", "inbound", "receipts", "late"),
            Numbers(directory, self.clock),
            self.sent_ids,
            self.sqs,
            self.clock,
        )
        sender = sender_with(dynamodb, self.sqs, FakeCloudApi(), self.clock)
        linked = LinkedPhones(self.service, self.sent_ids, lambda _: self.library)  # type: ignore[arg-type]
        self.sender = replace(sender, linked=linked)

    def connect(self, token: str) -> None:
        digest = sha256(token.encode()).hexdigest()
        made = Channel(self.channel, BAILEYS, "", self.phone, "Toko", "menu")
        waiting = replace(made, state=NEEDS_ATTENTION, reason=SCAN)
        self.store.connect(waiting, Secrets(webhook_hash=digest), by=BY, at=1)
        self.connections.begin(self.channel, Connection(attempt_of(digest)))

    def posts(self, body: JsonObject, token: str = TOKEN) -> int:
        event = {
            "pathParameters": {"channel_id": self.channel},
            "body": json.dumps({**body, "webhookVerifyToken": token}),
        }
        return int(self.webhook.handle(event)["statusCode"])

    def hears(self, body: JsonObject) -> None:
        """Something about the connection, through to the channel."""
        assert self.posts(body) == 200
        self.apply()

    def apply(self) -> None:
        for entry in self.sqs.sent.pop("account", []):
            record = sqs_record(json.loads(entry["MessageBody"]))
            worker(self.dynamodb, mail=self.letters).run(record)

    def run_late(self) -> list[int]:
        """What waits for ids; answers how long each had waited."""
        entries = self.sqs.sent.pop("late", [])
        for entry in entries:
            self.receipts.run(sqs_record(json.loads(entry["MessageBody"])))
        return [entry["DelaySeconds"] for entry in entries]

    def sends(self, seq: int = 1, message: JsonObject | None = None, **envelope: Any) -> None:
        effect = {
            "kind": "send",
            "seq": seq,
            "to": {"wa_id": "62899"},
            "message": message or {"type": "text", "text": {"body": "Hi"}},
        }
        body = {"v": 1, "tenant": self.tenant.id, "channel": self.channel, "contact": CONTACT}
        self.sender.run(sqs_record({**body, **envelope, "effects": [effect]}))

    def has_file(self, mime_type: str, *, state: str = READY, size: int = 5) -> str:
        """A file for messages, by its id; its bytes are "hello"."""
        id_ = f"media_{mime_type.replace('/', '')}"
        self.library.records.create(MediaFile(id_, "menu", mime_type, 1, state, size=size))
        self.library.objects.write(file_path(id_), b"hello", mime_type)
        return id_

    def state(self, seq: int = 1) -> str:
        deliveries = Deliveries(self.tenant, "conversations", self.dynamodb)
        key = deliveries._key(self.channel, CONTACT, seq)
        item = self.dynamodb.get_item(TableName="conversations", Key=key)["Item"]
        return str(item["state"]["S"])


@pytest.fixture
def case(dynamodb: Any) -> Case:
    return Case(dynamodb)


@pytest.fixture
def opened(case: Case) -> Case:
    case.hears(update(OPEN, epoch=1))
    return case


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


@pytest.mark.parametrize(
    ("mime_type", "kind", "more", "told"),
    [
        ("image/png", "image", {"caption": "Menu"}, {"caption": "Menu"}),
        ("video/mp4", "video", {}, {}),
        ("audio/ogg", "audio", {"voice": True}, {"ptt": True}),
        ("application/pdf", "document", {"filename": "menu.pdf"}, {"fileName": "menu.pdf"}),
    ],
)
def test_a_file_is_sent_as_its_bytes(
    opened: Case, mime_type: str, kind: str, more: JsonObject, told: JsonObject
) -> None:
    named = {"id": opened.has_file(mime_type), **more}
    opened.sends(message={"type": kind, kind: named})
    (sent,) = opened.service.sent.values()
    assert sent == {
        "phone": opened.phone,
        "jid": "62899@s.whatsapp.net",
        kind: "aGVsbG8=",
        "mimetype": mime_type,
        **told,
    }
    assert opened.state() == "sent"


def test_buttons_below_a_picture_go_as_its_caption(opened: Case) -> None:
    picture = {"type": "image", "image": {"id": opened.has_file("image/png")}}
    button = {"type": "reply", "reply": {"id": "tea", "title": "Tea"}}
    content = {"type": "button", "header": picture, "body": {"text": "Drink?"}}
    offered = {**content, "action": {"buttons": [button]}}
    opened.sends(message={"type": "interactive", "interactive": offered})
    (sent,) = opened.service.sent.values()
    assert (sent["image"], sent["caption"]) == ("aGVsbG8=", "Drink?\n\n1. Tea")


def test_a_file_that_cannot_be_sent_fails_its_message_with_words(opened: Case) -> None:
    large = opened.has_file("application/pdf", size=LARGEST_OVER_LINKED_PHONES + 1)
    waiting = opened.has_file("image/png", state=WAITING)
    wrong = (
        (large, "16,777,217 bytes"),
        (waiting, "never uploaded"),
        ("media_none", "not there"),
        ("700000000000001", "kept by Meta"),
    )
    for seq, (id_, words) in enumerate(wrong, start=1):
        opened.sends(seq, {"type": "document", "document": {"id": id_}})
        letter = json.loads(opened.sqs.sent["dead"][-1]["MessageBody"])
        assert (opened.state(seq), words in letter["reason"]) == ("failed", True), letter
    assert opened.service.sent == {}


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


# Files.


@dataclass
class Shelf:
    """A service that fails so often, and then has the file."""

    failures: int
    bytes_: bytes = b"\x89PNG\r\n\x1a\n" + bytes(64)

    def file(self, message_id: str) -> bytes:
        assert message_id == "3EB0"
        if self.failures:
            self.failures -= 1
            raise ServiceUnreachableError("ReadTimeoutError")
        return self.bytes_


def test_a_file_is_fetched_by_its_messages_id_in_spite_of_breaks() -> None:
    into = BytesIO()
    fetched = fetch(LinkedFiles(Shelf(2)), "3EB0", "", into)  # type: ignore[arg-type]
    assert (fetched.mime_type, into.getvalue()) == ("image/png", Shelf(0).bytes_)


def test_a_file_that_never_comes_is_told() -> None:
    with pytest.raises(TransferBrokenError):
        fetch(LinkedFiles(Shelf(9)), "3EB0", "", BytesIO())  # type: ignore[arg-type]
