"""The whole path in one process: the real handlers' objects over moto, with queues in memory."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3

from flow.flows import Flows
from flow.worker import Settings as WorkerSettings
from flow.worker import Worker
from gateway.meta_secrets import MetaSecretsCache
from gateway.pacing import Guard
from gateway.receipts import Receipts
from gateway.receipts import Settings as ReceiptsSettings
from gateway.sender import Sender
from gateway.sender import Settings as SenderSettings
from gateway.webhook import Queues, Webhook
from shared.clock import Clock
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.media.attachments import Attachments
from shared.media.work import upload_entry
from shared.numbers import Numbers
from shared.queues import send_all
from shared.store.conversations import Conversations
from shared.store.directory import Directory, Number
from shared.store.flows import FlowStore
from shared.store.media_copies import Copies
from shared.store.paces import Paces
from shared.tenancy import Tenant
from shared.usage.limits import Limits
from tests.builders import (
    APP_SECRET,
    PHONE_NUMBER_ID,
    create_table,
    http_post,
    meta_bytes,
    sqs_record,
)
from tests.fakes import FakeClock, FakeCloudApi, FakeS3, FakeSqs
from tests.published import publish

TENANT = Tenant("ws_tests")
WINDOW_SECONDS = 60.0
_MAX_ROUNDS = 200


def said(text: str) -> JsonObject:
    return {"text": text}


APA_KABAR: JsonObject = {
    "schema": 1,
    "name": "Apa kabar",
    "start": "greet",
    "nodes": [
        {"id": "greet", "type": "message", "data": said("Halo! Apa kabar?")},
        {"id": "ask", "type": "question", "data": {"text": "Ceritakan.", "variable": "kabar"}},
        {
            "id": "is_good",
            "type": "condition",
            "data": {
                "cases": [{"handle": "good", "rule": {"in": [{"var": "kabar"}, ["baik", "Baik"]]}}]
            },
        },
        {"id": "glad", "type": "message", "data": said("Senang mendengarnya, {{contact.name}}!")},
        {"id": "sorry", "type": "message", "data": said("Semoga lekas membaik.")},
    ],
    "edges": [
        {"source": "greet", "target": "ask"},
        {"source": "ask", "target": "is_good"},
        {"source": "is_good", "sourceHandle": "good", "target": "glad"},
        {"source": "is_good", "sourceHandle": "default", "target": "sorry"},
    ],
}


def attachments(dynamodb: Any, sqs: FakeSqs, clock: Clock) -> Attachments:
    def ask(tenant: Tenant, channel: str, media_id: str) -> None:
        send_all(sqs, "media", [upload_entry(tenant, channel, media_id)])

    return Attachments(lambda tenant: Copies(tenant, "workspaces", dynamodb), ask, clock)


class House:
    """Made inside `moto.mock_aws()`. Queue records stay in `sqs.sent` until they are run."""

    def __init__(self, flow: JsonObject = APA_KABAR) -> None:
        self.clock = FakeClock()
        self.sqs = FakeSqs()
        self.s3 = FakeS3()
        self.meta = FakeCloudApi()
        self.dynamodb = boto3.client("dynamodb", region_name="ap-southeast-1")
        for table in ("directory", "workspaces", "inspection", "usage", "requests", "contacts"):
            create_table(self.dynamodb, table)
        create_table(self.dynamodb, "conversations", inbox=True)
        directory = Directory("directory", self.dynamodb)
        directory.put_number(
            Number(PHONE_NUMBER_ID, TENANT.id, "+62", "Toko", "apa_kabar", b"sealed")
        )
        self.flows = FlowStore(TENANT, "workspaces", self.dynamodb)
        publish(self.flows, "apa_kabar", flow)
        self.conversations = Conversations(TENANT, "conversations", self.dynamodb)
        self._records = itertools.count(1)
        secret = json.dumps({"app_secrets": [APP_SECRET], "verify_token": "verify"})
        s3: Callable[[], Any] = lambda: self.s3  # noqa: E731
        self.webhook = Webhook(
            Queues("inbound", "receipts", "account", "overflow", self.sqs, s3),
            MetaSecretsCache(lambda: secret, self.clock),
            clock=self.clock,
        )
        self.worker = Worker(
            WorkerSettings(
                "conversations",
                "workspaces",
                "directory",
                "inspection",
                "inbound",
                "outbound",
                "actions",
                "questions",
                "timers",
                "starts",
                "contacts",
                "media",
                "campaigns",
                "contacts",
                "overflow",
            ),
            Numbers(directory, self.clock),
            Flows("workspaces", self.dynamodb, self.clock),
            self.dynamodb,
            self.sqs,
            s3,
            self.clock,
        )
        self.sender = Sender(
            SenderSettings(
                "conversations",
                "directory",
                "usage",
                "requests",
                "outbound",
                "outbound-dead",
                "account",
                "workspaces",
                "media",
                "https://graph.invalid",
                "v25.0",
                WINDOW_SECONDS,
                40,
                "key",
                "inbound",
                "syncs",
            ),
            Numbers(directory, self.clock),
            Limits(directory, "usage", self.dynamodb, self.clock),
            Guard(Paces("requests", self.dynamodb), self.clock, self.clock.advance),
            attachments(self.dynamodb, self.sqs, self.clock),
            self.meta,
            lambda _: "token",
            self.dynamodb,
            self.sqs,
            self.clock,
        )
        self.receipts = Receipts(
            ReceiptsSettings(
                "conversations",
                "campaigns",
                "directory",
                "inspection",
                "inbound",
                "contacts",
                "account",
                "overflow",
            ),
            Numbers(directory, self.clock),
            self.dynamodb,
            self.sqs,
            s3,
        )

    def post(self, body: JsonObject) -> int:
        """A signed webhook; answers the HTTP status."""
        return int(self.webhook.receive(http_post(meta_bytes(body)))["statusCode"])

    def work(self) -> None:
        """Run what waits for the flow worker, once each."""
        for record in self.take("inbound"):
            run_in_order([record], self.worker.run, self.sqs, "inbound")

    def send(self) -> None:
        """Run what waits for the sender until all is settled, letting time pass as it asks."""
        waiting = list(self.take("outbound"))
        for _ in range(_MAX_ROUNDS):
            if not waiting:
                return
            asked = len(self.sqs.visibility)
            answer = run_in_order(waiting, self.sender.run, self.sqs, "outbound")
            failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
            waiting = [record for record in waiting if record["messageId"] in failed]
            self.clock.advance(
                max((seconds for _, seconds in self.sqs.visibility[asked:]), default=0)
            )
        raise AssertionError(f"{len(waiting)} messages never settled")

    def take(self, queue: str) -> Iterator[JsonObject]:
        """What was sent to a queue, as records; the queue is empty afterwards."""
        for entry in self.sqs.sent.pop(queue, []):
            yield sqs_record(
                entry["MessageBody"],
                id_=f"record-{next(self._records)}",
                group=entry.get("MessageGroupId", ""),
            )

    def texts(self) -> list[str]:
        """What Meta took, in order."""
        return [str(payload["text"]["body"]) for payload in self.meta.accepted]
