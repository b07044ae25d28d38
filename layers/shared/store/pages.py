"""One page of a partition's items, in the order of keys or the newest first."""

from __future__ import annotations

from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import cursors, keys
from shared.tenancy import Tenant

_PLACE: Final = r"[0-9A-Za-z#_-]{1,600}"


def below(
    dynamodb: Any,
    table: str,
    tenant: Tenant,
    prefix: str,
    *,
    limit: int,
    cursor: str | None,
    backwards: bool = False,
) -> tuple[list[JsonObject], str | None]:
    """The items below a prefix of a workspace's own partition, and the next page's cursor. Raises
    InvalidCursorError."""
    request: JsonObject = {
        "TableName": table,
        "KeyConditionExpression": "pk = :pk AND begins_with(sk, :prefix)",
        "ExpressionAttributeValues": {":pk": {"S": tenant.id}, ":prefix": {"S": prefix}},
        "ScanIndexForward": not backwards,
        "Limit": limit,
    }
    if cursor is not None:
        (place,) = cursors.decode(cursor, _PLACE)
        request["ExclusiveStartKey"] = keys.key(tenant.id, f"{prefix}{place}")
    answer = dynamodb.query(**request)
    last = answer.get("LastEvaluatedKey")
    return answer["Items"], cursors.encode(rest(last, prefix)) if last else None


def newest(
    dynamodb: Any, table: str, pk: str, *, limit: int, cursor: str | None
) -> tuple[list[JsonObject], str | None]:
    """Of a whole partition whose sort keys are ids that sort by time: the newest items first, and
    the next page's cursor. Raises InvalidCursorError."""
    return _whole(dynamodb, table, pk, limit, cursor, forward=False)


def oldest(
    dynamodb: Any, table: str, pk: str, *, limit: int, cursor: str | None
) -> tuple[list[JsonObject], str | None]:
    """The same in the order in which they were made. Raises InvalidCursorError."""
    return _whole(dynamodb, table, pk, limit, cursor, forward=True)


def _whole(
    dynamodb: Any, table: str, pk: str, limit: int, cursor: str | None, *, forward: bool
) -> tuple[list[JsonObject], str | None]:
    start: JsonObject = {}
    if cursor is not None:
        (place,) = cursors.decode(cursor, cursors.NAME)
        start["ExclusiveStartKey"] = keys.key(pk, place)
    answer = dynamodb.query(
        TableName=table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": pk}},
        ScanIndexForward=forward,
        Limit=limit,
        **start,
    )
    last = answer.get("LastEvaluatedKey")
    return answer["Items"], cursors.encode(last["sk"]["S"]) if last else None


def rest(item: JsonObject, prefix: str) -> str:
    """The id that follows the prefix in an item's sort key."""
    return str(item["sk"]["S"]).removeprefix(prefix)
