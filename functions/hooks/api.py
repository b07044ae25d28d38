"""Webhooks: where a workspace is told what happens in it, and what has become of each telling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any, Final, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query

from hooks.refusals import REFUSALS
from hooks.schedule import GIVE_UP_AFTER_MS
from hooks.shapes import (
    AttemptShape,
    DeliveryPage,
    DeliveryShape,
    DeliveryWithBody,
    NewWebhook,
    Replayed,
    ReplaySince,
    WebhookChange,
    WebhookList,
    WebhookSecret,
    WebhookShape,
)
from hooks.signing import new_secret
from hooks.telling import body_of, delivery_entry
from shared.api import Api, ApiSettings, Cursor, Limit
from shared.aws import client
from shared.clock import now_ms
from shared.ids import new_id
from shared.notices import PING, Notice, notice_id
from shared.permissions import Permission
from shared.queues import send_all
from shared.sealed import Sealer
from shared.settings import load
from shared.store.webhook_deliveries import (
    FAILED,
    PENDING,
    WebhookDeliveries,
    WebhookDelivery,
    delivery_id,
)
from shared.store.webhooks import (
    ACTIVE,
    PAUSED,
    SealedSecret,
    Webhook,
    WebhookChangedError,
    Webhooks,
)
from shared.tenant_session import client_for

_OLD_SECRET_MS: Final = 24 * 3600 * 1000
_REPLAYED_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    workspaces_table: str
    webhook_deliveries_table: str
    webhook_deliveries_queue_url: str
    secrets_key_arn: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


api = Api("Webhooks", settings=settings, refusals=REFUSALS)
handler = api.handler

State = Annotated[Literal["pending", "delivered", "failed"] | None, Query(description="Only those")]


@api.endpoint("GET", "/v1/webhooks", permission=Permission.MANAGE_WEBHOOKS)
def list_webhooks() -> WebhookList:
    """List the workspace's webhooks."""
    return WebhookList(items=[_shown(webhook) for webhook in _webhooks().all()])


@api.endpoint(
    "POST",
    "/v1/webhooks",
    permission=Permission.MANAGE_WEBHOOKS,
    status=201,
    secret_answer=True,
)
def create_webhook(body: NewWebhook) -> WebhookSecret:
    """Subscribe an address to what happens.

    Deliveries are signed after the Standard Webhooks specification; the secret is shown in this
    answer and never again.
    """
    secret = new_secret()
    made = _webhooks().create(
        body.url, body.types, body.description, _seal(secret), by=api.actor, at=now_ms()
    )
    return _with_secret(made, secret)


@api.endpoint("GET", "/v1/webhooks/{webhook_id}", permission=Permission.MANAGE_WEBHOOKS)
def get_webhook(webhook_id: str) -> WebhookShape:
    """Get a webhook, with its revision as ETag."""
    return _told(_webhooks().get(webhook_id))


@api.endpoint(
    "PATCH",
    "/v1/webhooks/{webhook_id}",
    permission=Permission.MANAGE_WEBHOOKS,
    if_match=True,
)
def change_webhook(webhook_id: str, body: WebhookChange) -> WebhookShape:
    """Change a webhook, pause it, or switch it on again."""
    before = _read(webhook_id)
    changed = replace(
        before,
        url=body.url if body.url is not None else before.url,
        types=tuple(sorted(set(body.types))) if body.types is not None else before.types,
        description=before.description if body.description is None else body.description,
    )
    if body.active is not None:
        state = ACTIVE if body.active else PAUSED
        changed = replace(changed, state=state, reason=None, failing_since=None)
    return _told(_webhooks().change(changed, by=api.actor, at=now_ms()))


@api.endpoint(
    "DELETE", "/v1/webhooks/{webhook_id}", permission=Permission.MANAGE_WEBHOOKS, status=204
)
def delete_webhook(webhook_id: str) -> None:
    """Delete a webhook. What is still to be told to it is dropped."""
    _webhooks().delete(webhook_id, by=api.actor, at=now_ms())


@api.endpoint(
    "POST",
    "/v1/webhooks/{webhook_id}/secret",
    permission=Permission.MANAGE_WEBHOOKS,
    secret_answer=True,
)
def replace_secret(webhook_id: str) -> WebhookSecret:
    """Make a new signing secret. For a day deliveries carry a signature of the old one as well."""
    webhooks, now, secret = _webhooks(), now_ms(), new_secret()
    before = webhooks.get(webhook_id)
    # The newest only: a webhook never has more than two.
    old = replace(before.secrets[0], until=now + _OLD_SECRET_MS)
    changed = replace(before, secrets=(SealedSecret(_seal(secret)), old))
    return _with_secret(webhooks.change(changed, by=api.actor, at=now), secret)


@api.endpoint(
    "POST", "/v1/webhooks/{webhook_id}/ping", permission=Permission.MANAGE_WEBHOOKS, status=202
)
def ping_webhook(webhook_id: str) -> DeliveryShape:
    """Tell the webhook a notice of type "ping", to see whether it answers."""
    tenant, now = api.caller.workspace, now_ms()
    _webhooks().get(webhook_id)
    notice = Notice(notice_id(tenant, PING, new_id()), PING, now, {"webhook_id": webhook_id})
    deliveries = _deliveries(webhook_id)
    deliveries.add(notice, body_of(notice), now=now, give_up_at=now + GIVE_UP_AFTER_MS)
    _enqueue(webhook_id, [delivery_id(notice)])
    return _delivery(deliveries.get(delivery_id(notice)))


