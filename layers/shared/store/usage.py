"""How much of each meter a workspace has used, month by month. Everything is counted once, however
often it is told: what was counted is remembered in the transaction that adds it to the sums.

A message is known by its number in its conversation. Other things have an id of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.transactions import BusyError, Write, commit
from shared.tenancy import Tenant
from shared.usage.meters import METERS, Meter
from shared.usage.months import ends_at, month_of
from shared.usage.ranges import with_numbers

_TOGETHER: Final = 50  # conversations in one transaction, which holds a hundred writes
_TRIES: Final = 6
REMEMBERED_SECONDS: Final = 40 * 24 * 3600
"""How long after the end of its month something counted is known to be so. A stream tells what it
has to tell for a day, a queue for fourteen."""


class AlreadyCountedError(Exception):
    """The thing of that id is in the sums."""


class _CountedMeanwhileError(Exception):
    """Somebody else counted messages of the same conversation since it was read."""


@dataclass(frozen=True, slots=True)
class Conversed:
    """Messages of one conversation in one month: their numbers, by the meter that counts them."""

    channel: str
    contact: str
    numbers: Mapping[str, Set[int]]


@dataclass(frozen=True, slots=True)
class MonthOfUse:
    """What a month's items say, by meter: sums, and changes of levels."""

    month: str
    amounts: Mapping[str, int] = field(default_factory=dict)


class Usage:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def months(self) -> list[MonthOfUse]:
        """Every month with use, oldest first."""
        return list(self._months())

    def used(self, meter: Meter, month: str) -> int:
        """See `used_in`."""
        return used_in(self.months(), meter, month)

    def count_messages(self, month: str, conversations: Sequence[Conversed]) -> int:
        """Add those messages that were not counted before; answers how many they were.

        Raises BusyError when others kept counting the same.
        """
        left = iter(conversations)
        counted = 0
        while some := list(islice(left, _TOGETHER)):
            counted += self._count_some(month, some)
        return counted

    def _count_some(self, month: str, conversations: Sequence[Conversed]) -> int:
        for _ in range(_TRIES):
            try:
                return self._try_to_count(month, conversations)
            except _CountedMeanwhileError:
                continue
        raise BusyError

    def _try_to_count(self, month: str, conversations: Sequence[Conversed]) -> int:
        known = self._known(month, conversations)
        sums: dict[str, int] = {}
        writes: list[Write] = []
        for one in conversations:
            before = after = known.get((one.channel, one.contact), "")
            for meter, numbers in one.numbers.items():
                after, fresh = with_numbers(after, numbers)
                if fresh:
                    sums[meter] = sums.get(meter, 0) + len(fresh)
            if after != before:
                writes.append(self._remember(one, month, before, after))
        if writes:
            commit(self._dynamodb, [*writes, added(self._tenant, self._table, month, sums)])
        return sum(sums.values())

    def _known(self, month: str, conversations: Sequence[Conversed]) -> dict[tuple[str, str], str]:
        asked = [self._place(one.channel, one.contact, month) for one in conversations]
        found: list[JsonObject] = []
        while asked:
            answer = self._dynamodb.batch_get_item(
                RequestItems={self._table: {"Keys": asked, "ConsistentRead": True}}
            )
            found += answer["Responses"].get(self._table, [])
            asked = answer.get("UnprocessedKeys", {}).get(self._table, {}).get("Keys", [])
        return {
            (item["channel"]["S"], item["contact"]["S"]): item["counted"]["S"] for item in found
        }

    def _remember(self, one: Conversed, month: str, before: str, after: str) -> Write:
        item = {
            **self._place(one.channel, one.contact, month),
            "channel": {"S": one.channel},
            "contact": {"S": one.contact},
            "counted": {"S": after},
            "expires_at": {"N": str(_forgotten_at(month))},
        }
        unchanged: JsonObject = (
            {
                "ConditionExpression": "counted = :before",
                "ExpressionAttributeValues": {":before": {"S": before}},
            }
            if before
            else {"ConditionExpression": "attribute_not_exists(pk)"}
        )
        put = {"TableName": self._table, "Item": item, **unchanged}
        return Write({"Put": put}, _CountedMeanwhileError())

    def _place(self, channel: str, contact: str, month: str) -> JsonObject:
        return keys.key(keys.counted(self._tenant, channel, contact), month)

    def _months(self) -> Iterator[MonthOfUse]:
        request: JsonObject = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": keys.usage(self._tenant)}},
            "ConsistentRead": True,
        }
        while True:
            answer = self._dynamodb.query(**request)
            for item in answer["Items"]:
                amounts = {name: int(item[name]["N"]) for name in METERS if name in item}
                yield MonthOfUse(item["sk"]["S"], amounts)
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def used_in(months: Iterable[MonthOfUse], meter: Meter, month: str) -> int:
    """How much of a meter in that month; of a level, how much there was at its end, or is now."""
    return sum(
        one.amounts.get(meter.id, 0)
        for one in months
        if one.month == month or (meter.level and one.month < month)
    )


def added(tenant: Tenant, table: str, month: str, amounts: Mapping[str, int]) -> Write:
    """The member of a transaction that adds to a month's sums, or to levels, which may fall.
    Only for a transaction that cannot happen twice."""
    names = {f"#{meter}": meter for meter in amounts}
    values = {f":{meter}": {"N": str(amount)} for meter, amount in amounts.items()}
    adds = ", ".join(f"#{meter} :{meter}" for meter in amounts)
    return Write(
        {
            "Update": {
                "TableName": table,
                "Key": keys.key(keys.usage(tenant), month),
                "UpdateExpression": f"ADD {adds}",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": values,
            }
        }
    )


def counted_once(
    tenant: Tenant, table: str, id_: str, amounts: Mapping[Meter, int], at: int
) -> list[Write]:
    """The members of a transaction that count something with an id of its own, for example an AI
    answer: `at` (milliseconds) and amounts must be the same whenever it is told.

    The transaction is refused with AlreadyCountedError when the id was counted before.
    """
    month = month_of(at)
    item = {
        **keys.key(keys.counted_thing(tenant, hashlib.sha256(id_.encode()).hexdigest()), month),
        "expires_at": {"N": str(_forgotten_at(month))},
    }
    once = {
        "TableName": table,
        "Item": item,
        "ConditionExpression": "attribute_not_exists(pk)",
    }
    by_id = {meter.id: amount for meter, amount in amounts.items()}
    return [
        Write({"Put": once}, AlreadyCountedError(id_)),
        added(tenant, table, month, by_id),
    ]


def _forgotten_at(month: str) -> int:
    return ends_at(month) // 1000 + REMEMBERED_SECONDS
