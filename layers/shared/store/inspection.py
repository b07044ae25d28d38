"""What was received but not understood, kept thirty days for a person to look at."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from shared.json_types import JsonObject
from shared.storable import storable
from shared.store import keys
from shared.store.cursors import decode, encode
from shared.tenancy import Tenant

KEPT_SECONDS = 30 * 24 * 3600
MAX_BODY = 300_000  # bytes; an item holds 400 kB
_ID = r"[0-9]{13}#[0-9a-f]{24}"
MAX_FIELD = 100  # characters


@dataclass(frozen=True, slots=True)
class Kept:
    """`reason` is a short name such as "unknown_field"; `field` the webhook field it came in;
    `at` milliseconds of arrival."""

    reason: str
    field: str
    at: int
    body: JsonObject

    @property
    def id(self) -> str:
        """The same for the same content, so that a redelivery from our queue is kept once."""
        text = json.dumps([self.reason, self.field, self.body], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:24]


class Inspection:
    """Of a tenant, or of the platform (None) for what no tenant's number explains."""

    def __init__(self, tenant: Tenant | None, table: str, dynamodb: Any) -> None:
        self._pk = keys.kept(tenant)
        self._table = table
        self._dynamodb = dynamodb

    def keep(self, kept: Kept) -> None:
        body = json.dumps(kept.body)
        self._dynamodb.put_item(
            TableName=self._table,
            Item={
                **keys.key(self._pk, f"{kept.at:013d}#{kept.id}"),
                "reason": {"S": kept.reason},
                "field": {"S": storable(kept.field, MAX_FIELD)},
                "body": {"S": body if len(body) <= MAX_BODY else _cut(body)},
                "expires_at": {"N": str(kept.at // 1000 + KEPT_SECONDS)},
            },
        )

    def newest(self, limit: int, cursor: str | None) -> tuple[list[tuple[str, Kept]], str | None]:
        """Ids and things, newest first, with the cursor of the next page."""
        request: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": self._pk}},
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if cursor:
            request["ExclusiveStartKey"] = keys.key(self._pk, *decode(cursor, _ID))
        answer = self._dynamodb.query(**request)
        items = [
            (
                item["sk"]["S"],
                Kept(
                    reason=item["reason"]["S"],
                    field=item["field"]["S"],
                    at=int(item["sk"]["S"].split("#")[0]),
                    body=json.loads(item["body"]["S"]),
                ),
            )
            for item in answer["Items"]
        ]
        last = answer.get("LastEvaluatedKey")
        return items, encode(last["sk"]["S"]) if last else None


def _cut(body: str) -> str:
    # Half, since quotes and backslashes double when the text is written as JSON once more.
    return json.dumps({"cut": body[: MAX_BODY // 2]})
