"""The gateway's three workers on stand-ins, each with what it talked to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from gateway.meta_secrets import MetaSecretsCache
from gateway.pacing import Guard
from gateway.receipts import Receipts
from gateway.receipts import Settings as ReceiptsSettings
from gateway.sender import Sender
from gateway.sender import Settings as SenderSettings
from gateway.webhook import Queues, Webhook
from shared.channels.found import AccountChange
from shared.channels.webhook_bodies import read_account, read_lane, read_receipts
from shared.clock import now_ms
from shared.events import Event
from shared.json_types import JsonObject
from shared.numbers import Numbers
from shared.overflow import fetch
from shared.store.directory import Directory, Number
from shared.store.paces import Paces
from shared.usage.limits import Limits
from tests.builders import APP_SECRET
from tests.fakes import FakeClock, FakeS3, FakeSqs
from tests.house import attachments

VERIFY_TOKEN = "verify-token-of-tests"
WINDOW_SECONDS = 60.0
CONTACT = "abcdefghijklmnopqrstuvwx"
_numbers = count(1)


@dataclass
class Stage:
    """A webhook with its queues. `stored` is the secret's content, read anew when it is due."""

    sqs: FakeSqs = field(default_factory=FakeSqs)
    s3: FakeS3 = field(default_factory=FakeS3)
    clock: FakeClock = field(default_factory=FakeClock)
    stored: JsonObject = field(
        default_factory=lambda: {"app_secrets": [APP_SECRET], "verify_token": VERIFY_TOKEN}
    )
    secret_reads: int = 0

    @property
    def webhook(self) -> Webhook:
        cache = MetaSecretsCache(self._read_secret, self.clock)
        return Webhook(self.queues, cache, clock=self.clock)

    @property
    def queues(self) -> Queues:
        return Queues("inbound", "receipts", "account", "bucket", self.sqs, lambda: self.s3)

    def _read_secret(self) -> str:
        self.secret_reads += 1
        return json.dumps(self.stored)

    def events(self) -> list[tuple[str, str, Event]]:
        """Every queued event with its channel and contact, read as the flow worker reads."""
        found = []
        for entry in self.sqs.sent["inbound"]:
            lane = read_lane(fetch(entry["MessageBody"], lambda: self.s3, "bucket"))
            assert entry["MessageGroupId"] == f"{lane.channel}#{lane.contact}"
            found += [(lane.channel, lane.contact, event) for event in lane.events]
        return found

    def statuses(self) -> list[tuple[str, JsonObject]]:
        return [status for entry in self._receipts() for status in entry.statuses]

    def account(self) -> list[AccountChange]:
        bodies = [entry["MessageBody"] for entry in self.sqs.sent["account"]]
        return [read_account(fetch(body, lambda: self.s3, "bucket"))[1] for body in bodies]

    def kept(self) -> list[Any]:
        return [kept for entry in self._receipts() for kept in entry.kept]

    def _receipts(self) -> list[Any]:
        return [
            read_receipts(fetch(entry["MessageBody"], lambda: self.s3, "bucket"))
            for entry in self.sqs.sent["receipts"]
        ]


def connect_number(dynamodb: Any, tenant: str | None = None, token: bytes = b"sealed") -> Number:
    """A number nobody else has, of a tenant nobody else is."""
    serial = next(_numbers)
    number = Number(
        phone_number_id=f"77{serial:06d}",
        tenant_id=tenant or f"tenant_{serial}",
        display_phone_number="+62 811",
        name="Toko",
        flow_id="apa",
        sealed_token=token,
    )
    Directory("directory", dynamodb).put_number(number)
    return number


def sender_with(
    dynamodb: Any, sqs: Any, api: Any, clock: FakeClock, token: str = "token-of-tests"
) -> Sender:
    settings = SenderSettings(
        "conversations",
        "directory",
        "usage",
        "requests",
        "outbound",
        "dead",
        "account",
        "workspaces",
        "media",
        "http://graph",
        "v1",
        WINDOW_SECONDS,
        40,
        "k",
        "inbound",
        "syncs",
    )
    directory = Directory("directory", dynamodb)
    limits = Limits(directory, "usage", dynamodb, clock)
    numbers = Numbers(directory, clock)
    guard = Guard(Paces("requests", dynamodb), clock, clock.advance)
    files = attachments(dynamodb, sqs, clock)
    opened = lambda number: token  # noqa: E731
    return Sender(settings, numbers, limits, guard, files, api, opened, dynamodb, sqs, clock)


def receipts_with(
    dynamodb: Any, s3: FakeS3 | None = None, clock: Any = None, sqs: Any = None
) -> Receipts:
    settings = ReceiptsSettings(
        "conversations",
        "campaigns",
        "directory",
        "inspection",
        "inbound",
        "contacts",
        "account",
        "bucket",
    )
    numbers = Numbers(Directory("directory", dynamodb), clock or FakeClock())
    queues = sqs or FakeSqs()
    return Receipts(settings, numbers, dynamodb, queues, lambda: s3 or FakeS3(), clock or now_ms)


def outbound(number: Number, seq: int = 1, *, contact: str = CONTACT, **extra: Any) -> JsonObject:
    """What the flow worker queues for one message; `extra` changes its effect."""
    return {
        "v": 1,
        "tenant": number.tenant_id,
        "channel": number.phone_number_id,
        "contact": contact,
        "effects": [
            {
                "kind": "send",
                "seq": seq,
                "to": {"wa_id": "16505550123"},
                "message": {"type": "text", "text": {"body": f"text {seq}"}},
                **extra,
            }
        ],
    }
