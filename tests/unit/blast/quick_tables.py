"""Tables in dictionaries, for campaigns of many steps: moto takes minutes for them.

They know the expressions that the stores write in, and refuse any other; the same stores run on
moto in the tests of the API.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from botocore.exceptions import ClientError

from shared.json_types import JsonObject

_TOKEN: Final = re.compile(r"\s*(<>|<=|>=|[=<>(),+]|[:#]?\w+)")
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": lambda a, b: bool(a == b),
    "<>": lambda a, b: bool(a != b),
    "<": lambda a, b: a is not None and b is not None and a < b,
    "<=": lambda a, b: a is not None and b is not None and a <= b,
    ">": lambda a, b: a is not None and b is not None and a > b,
    ">=": lambda a, b: a is not None and b is not None and a >= b,
}


def plain(value: JsonObject | None) -> Any:
    if value is None:
        return None
    ((kind, raw),) = value.items()
    return int(raw) if kind == "N" else raw


class Expression:
    """One of DynamoDB's, against one item."""

    def __init__(self, text: str, item: JsonObject, request: JsonObject) -> None:
        self._tokens = _TOKEN.findall(text)
        assert "".join(self._tokens) == re.sub(r"\s", "", text), text
        self._at = 0
        self._item = item
        self._names = request.get("ExpressionAttributeNames", {})
        self._values = request.get("ExpressionAttributeValues", {})

    def holds(self) -> bool:
        found = self._or()
        assert self._at == len(self._tokens), self._tokens[self._at :]
        return found

    def _next(self, *wanted: str) -> str:
        token: str = self._tokens[self._at]
        assert not wanted or token in wanted, (token, wanted)
        self._at += 1
        return token

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _or(self) -> bool:
        found = self._and()
        while self._peek() == "OR":
            self._next()
            found = self._and() or found
        return found

    def _and(self) -> bool:
        found = self._one()
        while self._peek() == "AND":
            self._next()
            found = self._one() and found
        return found

    def _one(self) -> bool:
        token = self._next()
        if token == "(":
            found = self._or()
            self._next(")")
            return found
        if token in ("attribute_exists", "attribute_not_exists", "begins_with"):
            return self._function(token)
        left = self._value(token)
        operator = self._next()
        if operator == "BETWEEN":
            low = self._value(self._next())
            self._next("AND")
            return left is not None and bool(low <= left <= self._value(self._next()))
        if operator == "IN":
            self._next("(")
            among = [self._value(self._next())]
            while self._next(",", ")") == ",":
                among.append(self._value(self._next()))
            return left in among
        return _COMPARE[operator](left, self._value(self._next()))

    def _function(self, name: str) -> bool:
        self._next("(")
        path = self._next()
        found = self._value(path)
        if name == "begins_with":
            self._next(",")
            beginning = self._value(self._next())
            self._next(")")
            return str(found).startswith(beginning)
        self._next(")")
        return (found is not None) == (name == "attribute_exists")

    def _value(self, token: str) -> Any:
        if token.startswith(":"):
            return plain(self._values[token])
        return plain(self._item.get(self._names.get(token, token)))


