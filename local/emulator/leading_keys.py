"""Policies bound to `dynamodb:LeadingKeys` are enforced here as they are on AWS.

The emulator does not know the condition key, and a set condition on a key that is not there holds:
every session that should reach one tenant's items would reach all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ministack.core import iam_actions

_PARTITION_KEY = "pk"
_CONDITION = re.compile(r"\s*\(?\s*([\w#]+)\s*=\s*(:\w+)")


def apply() -> None:
    context_of = iam_actions.dynamodb_service_context

    def with_leading_keys(body: bytes) -> dict[str, Any]:
        context: dict[str, Any] = context_of(body)
        try:
            request = json.loads(body or b"{}")
        except ValueError:
            return context
        keys = sorted(set(leading_keys(request))) if isinstance(request, dict) else []
        return {**context, "dynamodb:LeadingKeys": keys} if keys else context

    iam_actions.dynamodb_service_context = with_leading_keys


def leading_keys(request: dict[str, Any]) -> Iterator[str]:
    """The partition keys that a request names: one item, several, a transaction, or a query."""
    for place in ("Key", "Item"):
        if place in request:
            yield _text(request[place].get(_PARTITION_KEY, {}))
    condition = _CONDITION.match(request.get("KeyConditionExpression", ""))
    if condition:
        yield _text(request.get("ExpressionAttributeValues", {}).get(condition[2], {}))
    for table in request.get("RequestItems", {}).values():
        for each in table.get("Keys", []) if isinstance(table, dict) else table:
            yield from _of_member(each)
    for each in request.get("TransactItems", []):
        yield from _of_member(each)


def _of_member(member: dict[str, Any]) -> Iterator[str]:
    """A key, or an operation that holds one, for example {"Put": {"Item": …}}."""
    if _PARTITION_KEY in member:
        yield _text(member[_PARTITION_KEY])
        return
    for operation in member.values():
        yield from leading_keys(operation)


def _text(value: dict[str, str]) -> str:
    return next(iter(value.values()), "")
