"""What answers from knowledge came to: outcome, tokens, cost, time, and what was thought of them.

No words are kept. The question and the answer are in the conversation they belong to; what is here
belongs to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys, pages
from shared.store.transactions import BusyError, Write, commit
from shared.store.usage import counted_once
from shared.tenancy import Tenant
from shared.usage.meters import AI_ANSWERS, AI_TOKENS

UP: Final = "up"
DOWN: Final = "down"
_KEPT_SECONDS: Final = 90 * 24 * 3600


class AnswerNotFoundError(Exception):
    """The knowledge base gave no such answer, or it is too long ago."""


class AlreadyAnsweredError(Exception):
    """The answer of that id is recorded, and counted."""


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """`relevance` of the best passage, 0 to 1; `tokens` what is metered; `usd` None where a model's
    price is not known; `thumb` "up", "down" or empty, by people who work here, `customer_thumb` by
    the customer. Times in milliseconds."""

    id: str
    at: int
    outcome: str
    reason: str
    relevance: float
    tokens_in: int
    tokens_out: int
    tokens: int
    usd: float | None
    took: int
    model: str
    documents: tuple[str, ...] = ()
    thumb: str = ""
    customer_thumb: str = ""


@dataclass(frozen=True, slots=True)
class Thumbs:
    """How many customers said that an answer helped them, and how many that it did not."""

    up: int = 0
    down: int = 0


class AnswerRecords:
    def __init__(
        self, tenant: Tenant, knowledge_base_id: str, table: str, usage_table: str, dynamodb: Any
    ) -> None:
        self._tenant = tenant
        self._pk = keys.answers(tenant, knowledge_base_id)
        self._sums = keys.key(keys.thumbs(tenant), knowledge_base_id)
        self._table = table
        self._usage_table = usage_table
        self._dynamodb = dynamodb

    def add(self, record: AnswerRecord) -> None:
        """Record an answer and count it, both or neither. Raises AlreadyAnsweredError."""
        put = {
            "TableName": self._table,
            "Item": self._item(record),
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        writes = [Write({"Put": put}, AlreadyAnsweredError(record.id))]
        amounts = {AI_ANSWERS: int(record.outcome == "answered"), AI_TOKENS: record.tokens}
        used = {meter: amount for meter, amount in amounts.items() if amount}
        if used:
            named = f"ai:{record.id}"
            writes += counted_once(self._tenant, self._usage_table, named, used, record.at)
        commit(self._dynamodb, writes)

    def newest(self, limit: int, cursor: str | None) -> tuple[list[AnswerRecord], str | None]:
        """Raises InvalidCursorError."""
        found, next_cursor = pages.newest(
            self._dynamodb, self._table, self._pk, limit=limit, cursor=cursor
        )
        return [_record(item) for item in found], next_cursor

    def rate(self, answer_id: str, thumb: str) -> None:
        """The last word counts; empty takes it back. Raises AnswerNotFoundError."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=keys.key(self._pk, answer_id),
                UpdateExpression="SET thumb = :thumb",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues={":thumb": {"S": thumb}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            raise AnswerNotFoundError(answer_id) from error

    def rate_as_customer(self, answer_id: str, thumb: str) -> None:
        """The last word counts, and is in the sums once, however often it is said. Raises
        AnswerNotFoundError, or BusyError when others keep rating."""
        place = {"TableName": self._table, "Key": keys.key(self._pk, answer_id)}
        item = self._dynamodb.get_item(**place, ConsistentRead=True).get("Item")
        if item is None:
            raise AnswerNotFoundError(answer_id)
        before = _record(item).customer_thumb
        if before == thumb:
            return
        is_as_read = "attribute_not_exists(customer_thumb)"
        values = {":thumb": {"S": thumb}}
        if before:
            is_as_read = "customer_thumb = :before"
            values[":before"] = {"S": before}
        update = {
            **place,
            "UpdateExpression": "SET customer_thumb = :thumb",
            "ConditionExpression": f"attribute_exists(pk) AND {is_as_read}",
            "ExpressionAttributeValues": values,
        }
        amounts = {thumb: 1, **({before: -1} if before else {})}
        added = {
            "TableName": self._table,
            "Key": self._sums,
            "UpdateExpression": "ADD " + ", ".join(f"#{one} :{one}" for one in amounts),
            "ExpressionAttributeNames": {f"#{one}": one for one in amounts},
            "ExpressionAttributeValues": {f":{one}": {"N": str(n)} for one, n in amounts.items()},
        }
        commit(self._dynamodb, [Write({"Update": update}, BusyError()), Write({"Update": added})])

    def thumbs(self) -> Thumbs:
        """By customers, of all time."""
        item = self._dynamodb.get_item(TableName=self._table, Key=self._sums).get("Item", {})
        counts = {one: int(item.get(one, {}).get("N", 0)) for one in (UP, DOWN)}
        return Thumbs(**counts)

    def _item(self, record: AnswerRecord) -> JsonObject:
        cost: JsonObject = {} if record.usd is None else {"usd": {"N": _digits(record.usd)}}
        return {
            **keys.key(self._pk, record.id),
            **cost,
            "at": {"N": str(record.at)},
            "outcome": {"S": record.outcome},
            "reason": {"S": record.reason},
            "relevance": {"N": _digits(record.relevance)},
            "tokens_in": {"N": str(record.tokens_in)},
            "tokens_out": {"N": str(record.tokens_out)},
            "tokens": {"N": str(record.tokens)},
            "took": {"N": str(record.took)},
            "model": {"S": record.model},
            "documents": {"L": [{"S": one} for one in record.documents]},
            "thumb": {"S": record.thumb},
            "expires_at": {"N": str(record.at // 1000 + _KEPT_SECONDS)},
        }


def forget_thumbs(tenant: Tenant, knowledge_base_id: str, table: str, dynamodb: Any) -> None:
    """Of a knowledge base that is gone; its answers go by themselves."""
    dynamodb.delete_item(TableName=table, Key=keys.key(keys.thumbs(tenant), knowledge_base_id))


def _record(item: JsonObject) -> AnswerRecord:
    return AnswerRecord(
        id=item["sk"]["S"],
        at=int(item["at"]["N"]),
        outcome=item["outcome"]["S"],
        reason=item["reason"]["S"],
        relevance=float(item["relevance"]["N"]),
        tokens_in=int(item["tokens_in"]["N"]),
        tokens_out=int(item["tokens_out"]["N"]),
        tokens=int(item["tokens"]["N"]),
        usd=float(item["usd"]["N"]) if "usd" in item else None,
        took=int(item["took"]["N"]),
        model=item["model"]["S"],
        documents=tuple(one["S"] for one in item["documents"]["L"]),
        thumb=item["thumb"]["S"],
        customer_thumb=item.get("customer_thumb", {}).get("S", ""),
    )


def _digits(number: float) -> str:
    return format(Decimal(repr(number)), "f")