class QuickTables:
    class exceptions:  # noqa: N801
        class ConditionalCheckFailedException(ClientError):  # noqa: N818
            pass

        class TransactionCanceledException(ClientError):  # noqa: N818
            pass

        class TransactionInProgressException(ClientError):  # noqa: N818
            pass

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, dict[str, JsonObject]]] = defaultdict(
            lambda: defaultdict(dict)
        )

    def get_item(self, TableName: str, Key: JsonObject, **_: Any) -> JsonObject:
        item = self._find(TableName, Key)
        return {"Item": copy.deepcopy(item)} if item else {}

    def put_item(self, **request: Any) -> JsonObject:
        before = self._check(request, request["Item"])
        self._store(request["TableName"], request["Item"])
        return {"Attributes": before} if before else {}

    def delete_item(self, **request: Any) -> JsonObject:
        self._check(request, request["Key"])
        table = self._tables[request["TableName"]]
        table[request["Key"]["pk"]["S"]].pop(request["Key"]["sk"]["S"], None)
        return {}

    def update_item(self, **request: Any) -> JsonObject:
        before = self._check(request, request["Key"])
        after = self._updated({**request["Key"], **before}, before, request)
        self._store(request["TableName"], after)
        if request.get("ReturnValues", "").endswith("OLD"):
            return {"Attributes": before} if before else {}
        return {"Attributes": copy.deepcopy(after)}

    def query(self, **request: Any) -> JsonObject:
        values = request["ExpressionAttributeValues"]
        partition = self._tables[request["TableName"]][plain(values[":pk"])]
        backwards = not request.get("ScanIndexForward", True)
        start = request.get("ExclusiveStartKey", {}).get("sk", {}).get("S")
        found = []
        for sk in sorted(partition, reverse=backwards):
            if start is not None and (sk >= start if backwards else sk <= start):
                continue
            if Expression(request["KeyConditionExpression"], partition[sk], request).holds():
                found.append(partition[sk])
        limit = request.get("Limit", len(found))
        page, more = found[:limit], len(found) > limit
        if "FilterExpression" in request:
            condition = request["FilterExpression"]
            page = [one for one in page if Expression(condition, one, request).holds()]
        last = {name: found[limit - 1][name] for name in ("pk", "sk")} if more else None
        answer: JsonObject = {"Items": copy.deepcopy(page)}
        return {**answer, "LastEvaluatedKey": last} if last else answer

    def batch_get_item(self, RequestItems: JsonObject) -> JsonObject:
        return {
            "Responses": {
                table: [
                    copy.deepcopy(item)
                    for key in asked["Keys"]
                    if (item := self._find(table, key)) is not None
                ]
                for table, asked in RequestItems.items()
            }
        }

    def batch_write_item(self, RequestItems: JsonObject) -> JsonObject:
        for table, writes in RequestItems.items():
            for write in writes:
                if "PutRequest" in write:
                    self._store(table, write["PutRequest"]["Item"])
                else:
                    self.delete_item(TableName=table, Key=write["DeleteRequest"]["Key"])
        return {}

    def transact_write_items(self, TransactItems: list[JsonObject]) -> None:
        whats = {"Put": self.put_item, "Update": self.update_item, "Delete": self.delete_item}
        reasons = []
        for one in TransactItems:
            ((_, request),) = one.items()
            try:
                self._check(request, request.get("Item", request.get("Key")))
                reasons.append({"Code": "None"})
            except self.exceptions.ConditionalCheckFailedException:
                reasons.append({"Code": "ConditionalCheckFailed"})
        if any(reason["Code"] != "None" for reason in reasons):
            error: Any = {"Error": {"Code": "Cancelled"}, "CancellationReasons": reasons}
            raise self.exceptions.TransactionCanceledException(error, "TransactWriteItems")
        for one in TransactItems:
            ((what, request),) = one.items()
            if what in whats:
                whats[what](**request)

    def _find(self, table: str, key: JsonObject) -> JsonObject | None:
        return self._tables[table][key["pk"]["S"]].get(key["sk"]["S"])

    def _store(self, table: str, item: JsonObject) -> None:
        self._tables[table][item["pk"]["S"]][item["sk"]["S"]] = copy.deepcopy(item)

    def _check(self, request: JsonObject, key: JsonObject) -> JsonObject:
        """The item as it stands."""
        item = copy.deepcopy(self._find(request["TableName"], key) or {})
        condition = request.get("ConditionExpression")
        if condition and not Expression(condition, item, request).holds():
            error: Any = {"Error": {"Code": "ConditionalCheckFailed"}, "Item": item}
            raise self.exceptions.ConditionalCheckFailedException(error, "Write")
        return item

    def _updated(self, after: JsonObject, before: JsonObject, request: JsonObject) -> JsonObject:
        names = request.get("ExpressionAttributeNames", {})
        values = request.get("ExpressionAttributeValues", {})
        parts = re.split(r"\s*\b(SET|REMOVE|ADD)\b\s*", request["UpdateExpression"])[1:]
        for what, text in zip(parts[::2], parts[1::2], strict=True):
            for clause in re.split(r",\s*(?![^(]*\))", text.strip()):
                if what == "REMOVE":
                    after.pop(names.get(clause, clause), None)
                elif what == "ADD":
                    path, value = clause.split()
                    name = names.get(path, path)
                    after[name] = _sum(before.get(name), values[value])
                else:
                    path, value = clause.split(" = ")
                    after[names.get(path, path)] = _assigned(value, before, names, values)
        return after


def _assigned(text: str, before: JsonObject, names: Any, values: Any) -> Any:
    if once := re.fullmatch(r"if_not_exists\((#?\w+), (:\w+)\)", text):
        known = before.get(names.get(once[1], once[1]))
        return known if known is not None else values[once[2]]
    if added := re.fullmatch(r"(#?\w+) \+ (:\w+)", text):
        return _sum(before[names.get(added[1], added[1])], values[added[2]])
    return values[text] if text.startswith(":") else before[names.get(text, text)]


def _sum(known: JsonObject | None, more: JsonObject) -> JsonObject:
    if "SS" in more:
        return {"SS": sorted({*(known or {"SS": []})["SS"], *more["SS"]})}
    return {"N": str(int((known or {"N": "0"})["N"]) + int(more["N"]))}
