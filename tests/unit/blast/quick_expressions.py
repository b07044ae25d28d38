"""DynamoDB's expressions, each read once. They know what the stores write in them, and refuse
anything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeAlias

from shared.json_types import JsonObject

_TOKEN: Final = re.compile(r"\s*(<>|<=|>=|[=<>(),+]|[:#]?\w+)")
_NUMBERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": lambda a, b: bool(a == b),
    "<>": lambda a, b: bool(a != b),
    "<": lambda a, b: a is not None and b is not None and a < b,
    "<=": lambda a, b: a is not None and b is not None and a <= b,
    ">": lambda a, b: a is not None and b is not None and a > b,
    ">=": lambda a, b: a is not None and b is not None and a >= b,
}
_FUNCTIONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "begins_with": lambda a, b: str(a).startswith(b),
    "contains": lambda a, b: a is not None and b in a,
}
_NO: Final[JsonObject] = {}
_BETWEEN: Final = re.compile(r"\bsk BETWEEN (:\w+) AND (:\w+)")
_BEGINS: Final = re.compile(r"\bbegins_with\(sk, (:\w+)\)")
_AFTER: Final = re.compile(r"\bsk >=? (:\w+)")
_LAST: Final = "\U0010ffff"


class Against:
    """An item as it stands, and the names and values of a request."""

    __slots__ = ("item", "names", "values")

    def __init__(self, item: JsonObject, request: JsonObject) -> None:
        self.item = item
        self.names = request.get("ExpressionAttributeNames", _NO)
        self.values = request.get("ExpressionAttributeValues", _NO)


Value: TypeAlias = Callable[[Against], Any]
Test: TypeAlias = Callable[[Against], bool]
Change: TypeAlias = Callable[[Against, JsonObject], None]


def plain(value: JsonObject | None) -> Any:
    if value is None:
        return None
    ((kind, raw),) = value.items()
    return int(raw) if kind == "N" else raw


@lru_cache(maxsize=1000)
def condition(text: str) -> Test:
    return _Reader(text).whole()


def bounds(query: JsonObject) -> tuple[str | None, str | None]:
    """Between which sort keys a query may find something, as far as its condition says so."""
    text, values = query["KeyConditionExpression"], query["ExpressionAttributeValues"]
    between = _BETWEEN.search(text)
    if between:
        return plain(values[between[1]]), plain(values[between[2]])
    beginning = _BEGINS.search(text)
    if beginning:
        prefix = plain(values[beginning[1]])
        return prefix, prefix + _LAST
    after = _AFTER.search(text)
    return (plain(values[after[1]]), None) if after else (None, None)


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = _TOKEN.findall(text)
        assert "".join(self._tokens) == re.sub(r"\s", "", text), text
        self._at = 0

    def whole(self) -> Test:
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

    def _or(self) -> Test:
        some = [self._and()]
        while self._peek() == "OR":
            self._next()
            some.append(self._and())
        return some[0] if len(some) == 1 else lambda on: any(one(on) for one in some)

    def _and(self) -> Test:
        some = [self._one()]
        while self._peek() == "AND":
            self._next()
            some.append(self._one())
        return some[0] if len(some) == 1 else lambda on: all(one(on) for one in some)

    def _one(self) -> Test:
        token = self._next()
        if token == "(":
            found = self._or()
            self._next(")")
            return found
        if token == "NOT":
            negated = self._one()
            return lambda on: not negated(on)
        if token in ("contains", "attribute_exists", "attribute_not_exists", "begins_with"):
            return self._function(token)
        left, operator = _value(token), self._next()
        if operator == "BETWEEN":
            low = _value(self._next())
            self._next("AND")
            return _between(left, low, _value(self._next()))
        if operator == "IN":
            self._next("(")
            among = [_value(self._next())]
            while self._next(",", ")") == ",":
                among.append(_value(self._next()))
            return lambda on: left(on) in [one(on) for one in among]
        compare, right = _NUMBERS[operator], _value(self._next())
        return lambda on: compare(left(on), right(on))

    def _function(self, name: str) -> Test:
        self._next("(")
        path = _value(self._next())
        if name in _FUNCTIONS:
            self._next(",")
            operand, test = _value(self._next()), _FUNCTIONS[name]
            self._next(")")
            return lambda on: test(path(on), operand(on))
        self._next(")")
        is_there = name == "attribute_exists"
        return lambda on: (path(on) is not None) == is_there


def _between(value: Value, low: Value, high: Value) -> Test:
    def test(on: Against) -> bool:
        found = value(on)
        return found is not None and bool(low(on) <= found <= high(on))

    return test


def _value(token: str) -> Value:
    if token.startswith(":"):
        return lambda on: plain(on.values[token])
    return lambda on: plain(on.item.get(on.names.get(token, token)))


@lru_cache(maxsize=1000)
def update(text: str) -> Change:
    """What changes a copy of the item it is against."""
    changes: list[Change] = []
    parts = re.split(r"\s*\b(SET|REMOVE|ADD)\b\s*", text)[1:]
    for what, clauses in zip(parts[::2], parts[1::2], strict=True):
        for clause in re.split(r",\s*(?![^(]*\))", clauses.strip()):
            changes.append(_CLAUSES[what](clause))

    def change(on: Against, after: JsonObject) -> None:
        for one in changes:
            one(on, after)

    return change


def _removed(clause: str) -> Change:
    def change(on: Against, after: JsonObject) -> None:
        after.pop(on.names.get(clause, clause), None)

    return change


def _added(clause: str) -> Change:
    path, value = clause.split()

    def change(on: Against, after: JsonObject) -> None:
        name = on.names.get(path, path)
        after[name] = _sum(on.item.get(name), on.values[value])

    return change


def _set(clause: str) -> Change:
    path, text = clause.split(" = ")
    once = re.fullmatch(r"if_not_exists\((#?\w+), (:\w+)\)", text)
    more = re.fullmatch(r"(#?\w+) \+ (:\w+)", text)

    def assigned(on: Against) -> Any:
        if once:
            known = on.item.get(on.names.get(once[1], once[1]))
            return known if known is not None else on.values[once[2]]
        if more:
            return _sum(on.item[on.names.get(more[1], more[1])], on.values[more[2]])
        return on.values[text] if text.startswith(":") else on.item[on.names.get(text, text)]

    def change(on: Against, after: JsonObject) -> None:
        after[on.names.get(path, path)] = assigned(on)

    return change


_CLAUSES: Final = {"SET": _set, "REMOVE": _removed, "ADD": _added}


def _sum(known: JsonObject | None, more: JsonObject) -> JsonObject:
    if "SS" in more:
        return {"SS": sorted({*(known or {"SS": []})["SS"], *more["SS"]})}
    return {"N": str(int((known or {"N": "0"})["N"]) + int(more["N"]))}
