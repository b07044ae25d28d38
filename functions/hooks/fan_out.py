"""One notice becomes one delivery for each webhook that wants it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hooks.schedule import GIVE_UP_AFTER_MS
from hooks.telling import body_of, delivery_entry
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.notices import from_json
from shared.observability import count, counted
from shared.queues import send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.webhook_deliveries import WebhookDeliveries, delivery_id
from shared.store.webhooks import ACTIVE, Webhooks
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Settings:
    workspaces_table: str
    webhook_deliveries_table: str
    webhook_deliveries_queue_url: str


@dataclass(frozen=True, slots=True)
class FanOut:
    settings: Settings
    dynamodb: Any
    sqs: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one notice. Told again, it finds its deliveries made; they are queued
        again, and who comes second finds the work done."""
        raw = json.loads(record["body"])
        tenant, notice = Tenant(raw["tenant"]), from_json(raw["notice"])
        webhooks = Webhooks(tenant, self.settings.workspaces_table, self.dynamodb)
        now = self.clock()
        entries = []
        for webhook in webhooks.all():
            if webhook.state != ACTIVE or notice.type not in webhook.types:
                continue
            deliveries = WebhookDeliveries(
                tenant, webhook.id, self.settings.webhook_deliveries_table, self.dynamodb
            )
            deliveries.add(notice, body_of(notice), now=now, give_up_at=now + GIVE_UP_AFTER_MS)
            entries.append(delivery_entry(tenant, webhook.id, delivery_id(notice)))
        send_all(self.sqs, self.settings.webhook_deliveries_queue_url, entries)


@lru_cache(maxsize=1)
def _fan_out() -> FanOut:
    return FanOut(load(Settings), client("dynamodb"), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("NoticeRecords", len(event["Records"]))
    return run_each(event["Records"], _fan_out().run)
