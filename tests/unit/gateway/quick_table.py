"""Deliveries in a dictionary, for thousands of sends: the emulated table takes minutes for them.

It knows exactly the conditions that `shared.store.deliveries` writes under (every other test of the
store runs on the emulated table), and refuses any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from botocore.exceptions import ClientError

from shared.json_types import JsonObject

CONDITIONS: Final[dict[str, Callable[[JsonObject, JsonObject], bool]]] = {
    "attribute_not_exists(pk) OR #state = :retry"
    " OR (#state IN (:claimed, :unsettled) AND #since < :silent_before)": lambda item, given: (
        not item
        or item["state"] == given[":retry"]
        or (
            item["state"] in (given[":claimed"], given[":unsettled"])
            and _number(item["since"]) < _number(given[":silent_before"])
        )
    ),
    "#rank < :new": lambda item, given: (
        "rank" in item and _number(item["rank"]) < _number(given[":new"])
    ),
    "#rank = :lowest": lambda item, given: item.get("rank") == given[":lowest"],
    "attribute_exists(#state) AND attribute_not_exists(#category)": lambda item, _: (
        "state" in item and "category" not in item
    ),
}
_SET = re.compile(r"(#?\w+) = (if_not_exists\(#?\w+, )?(:\w+)")


class QuickTable:
    """`behind` is asked for everything but deliveries."""

    class exceptions:  # noqa: N801
        class ConditionalCheckFailedException(ClientError):  # noqa: N818
            pass

    def __init__(self, behind: Any) -> None:
        self._behind = behind
        self._items: dict[tuple[str, str], JsonObject] = {}

    def get_item(self, **request: Any) -> JsonObject:
        if request["TableName"] != "conversations":
            answer: JsonObject = self._behind.get_item(**request)
            return answer
        item = self._items.get(_place(request))
        return {"Item": item} if item else {}

    def update_item(self, **request: Any) -> JsonObject:
        if request["TableName"] != "conversations":
            return self._update_behind(request)
        item = self._items.get(_place(request), {})
        given = request["ExpressionAttributeValues"]
        if not CONDITIONS[request["ConditionExpression"]](item, given):
            error: Any = {"Error": {"Code": "ConditionalCheckFailed"}, "Item": dict(item)}
            raise self.exceptions.ConditionalCheckFailedException(error, "UpdateItem")
        sets, _, adds = request["UpdateExpression"].partition(" ADD ")
        names = request["ExpressionAttributeNames"]
        changed = {**request["Key"], **item}
        for name, once, value in _SET.findall(sets):
            attribute = names.get(name, name)
            if not (once and attribute in changed):
                changed[attribute] = given[value]
        if adds:
            name, value = adds.split()
            before = _number(changed.get(name, {"N": "0"}))
            changed[name] = {"N": str(before + _number(given[value]))}
        self._items[_place(request)] = changed
        return {"Attributes": changed}

    def _update_behind(self, request: JsonObject) -> JsonObject:
        try:
            answer: JsonObject = self._behind.update_item(**request)
        except self._behind.exceptions.ConditionalCheckFailedException as error:
            raise self.exceptions.ConditionalCheckFailedException(
                error.response, "UpdateItem"
            ) from error
        return answer


def _place(request: JsonObject) -> tuple[str, str]:
    return request["Key"]["pk"]["S"], request["Key"]["sk"]["S"]


def _number(value: JsonObject) -> int:
    return int(value["N"])
