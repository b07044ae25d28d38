"""Whole partitions: read them, and remove what was read."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.transactions import BusyError

_TOGETHER: Final = 25  # of one BatchWriteItem
_TRIES: Final = 8


def items(
    dynamodb: Any, table: str, pk: str, prefix: str = "", *, keys_only: bool = False
) -> Iterator[JsonObject]:
    """A partition's items in the order of their sort keys, those below a prefix; read as they are
    wanted."""
    values = {":pk": {"S": pk}}
    request: JsonObject = {
        "TableName": table,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": values,
        "ConsistentRead": True,
    }
    if prefix:
        values[":prefix"] = {"S": prefix}
        request["KeyConditionExpression"] += " AND begins_with(sk, :prefix)"
    if keys_only:
        request["ProjectionExpression"] = "pk, sk"
    while True:
        answer = dynamodb.query(**request)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def remove(dynamodb: Any, table: str, found: Iterable[JsonObject]) -> int:
    """Delete items by their keys; answers how many. Raises BusyError when DynamoDB takes no more;
    what is gone by then stays gone."""
    left = iter(found)
    removed = 0
    while some := list(islice(left, _TOGETHER)):
        asked: Any = {
            table: [
                {"DeleteRequest": {"Key": keys.key(item["pk"]["S"], item["sk"]["S"])}}
                for item in some
            ]
        }
        for attempt in range(_TRIES):
            asked = dynamodb.batch_write_item(RequestItems=asked).get("UnprocessedItems")
            if not asked:
                break
            time.sleep(random.uniform(0, 0.05 * 2**attempt))
        else:
            raise BusyError
        removed += len(some)
    return removed


def remove_partition(dynamodb: Any, table: str, pk: str, prefix: str = "") -> int:
    """Delete what is in a partition, or below a prefix of it; answers how many items."""
    return remove(dynamodb, table, items(dynamodb, table, pk, prefix, keys_only=True))
