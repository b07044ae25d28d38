"""Tell a webhook what happened: tried until it answers well, for a day.

What waits for its next try is a delayed message, not a hidden one: SQS counts hidden messages as
being in flight, and a webhook that is down must not use up what the queue may have of those.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from hooks.ending import Ending
from hooks.schedule import is_long_dead, next_try
from hooks.signing import headers
from hooks.telling import delivery_entry
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.mail import SesMail
from shared.observability import count, counted
from shared.public_addresses import PublicAddressError, UnreachableError
from shared.public_http import Response, request
from shared.queues import send_all
from shared.sealed import Sealer
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.tables import Tables
from shared.store.webhook_deliveries import (
    DELIVERED,
    FAILED,
    PENDING,
    Attempt,
    DeliveryNotFoundError,
    WebhookDeliveries,
    WebhookDelivery,
)
from shared.store.webhooks import ACTIVE, Webhook, WebhookNotFoundError, Webhooks
from shared.tenancy import Tenant

_TIMEOUT_SECONDS: Final = 10.0
_LEASE_MS: Final = 60_000  # longer than an attempt may take
_LONGEST_ANSWER: Final = 500  # characters that are kept of one
_GONE: Final = 410  # the receiver's own word that it wants nothing more
_AGENT: Final = "Kabar-Webhooks/1"


@dataclass(frozen=True, slots=True)
class Settings:
    """`private_hosts` as flows have it; `mail_sender` is empty where no mail can be sent."""

    workspaces_table: str
    directory_table: str
    usage_table: str
    webhook_deliveries_table: str
    webhook_deliveries_queue_url: str
    secrets_key_arn: str
    private_hosts: str
    mail_sender: str
    dashboard_url: str


@dataclass(frozen=True, slots=True)
class Deliver:
    settings: Settings
    dynamodb: Any
    sqs: Any
    sealer: Sealer
    ending: Ending
    request: Callable[..., Response] = request
    clock: Clock = now_ms
    random: Callable[[], float] = random.random

    def run(self, record: JsonObject) -> None:
        """One queue record: one delivery, which is tried if its time has come."""
        case = self._case(json.loads(record["body"]))
        if case is None or case.delivery.state != PENDING:
            return
        delivery, now = case.delivery, self.clock()
        if case.webhook.state != ACTIVE:
            case.settle(None, FAILED, f"The webhook is {case.webhook.state}")
        elif now < delivery.next_at:
            self._come_back(case, delivery.next_at - now)
        elif case.deliveries.claim(delivery, lease_until=now + _LEASE_MS):
            self._tell(case)
        # else whoever has begun the attempt goes on with it

    def _case(self, body: JsonObject) -> _Case | None:
        """None when the webhook was deleted, or what it was to be told erased."""
        tenant = Tenant(body["tenant"])
        webhooks = Webhooks(tenant, self.settings.workspaces_table, self.dynamodb)
        deliveries = WebhookDeliveries(
            tenant, body["webhook"], self.settings.webhook_deliveries_table, self.dynamodb
        )
        try:
            webhook, delivery = webhooks.get(body["webhook"]), deliveries.get(body["delivery"])
        except (WebhookNotFoundError, DeliveryNotFoundError):
            return None
        return _Case(tenant, webhooks, deliveries, webhook, delivery)

    def _tell(self, case: _Case) -> None:
        attempt = self._attempt(case)
        if attempt.status is not None and 200 <= attempt.status < 300:
            case.settle(attempt, DELIVERED, None)
            case.webhooks.worked(case.webhook)
            count("WebhooksDelivered")
            return
        count("WebhookAttemptsFailed")
        case.webhooks.failed(case.webhook, attempt.at)
        self._after_failure(case, attempt, self.clock())

    def _after_failure(self, case: _Case, attempt: Attempt, now: int) -> None:
        reason = f"HTTP {attempt.status}" if attempt.status else attempt.answer
        if attempt.status == _GONE or is_long_dead(case.webhook.failing_since, now):
            case.settle(attempt, FAILED, reason)
            self.ending.disable(case.tenant, case.webhooks, case.webhook, reason, now)
            return
        tries, give_up_at = case.delivery.tries + 1, case.delivery.give_up_at
        next_at = next_try(now, tries, give_up_at, self.random())
        if next_at is None:
            case.settle(attempt, FAILED, reason)
            count("WebhooksGivenUp")
            return
        case.settle(attempt, PENDING, reason, next_at)
        self._come_back(case, next_at - now)

    def _attempt(self, case: _Case) -> Attempt:
        began, delivery = self.clock(), case.delivery
        secrets = [
            self.sealer.open(case.tenant, secret.sealed)
            for secret in case.webhook.secrets
            if secret.until is None or began < secret.until
        ]
        signed = headers(delivery.notice_id, began // 1000, delivery.body, secrets)
        try:
            answer = self.request(
                "POST",
                case.webhook.url,
                headers={"Content-Type": "application/json", "User-Agent": _AGENT, **signed},
                body=delivery.body,
                timeout_seconds=_TIMEOUT_SECONDS,
                private_hosts=frozenset(self.settings.private_hosts.split()),
                # A redirect would turn the POST into a GET: the address is to be corrected.
                max_redirects=0,
            )
        except (PublicAddressError, UnreachableError, TimeoutError) as error:
            return Attempt(began, self.clock() - began, None, str(error)[:_LONGEST_ANSWER])
        text = answer.body[: _LONGEST_ANSWER * 4].decode(errors="replace")[:_LONGEST_ANSWER]
        return Attempt(began, self.clock() - began, answer.status, text)

    def _come_back(self, case: _Case, milliseconds: int) -> None:
        delay = math.ceil(milliseconds / 1000)
        entry = delivery_entry(case.tenant, case.webhook.id, case.delivery.id, delay=delay)
        send_all(self.sqs, self.settings.webhook_deliveries_queue_url, [entry])


@dataclass(frozen=True, slots=True)
class _Case:
    """A delivery as it was read, with where it and its webhook live."""

    tenant: Tenant
    webhooks: Webhooks
    deliveries: WebhookDeliveries
    webhook: Webhook
    delivery: WebhookDelivery

    def settle(
        self, attempt: Attempt | None, state: str, reason: str | None, next_at: int = 0
    ) -> None:
        self.deliveries.settle(
            self.delivery.id, attempt, state=state, reason=reason, next_at=next_at
        )


@lru_cache(maxsize=1)
def _deliver() -> Deliver:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    tables = Tables(settings.workspaces_table, settings.directory_table, settings.usage_table)
    mail = SesMail(client("sesv2"), settings.mail_sender) if settings.mail_sender else None
    return Deliver(
        settings=settings,
        dynamodb=dynamodb,
        sqs=client("sqs"),
        sealer=Sealer(client("kms"), settings.secrets_key_arn),
        ending=Ending(tables, dynamodb, mail, settings.dashboard_url),
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("WebhookRecords", len(event["Records"]))
    return run_each(event["Records"], _deliver().run)
