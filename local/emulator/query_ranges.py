"""A query reads the range of keys that it names, as DynamoDB does.

The emulator looks at every item of the partition, once more for each page: a workspace of 100,000
contacts is searched in twenty seconds instead of in a blink. Here partitions keep their keys in
order, and the emulator's own query is shown no more of them than the range has.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from types import FunctionType
from typing import Any

from ministack.services import dynamodb

_KEY_CONDITION = "KeyConditionExpression"
_RANGE = re.compile(
    r"\s*(?P<pk>[\w#]+)\s*=\s*(?P<partition>:\w+)"
    r"(?:\s+AND\s+(?:"
    r"(?P<sk>[\w#]+)\s+BETWEEN\s+(?P<first>:\w+)\s+AND\s+(?P<last>:\w+)"
    r"|begins_with\s*\(\s*(?P<begun>[\w#]+)\s*,\s*(?P<prefix>:\w+)\s*\)"
    r"))?\s*"
)


class Partition(dict[str, Any]):
    """Items by their sort key, with the keys in order. Copies are plain."""

    def __init__(self, items: dict[str, Any]) -> None:
        super().__init__(items)
        self.ordered = sorted(items)

    def __setitem__(self, key: str, item: Any) -> None:
        if key not in self:
            insort(self.ordered, key)
        super().__setitem__(key, item)

    def pop(self, key: str, default: Any = None) -> Any:
        if key in self:
            del self.ordered[bisect_left(self.ordered, key)]
        return super().pop(key, default)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


def apply() -> None:
    stock, holds = dynamodb._query, dynamodb._evaluate_condition

    def query(data: dict[str, Any]) -> Any:
        table = dynamodb._tables.get(dynamodb._normalize_table_name(data.get("TableName")))
        named = _RANGE.fullmatch(str(data.get(_KEY_CONDITION) or ""))
        if not table or not named or not _is_plain(table, data, named):
            return stock(data)
        start = data.get("ExclusiveStartKey")

        def holds_in_the_range(
            expression: str, item: Any, *more: Any, slot: str = "ConditionExpression"
        ) -> Any:
            if slot == _KEY_CONDITION and item is not start:
                return True
            return holds(expression, item, *more, slot=slot)

        value = data["ExpressionAttributeValues"][named["partition"]]["S"]
        shown = {**table, "items": {value: _in_range(table, value, data, named)}}
        scope = {
            **vars(dynamodb),
            "_tables": {table["TableName"]: shown},
            "_evaluate_condition": holds_in_the_range,
        }
        return FunctionType(stock.__code__, scope)(data)

    dynamodb._query = query


def _is_plain(table: dict[str, Any], data: dict[str, Any], named: re.Match[str]) -> bool:
    """Whether the table itself is asked, by keys that are texts; whatever else the emulator answers
    (or refuses) as it always does."""
    names, values = (
        data.get("ExpressionAttributeNames") or {},
        data.get("ExpressionAttributeValues") or {},
    )
    pk, sk = table["pk_name"], table["sk_name"]
    keys = {names.get(named["pk"], named["pk"]): pk}
    if asked := named["sk"] or named["begun"]:
        keys[names.get(asked, asked)] = sk
    references = [named[each] for each in ("partition", "first", "last", "prefix") if named[each]]
    start = data.get("ExclusiveStartKey")
    return (
        "IndexName" not in data
        and bool(sk)
        and all(name == key for name, key in keys.items())
        and all(isinstance(values.get(each, {}).get("S"), str) for each in references)
        and all(dynamodb._get_attr_type(table, key) == "S" for key in (pk, sk))
        and (start is None or isinstance(start.get(sk, {}).get("S"), str))
    )


def _in_range(
    table: dict[str, Any], value: str, data: dict[str, Any], named: re.Match[str]
) -> dict[str, Any]:
    """Of one partition, what one page of the query can hold."""
    partition = table["items"].get(value)
    if not partition:
        return {}
    if not isinstance(partition, Partition):
        partition = table["items"][value] = Partition(partition)
    ordered, sk = partition.ordered, table["sk_name"]
    low, high = _bounds(ordered, data["ExpressionAttributeValues"], named)
    start, limit = data.get("ExclusiveStartKey"), data.get("Limit")
    if data.get("ScanIndexForward", True):
        low = max(low, bisect_right(ordered, start[sk]["S"])) if start else low
        high = min(high, low + limit) if limit else high
    else:
        high = min(high, bisect_left(ordered, start[sk]["S"])) if start else high
        low = max(low, high - limit) if limit else low
    return {key: partition[key] for key in ordered[low:high]}


def _bounds(ordered: list[str], values: dict[str, Any], named: re.Match[str]) -> tuple[int, int]:
    if named["sk"]:
        first, last = values[named["first"]]["S"], values[named["last"]]["S"]
        return bisect_left(ordered, first), bisect_right(ordered, last)
    if named["begun"]:
        prefix = values[named["prefix"]]["S"]
        low = bisect_left(ordered, prefix)
        return low, bisect_right(ordered, prefix, low, key=lambda key: key[: len(prefix)])
    return 0, len(ordered)