@api.endpoint("GET", "/v1/webhooks/{webhook_id}/deliveries", permission=Permission.MANAGE_WEBHOOKS)
def list_webhook_deliveries(
    webhook_id: str, state: State = None, limit: Limit = 50, cursor: Cursor = None
) -> DeliveryPage:
    """List what the webhook was told, newest first. It is kept for fourteen days.

    With a state, a page may hold fewer than asked for and still have a next one.
    """
    _webhooks().get(webhook_id)
    found, next_cursor = _deliveries(webhook_id).newest(limit, cursor, state)
    return DeliveryPage(items=[_delivery(one) for one in found], next_cursor=next_cursor)


@api.endpoint(
    "GET",
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}",
    permission=Permission.MANAGE_WEBHOOKS,
)
def get_webhook_delivery(webhook_id: str, delivery_id: str) -> DeliveryWithBody:
    """Get one delivery, with what was sent and every attempt."""
    _webhooks().get(webhook_id)
    found = _deliveries(webhook_id).get(delivery_id)
    return DeliveryWithBody(**_delivery(found).model_dump(), body=found.body)


@api.endpoint(
    "POST",
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
    permission=Permission.MANAGE_WEBHOOKS,
    status=202,
)
def replay_webhook_delivery(webhook_id: str, delivery_id: str) -> DeliveryShape:
    """Tell the webhook the same once more, under the same `webhook-id`."""
    _webhooks().get(webhook_id)
    deliveries = _deliveries(webhook_id)
    _reopen(deliveries, delivery_id)
    _enqueue(webhook_id, [delivery_id])
    return _delivery(deliveries.get(delivery_id))


@api.endpoint(
    "POST", "/v1/webhooks/{webhook_id}/replay", permission=Permission.MANAGE_WEBHOOKS, status=202
)
def replay_failed(webhook_id: str, body: ReplaySince) -> Replayed:
    """Tell the webhook once more what it has missed since a time."""
    _webhooks().get(webhook_id)
    deliveries = _deliveries(webhook_id)
    missed: list[str] = []
    cursor: str | None = None
    while True:
        page, cursor = deliveries.newest(_REPLAYED_AT_ONCE, cursor, FAILED)
        recent = [one.id for one in page if one.created_at >= body.since]
        missed += recent
        is_past = len(recent) < len(page)
        if cursor is None or is_past or len(missed) >= _REPLAYED_AT_ONCE:
            break
    now_replayed = missed[:_REPLAYED_AT_ONCE]
    for id_ in now_replayed:
        _reopen(deliveries, id_)
    _enqueue(webhook_id, now_replayed)
    more = len(missed) > len(now_replayed) or (cursor is not None and not is_past)
    return Replayed(replayed=len(now_replayed), more=more)


def _read(webhook_id: str) -> Webhook:
    """As the caller has read it. Raises WebhookChangedError for an older one."""
    found = _webhooks().get(webhook_id)
    if found.revision != api.revision:
        raise WebhookChangedError(webhook_id)
    return found


def _reopen(deliveries: WebhookDeliveries, id_: str) -> None:
    now = now_ms()
    deliveries.reopen(id_, now=now, give_up_at=now + GIVE_UP_AFTER_MS)


def _enqueue(webhook_id: str, ids: list[str]) -> None:
    tenant = api.caller.workspace
    entries = [delivery_entry(tenant, webhook_id, id_) for id_ in ids]
    send_all(client("sqs"), settings().webhook_deliveries_queue_url, entries)


def _seal(secret: str) -> bytes:
    return Sealer(client("kms"), settings().secrets_key_arn).seal(api.caller.workspace, secret)


def _webhooks() -> Webhooks:
    tenant = api.caller.workspace
    return Webhooks(tenant, settings().workspaces_table, _dynamodb())


def _deliveries(webhook_id: str) -> WebhookDeliveries:
    table = settings().webhook_deliveries_table
    return WebhookDeliveries(api.caller.workspace, webhook_id, table, _dynamodb())


def _dynamodb() -> Any:
    return client_for(api.caller.workspace, "dynamodb")


def _told(webhook: Webhook) -> WebhookShape:
    """With the revision as ETag."""
    api.tell_revision(webhook.revision)
    return _shown(webhook)


def _shown(webhook: Webhook) -> WebhookShape:
    return WebhookShape(
        id=webhook.id,
        url=webhook.url,
        types=list(webhook.types),
        description=webhook.description,
        state=webhook.state,
        reason=webhook.reason,
        failing_since=webhook.failing_since,
        revision=webhook.revision,
        created_at=webhook.created_at,
    )


def _with_secret(webhook: Webhook, secret: str) -> WebhookSecret:
    return WebhookSecret(**_told(webhook).model_dump(), secret=secret)


def _delivery(one: WebhookDelivery) -> DeliveryShape:
    return DeliveryShape(
        id=one.id,
        notice_id=one.notice_id,
        type=one.type,
        state=one.state,
        reason=one.reason,
        created_at=one.created_at,
        next_at=one.next_at if one.state == PENDING else None,
        attempts=[
            AttemptShape(at=try_.at, took=try_.took, status=try_.status, answer=try_.answer)
            for try_ in one.attempts
        ],
    )
