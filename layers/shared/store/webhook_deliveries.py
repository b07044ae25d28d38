"""What each webhook was told: one item per notice and webhook, with every attempt in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.notices import Notice
from shared.store import cursors, keys
from shared.tenancy import Tenant

KEPT_SECONDS: Final = 14 * 24 * 3600
PENDING: Final = "pending"
DELIVERED: Final = "delivered"
FAILED: Final = "failed"

_ID: Final = r"[0-9]{13}-[0-9A-Za-z_]{1,64}"


class DeliveryNotFoundError(Exception):
    """The webhook was told no such thing, or it is too long ago."""


class StillPendingError(Exception):
    """The delivery is still being tried."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`at` in milliseconds, `took` too. `status` is None where nobody answered; `answer` the
    beginning of what was answered, or what went wrong."""

    at: int
    took: int
    status: int | None
    answer: str


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """Times in milliseconds. `tries` counts the attempts that were begun; `next_at` is when the
    next one may begin, `give_up_at` after when none does."""

    id: str
    type: str
    body: str
    state: str
    tries: int
    next_at: int
    give_up_at: int
    reason: str | None
    attempts: tuple[Attempt, ...]

    @property
    def created_at(self) -> int:
        return int(self.id.partition("-")[0])

    @property
    def notice_id(self) -> str:
        return self.id.partition("-")[2]


def delivery_id(notice: Notice) -> str:
    """Sorts by time."""
    return f"{notice.at:013d}-{notice.id}"


class WebhookDeliveries:
    """Those of one webhook."""

    def __init__(self, tenant: Tenant, webhook_id: str, table: str, dynamodb: Any) -> None:
        self._pk = keys.webhook_deliveries(tenant, webhook_id)
        self._table = table
        self._dynamodb = dynamodb

    def add(self, notice: Notice, body: str, *, now: int, give_up_at: int) -> None:
        """Told again, a notice keeps what has become of it."""
        item: JsonObject = {
            **keys.key(self._pk, delivery_id(notice)),
            "type": {"S": notice.type},
            "body": {"S": body},
            "state": {"S": PENDING},
            "tries": {"N": "0"},
            "next_at": {"N": str(now)},
            "give_up_at": {"N": str(give_up_at)},
            "attempts": {"L": []},
            "expires_at": {"N": str(now // 1000 + KEPT_SECONDS)},
        }
        if notice.contact is not None:
            item["contact"] = {"S": notice.contact}
        try:
            self._dynamodb.put_item(
                TableName=self._table, Item=item, ConditionExpression="attribute_not_exists(pk)"
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def get(self, id_: str) -> WebhookDelivery:
        """Raises DeliveryNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._table, Key=keys.key(self._pk, id_), ConsistentRead=True
        ).get("Item")
        if item is None:
            raise DeliveryNotFoundError(id_)
        return _delivery(item)

    def claim(self, delivery: WebhookDelivery, *, lease_until: int) -> bool:
        """Begin an attempt; answers whether nobody else did since `delivery` was read."""
        return self._update(
            delivery.id,
            "SET tries = :tries, next_at = :until",
            "tries = :before AND #state = :pending AND next_at = :next_at",
            {
                ":tries": {"N": str(delivery.tries + 1)},
                ":before": {"N": str(delivery.tries)},
                ":next_at": {"N": str(delivery.next_at)},
                ":until": {"N": str(lease_until)},
                ":pending": {"S": PENDING},
            },
        )

    def settle(
        self,
        id_: str,
        attempt: Attempt | None,
        *,
        state: str,
        reason: str | None = None,
        next_at: int = 0,
    ) -> None:
        """What an attempt has come to; without one, why there was none."""
        new = [_attempt_item(attempt)] if attempt else []
        self._update(
            id_,
            "SET #state = :state, next_at = :next_at, reason = :reason,"
            " attempts = list_append(attempts, :new)",
            "attribute_exists(pk)",
            {
                ":state": {"S": state},
                ":next_at": {"N": str(next_at)},
                ":reason": {"S": reason} if reason else {"NULL": True},
                ":new": {"L": new},
            },
        )

    def reopen(self, id_: str, *, now: int, give_up_at: int) -> None:
        """Have it told once more. Raises DeliveryNotFoundError or StillPendingError."""
        done = self._update(
            id_,
            "SET #state = :pending, next_at = :now, give_up_at = :give_up_at",
            "attribute_exists(pk) AND #state <> :pending",
            {
                ":pending": {"S": PENDING},
                ":now": {"N": str(now)},
                ":give_up_at": {"N": str(give_up_at)},
            },
        )
        if not done:
            self.get(id_)
            raise StillPendingError(id_)

    def newest(
        self, limit: int, cursor: str | None, state: str | None = None
    ) -> tuple[list[WebhookDelivery], str | None]:
        """Newest first. With a state, a page may hold fewer than `limit` and still have a next.

        Raises InvalidCursorError.
        """
        request: JsonObject = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": self._pk}},
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if state is not None:
            request["FilterExpression"] = "#state = :state"
            request["ExpressionAttributeNames"] = {"#state": "state"}
            request["ExpressionAttributeValues"][":state"] = {"S": state}
        if cursor is not None:
            request["ExclusiveStartKey"] = keys.key(self._pk, *cursors.decode(cursor, _ID))
        answer = self._dynamodb.query(**request)
        last = answer.get("LastEvaluatedKey")
        items = [_delivery(item) for item in answer["Items"]]
        return items, cursors.encode(last["sk"]["S"]) if last else None

    def about(self, contact: str) -> Iterator[str]:
        """The ids of those that hold something about a conversation's contact."""
        start: JsonObject = {}
        while True:
            page = self._dynamodb.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                FilterExpression="contact = :contact",
                ProjectionExpression="sk",
                ExpressionAttributeValues={
                    ":pk": {"S": self._pk},
                    ":contact": {"S": contact},
                },
                **start,
            )
            yield from (item["sk"]["S"] for item in page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def delete(self, id_: str) -> None:
        self._dynamodb.delete_item(TableName=self._table, Key=keys.key(self._pk, id_))

    def _update(self, id_: str, update: str, condition: str, values: JsonObject) -> bool:
        """Whether the condition held."""
        uses_state = {"ExpressionAttributeNames": {"#state": "state"}}
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=keys.key(self._pk, id_),
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeValues=values,
                **uses_state,
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _attempt_item(attempt: Attempt) -> JsonObject:
    text = json.dumps([attempt.at, attempt.took, attempt.status, attempt.answer])
    return {"S": text}


def _delivery(item: JsonObject) -> WebhookDelivery:
    return WebhookDelivery(
        id=item["sk"]["S"],
        type=item["type"]["S"],
        body=item["body"]["S"],
        state=item["state"]["S"],
        tries=int(item["tries"]["N"]),
        next_at=int(item["next_at"]["N"]),
        give_up_at=int(item["give_up_at"]["N"]),
        reason=item.get("reason", {}).get("S"),
        attempts=tuple(Attempt(*json.loads(one["S"])) for one in item["attempts"]["L"]),
    )
