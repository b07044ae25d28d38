"""A workspace with a linked phone, the service that holds it, and all that lies between."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from gateway.linked_phones import LinkedPhones
from gateway.linked_receipts import LinkedReceipts
from gateway.linked_receipts import Settings as ReceiptsSettings
from gateway.linked_webhook import LinkedWebhook
from gateway.linked_webhook import Settings as WebhookSettings
from shared.channels.baileys.connection import SCAN, Connection, attempt_of
from shared.channels.baileys.jids import channel_id
from shared.channels.kinds import BAILEYS
from shared.json_types import JsonObject
from shared.media.library import Library
from shared.numbers import Numbers
from shared.store.audit import Actor
from shared.store.channels import (
    NEEDS_ATTENTION,
    Channel,
    Channels,
    Secrets,
)
from shared.store.connections import Connections
from shared.store.deliveries import Deliveries
from shared.store.directory import Directory
from shared.store.media_files import READY, MediaFile, MediaFiles, file_path
from shared.store.members import Member, joining
from shared.store.sent_ids import SentIds
from shared.store.tables import Tables
from shared.store.tenant_files import TenantFiles
from shared.store.transactions import commit
from shared.tenancy import Tenant
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeCloudApi, FakeS3, FakeSqs
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
        service: Any = self.service
        linked = LinkedPhones(
            service, self.sent_ids, lambda _: self.library.records, lambda _: self.library.objects
        )
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
