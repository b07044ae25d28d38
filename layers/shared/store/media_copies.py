"""A file's copies at Meta: one per number, found by all who send it, made by one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.tenancy import Tenant

LIVES_MS: Final = 29 * 24 * 3600 * 1000  # Meta keeps it for thirty days
_ASKED_AGAIN_MS: Final = 60_000
_UPLOAD_MS: Final = 130_000  # longer than an upload may take
_FAILURE_COUNTS_MS: Final = 300_000


@dataclass(frozen=True, slots=True)
class Copy:
    """`meta_id` is empty where there is none that lives, `uploaded_at` in milliseconds. `reason`
    says why the last upload failed, while that counts; `held`: because Meta takes nothing of this
    number for now."""

    meta_id: str = ""
    uploaded_at: int = 0
    reason: str = ""
    held: bool = False


class Copies:
    def __init__(self, tenant: Tenant, workspaces: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = workspaces
        self._dynamodb = dynamodb

    def find(self, media_id: str, channel: str, now: int) -> Copy:
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(media_id, channel), ConsistentRead=True
        ).get("Item", {})
        if "meta_id" in item and (until := int(item["expires_at_ms"]["N"])) > now:
            return Copy(item["meta_id"]["S"], until - LIVES_MS)
        if "reason" in item and int(item["failed_at"]["N"]) > now - _FAILURE_COUNTS_MS:
            return Copy(reason=item["reason"]["S"], held=bool(item["held"]["BOOL"]))
        return Copy()

    def ask(self, media_id: str, channel: str, now: int) -> bool:
        """Whether the caller is the one to have it uploaded; nobody else is for a minute."""
        return self._set_if(
            media_id,
            channel,
            "SET asked_at = :now",
            "attribute_not_exists(asked_at) OR asked_at < :before",
            {":now": now, ":before": now - _ASKED_AGAIN_MS},
        )

    def begin(self, media_id: str, channel: str, now: int) -> bool:
        """Whether the caller may upload it now: nobody else is at it, and no copy lives."""
        return self._set_if(
            media_id,
            channel,
            "SET begun_at = :now",
            "(attribute_not_exists(begun_at) OR begun_at < :before)"
            " AND (attribute_not_exists(expires_at_ms) OR expires_at_ms <= :now)",
            {":now": now, ":before": now - _UPLOAD_MS},
        )

    def uploaded(self, media_id: str, channel: str, meta_id: str, now: int) -> None:
        self._dynamodb.update_item(
            TableName=self._table,
            Key=self._key(media_id, channel),
            UpdateExpression=(
                "SET meta_id = :id, expires_at_ms = :until, expires_at = :gone"
                " REMOVE asked_at, begun_at, reason, failed_at, held"
            ),
            ExpressionAttributeValues={
                ":id": {"S": meta_id},
                ":until": {"N": str(now + LIVES_MS)},
                ":gone": {"N": str((now + LIVES_MS) // 1000)},
            },
        )

    def failed(self, media_id: str, channel: str, reason: str, now: int, *, held: bool) -> None:
        self._dynamodb.update_item(
            TableName=self._table,
            Key=self._key(media_id, channel),
            UpdateExpression=(
                "SET reason = :reason, failed_at = :now, held = :held REMOVE asked_at, begun_at"
            ),
            ExpressionAttributeValues={
                ":reason": {"S": reason},
                ":now": {"N": str(now)},
                ":held": {"BOOL": held},
            },
        )

    def put_down(self, media_id: str, channel: str) -> None:
        """An upload was begun and is left for later."""
        self._dynamodb.update_item(
            TableName=self._table,
            Key=self._key(media_id, channel),
            UpdateExpression="REMOVE begun_at",
        )

    def forget(self, media_id: str, channel: str, meta_id: str) -> None:
        """Meta no longer takes this id. A newer one stays."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(media_id, channel),
                UpdateExpression="REMOVE meta_id, expires_at_ms, asked_at",
                ConditionExpression="meta_id = :id",
                ExpressionAttributeValues={":id": {"S": meta_id}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def _set_if(
        self, media_id: str, channel: str, update: str, condition: str, values: dict[str, int]
    ) -> bool:
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(media_id, channel),
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeValues={
                    name: {"N": str(value)} for name, value in values.items()
                },
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _key(self, media_id: str, channel: str) -> JsonObject:
        return keys.key(keys.media_copies(self._tenant, media_id), channel)
