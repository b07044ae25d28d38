"""What is remembered of the requests of one holder: how many there were, and what was answered.

A holder is a workspace, or a person who is in none (see `Caller.holder`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys, request_keys

KEPT_SECONDS: Final = 24 * 3600
RUNNING_SECONDS: Final = 60  # longer than any function of the API may run


class StillRunningError(Exception):
    """The same request is being worked on."""


class OtherRequestError(Exception):
    """The key was used for another request."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given; `body` is None where it may not be kept."""

    status: int
    body: str | None


class Counters:
    """Requests per window of time."""

    def __init__(self, holder: str, table: str, dynamodb: Any) -> None:
        self._holder = holder
        self._table = table
        self._dynamodb = dynamodb

    def add(self, principal: str | None, window: int, limit: int, expires_at: int) -> int | None:
        """Count one more of a principal, or of the whole holder; answers how many that makes, None
        when the limit was reached already. `window` names the time, `expires_at` is in seconds."""
        try:
            answer = self._dynamodb.update_item(
                TableName=self._table,
                Key=keys.key(request_keys.rate(self._holder, principal), str(window)),
                UpdateExpression="ADD used :one SET expires_at = :expires_at",
                ConditionExpression="attribute_not_exists(used) OR used < :limit",
                ExpressionAttributeValues={
                    ":one": {"N": "1"},
                    ":limit": {"N": str(limit)},
                    ":expires_at": {"N": str(expires_at)},
                },
                ReturnValues="UPDATED_NEW",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return None
        return int(answer["Attributes"]["used"]["N"])


class Answers:
    """What a principal was answered, by the key that they gave the request."""

    def __init__(self, holder: str, principal: str, table: str, dynamodb: Any) -> None:
        self._pk = request_keys.idempotency(holder)
        self._principal = principal
        self._table = table
        self._dynamodb = dynamodb

    def begin(self, key: str, fingerprint: str, now: int) -> Kept | None:
        """Claim the key for a request, or find out what it was answered. `now` in seconds.

        Raises StillRunningError or OtherRequestError.
        """
        claim = {
            **self._place(key),
            "fingerprint": {"S": fingerprint},
            "running_until": {"N": str(now + RUNNING_SECONDS)},
            "expires_at": {"N": str(now + KEPT_SECONDS)},
        }
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item=claim,
                # One that was never answered died on the way.
                ConditionExpression="attribute_not_exists(pk) OR expires_at <= :now"
                " OR (attribute_not_exists(answered) AND running_until <= :now)",
                ExpressionAttributeValues={":now": {"N": str(now)}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return self._found(key, fingerprint)
        return None

    def keep(self, key: str, kept: Kept) -> None:
        body = {":body": {"S": kept.body}} if kept.body is not None else {}
        self._dynamodb.update_item(
            TableName=self._table,
            Key=self._place(key),
            UpdateExpression="SET answered = :status" + (", body = :body" if body else ""),
            ExpressionAttributeValues={":status": {"N": str(kept.status)}, **body},
        )

    def forget(self, key: str) -> None:
        """The request changed nothing, so it may be made again."""
        self._dynamodb.delete_item(TableName=self._table, Key=self._place(key))

    def _found(self, key: str, fingerprint: str) -> Kept:
        answer = self._dynamodb.get_item(
            TableName=self._table, Key=self._place(key), ConsistentRead=True
        )
        item = answer.get("Item")
        if item is None:  # forgotten between the two calls
            raise StillRunningError
        if item["fingerprint"]["S"] != fingerprint:
            raise OtherRequestError
        if "answered" not in item:
            raise StillRunningError
        return Kept(int(item["answered"]["N"]), item["body"]["S"] if "body" in item else None)

    def _place(self, key: str) -> JsonObject:
        return keys.key(self._pk, request_keys.answer(self._principal, key))
