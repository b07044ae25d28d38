"""The webhook of a workspace's own Meta app: one address per channel.

Its secret is the app's, picked by the address and by nothing in the body. A body that it signs
speaks for the numbers and accounts of that workspace; what it says of others is kept for a look.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gateway.meta_secrets import MetaSecretsCache
from gateway.webhook import Queues, Webhook, answer
from shared.aws import client
from shared.channels.found import AccountChange, Found
from shared.json_types import JsonObject
from shared.numbers import Numbers
from shared.observability import count, counted, logger
from shared.sealed import Sealer
from shared.settings import load
from shared.store.directory import Directory, Number
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache

_REMEMBER_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Settings:
    inbound_queue_url: str
    receipts_queue_url: str
    account_events_queue_url: str
    overflow_bucket: str
    directory_table: str
    secrets_key_arn: str


class OwnAppWebhooks:
    """`open_sealed` decrypts for a tenant."""

    def __init__(
        self,
        queues: Queues,
        directory: Directory,
        open_sealed: Callable[[Tenant, bytes], str],
    ) -> None:
        self._queues = queues
        self._directory = directory
        self._numbers = Numbers(directory)
        self._open = open_sealed
        self._webhooks: TtlCache[str, Webhook | None] = TtlCache(_REMEMBER_SECONDS)

    def of(self, channel_id: str) -> Webhook | None:
        """The webhook at a channel's address; None where no own app has one."""
        number = self._numbers.get(channel_id)
        if number is None or number.sealed_app is None:
            return None
        return self._webhooks.get(channel_id, lambda: self._made(channel_id, number))

    def _made(self, channel_id: str, number: Number) -> Webhook:
        tenant = number.tenant

        def fetch() -> str:
            """Read anew each time: connecting again replaces the secret."""
            now = self._directory.number(channel_id)
            if now is None or now.tenant != tenant or now.sealed_app is None:
                return '{"app_secrets": [], "verify_token": ""}'
            return self._open(tenant, now.sealed_app)

        return Webhook(
            self._queues, MetaSecretsCache(fetch), lambda found: self._of_tenant(tenant, found)
        )

    def _of_tenant(self, tenant: Tenant, found: Found) -> Found:
        own = Found(kept=[one for one in found.kept if self._is_of(tenant, one.channel)])
        for message in found.messages:
            if self._is_of(tenant, message.channel):
                own.messages.append(message)
            else:
                own.keep(None, "foreign_number", "messages", message.message)
        for channel, status in found.statuses:
            if self._is_of(tenant, channel):
                own.statuses.append((channel, status))
            else:
                own.keep(None, "foreign_number", "statuses", status)
        for change in found.account:
            if self._may_tell(tenant, change):
                own.account.append(change)
            else:
                own.keep(None, "foreign_account", change.field, change.value)
        return own

    def _is_of(self, tenant: Tenant, channel: str | None) -> bool:
        if channel is None:
            return True
        number = self._numbers.get(channel)
        return number is not None and number.tenant == tenant

    def _may_tell(self, tenant: Tenant, change: AccountChange) -> bool:
        """Of whatever it names, an account or a number: it names one at least."""
        if change.waba_id is None:
            return change.channel is not None and self._is_of(tenant, change.channel)
        is_ours = self._directory.account(change.waba_id) == tenant
        return is_ours and self._is_of(tenant, change.channel)


@lru_cache(maxsize=1)
def _webhooks() -> OwnAppWebhooks:
    settings = load(Settings)
    queues = Queues(
        settings.inbound_queue_url,
        settings.receipts_queue_url,
        settings.account_events_queue_url,
        settings.overflow_bucket,
        client("sqs"),
        lambda: client("s3"),
    )
    sealer = Sealer(client("kms"), settings.secrets_key_arn)
    return OwnAppWebhooks(
        queues, Directory(settings.directory_table, client("dynamodb")), sealer.open
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """API Gateway HTTP API, payload 2.0, at /webhook/{channel_id}."""
    try:
        webhook = _webhooks().of(event["pathParameters"]["channel_id"])
        if webhook is None:
            count("WebhookUnknownAddress")
            return answer(404, "No app has this address.")
        return webhook.handle(event)
    except Exception:
        # As the platform's webhook: Meta must send the body again.
        logger.exception("webhook failed")
        return answer(500, "The body could not be taken; send it again.")
