"""Which of our messages an id of WhatsApp's is, where nothing else in a receipt says it.

Kept for a month: WhatsApp gives up delivering after that.
"""

from __future__ import annotations

from typing import Any, Final

from shared.clock import Clock, now_ms
from shared.store import keys, request_keys
from shared.tenancy import Tenant

_KEPT_SECONDS: Final = 30 * 24 * 3600


class SentIds:
    """In the requests table, whose items expire."""

    def __init__(self, table: str, dynamodb: Any, clock: Clock = now_ms) -> None:
        self._table = table
        self._dynamodb = dynamodb
        self._clock = clock

    def keep(self, tenant: Tenant, channel: str, message_id: str, callback: str) -> None:
        """`callback` as `shared.channels.payloads.callback_data` makes it."""
        until = self._clock() // 1000 + _KEPT_SECONDS
        self._dynamodb.update_item(
            TableName=self._table,
            Key=keys.key(request_keys.sent(tenant, channel), message_id),
            UpdateExpression="SET callback = :callback, expires_at = :until",
            ExpressionAttributeValues={
                ":callback": {"S": callback},
                ":until": {"N": str(until)},
            },
        )

    def callback(self, tenant: Tenant, channel: str, message_id: str) -> str | None:
        item = self._dynamodb.get_item(
            TableName=self._table,
            Key=keys.key(request_keys.sent(tenant, channel), message_id),
            ConsistentRead=True,
        ).get("Item")
        return item["callback"]["S"] if item else None
