"""What JsonLogic's operators do with values, as the reference in JavaScript does.

The library follows Python where the two differ (`"0"` and `{}` as conditions, `1 == true`, `%` of
negatives, a number within a text), so these take the place of its own. None of them raises on any
JSON, and none makes a text or a list longer than the budget's growth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from json_logic import add_operation, jsonLogic

from flow.engine.errors import TooManyRulesError

Number: TypeAlias = int | float
_MOST_DIGITS: Final = 100
_LEADING_NUMBER = re.compile(
    r"\s*([+-]?(?:\d{1,100}(?:\.\d{0,100})?|\.\d{1,100})(?:[eE][+-]?\d{1,3})?)"
)


@dataclass(slots=True)
class Budget:
    """What the rules of one event may still cost, and what the innermost loop is at."""

    steps: int
    growth: int
    item: Any = None

    def take(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise TooManyRulesError("no steps are left")


CURRENT: Final[ContextVar[Budget]] = ContextVar("budget")


def truthy(value: Any) -> bool:
    """JsonLogic's: as in JavaScript, but an empty list is false."""
    if isinstance(value, dict):
        return True
    return bool(value) and not _is_nan(value)


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def number(value: Any) -> Number:
    """JavaScript's Number(value); NaN when it is none."""
    match value:
        case bool() | None:
            return int(bool(value))
        case int():
            return (
                value if abs(value) < 10**_MOST_DIGITS else float("inf") * (1 if value > 0 else -1)
            )
        case float():
            return value
        case str():
            return _number_of(value.strip())
        case list():
            return _number_of(text(value).strip())
    return math.nan


def leading_number(value: Any) -> Number:
    """JavaScript's parseFloat(value): what a text begins with counts."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    found = _LEADING_NUMBER.match(text(value)[:300])
    return _number_of(found[1]) if found else math.nan


def _number_of(written: str) -> Number:
    if not written:
        return 0
    if len(written) > _MOST_DIGITS or "_" in written:
        return math.nan
    try:
        return int(written)
    except ValueError:
        pass
    try:
        return whole(float(written))
    except ValueError:
        return math.nan


def whole(value: Number) -> Number:
    """3.0 as 3: JSON has one kind of number."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def text(value: Any) -> str:
    """JavaScript's String(value)."""
    parts: list[str] = []
    _write(value, parts, [CURRENT.get().growth])
    return "".join(parts)


def _write(value: Any, parts: list[str], left: list[int], depth: int = 50) -> None:
    """A list may hold the same list many times: what is written is counted, not what there is."""
    match value:
        case None:
            word = ""
        case str():
            word = value
        case bool():
            word = "true" if value else "false"
        case float() if not math.isfinite(value):
            word = "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        case int() | float():
            word = str(whole(number(value)))
        case list():
            word = ""
            for place, part in enumerate(value):
                if place:
                    _write(",", parts, left, depth)
                if depth:
                    _write(part, parts, left, depth - 1)
        case _:
            word = "[object Object]"
    left[0] -= len(word) + 1
    if left[0] < 0:
        raise ValueError("The text has grown too long")
    parts.append(word)


# Comparing


def equal(a: Any = None, b: Any = None) -> bool:
    """`==`: a text equals the number it spells; lists are equal to themselves only."""
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    if a is None or b is None:
        return a is b
    if isinstance(a, list | dict) and isinstance(b, list | dict):
        return a is b
    if isinstance(a, list) and isinstance(b, str):
        return text(a) == b
    if isinstance(a, str) and isinstance(b, list):
        return a == text(b)
    return number(a) == number(b)


def same(a: Any = None, b: Any = None) -> bool:
    """`===`"""
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a == b
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    return a is b


def less(a: Any = None, b: Any = None, *more: Any) -> bool:
    return _ordered(a, b, lambda x, y: x < y) and (not more or less(b, more[0]))


def less_or_equal(a: Any = None, b: Any = None, *more: Any) -> bool:
    return _ordered(a, b, lambda x, y: x <= y) and (not more or less_or_equal(b, more[0]))


def _ordered(a: Any, b: Any, compare: Callable[[Any, Any], bool]) -> bool:
    """A missing value is neither less nor more than any; in JavaScript it would be 0, and whoever
    has no age would be under eighteen."""
    if a is None or b is None:
        return False
    if isinstance(a, str) and isinstance(b, str):
        return compare(a, b)
    return compare(number(a), number(b))


def contains(part: Any = None, whole_: Any = None) -> bool:
    """`in`: a text within a text, or a value in a list."""
    match whole_:
        case str():
            return text(part) in whole_
        case list():
            return any(same(part, one) for one in whole_)
    return False


# Texts and lists


def concatenated(*parts: Any) -> str:
    return text_of_all(parts)


def text_of_all(values: tuple[Any, ...]) -> str:
    written: list[str] = []
    left = [CURRENT.get().growth]
    for value in values:
        _write(value, written, left)
    return "".join(written)


def substring(source: Any = None, start: Any = 0, length: Any = None) -> str:
    """A negative start counts from the end, a negative length leaves off as many."""
    written = text(source)
    begin = _integer(start)
    begin = max(len(written) + begin, 0) if begin < 0 else begin
    rest = written[begin:]
    if length is None:
        return rest
    return rest[: _integer(length)]


def _integer(value: Any) -> int:
    found = number(value)
    return int(found) if math.isfinite(found) else 0


def merged(*values: Any) -> list[Any]:
    found: list[Any] = []
    most = CURRENT.get().growth
    for value in values:
        found.extend(value if isinstance(value, list) else [value])
        if len(found) > most:
            raise ValueError("The list has grown too long")
    return found


# Counting


def added(*values: Any) -> Number:
    return _computed(lambda: sum(leading_number(value) for value in values))


def multiplied(*values: Any) -> Number:
    if not values:
        return math.nan
    return _computed(lambda: math.prod(_bounded(leading_number(value)) for value in values))


def subtracted(a: Any = None, *more: Any) -> Number:
    return _computed(lambda: number(a) - number(more[0]) if more else -number(a))


def divided(a: Any = None, b: Any = None) -> Number:
    dividend, divisor = number(a), number(b)
    if divisor == 0:
        nothing = math.isnan(dividend) or dividend == 0
        return math.nan if nothing else math.copysign(math.inf, dividend)
    return _computed(lambda: dividend / divisor)


def remainder(a: Any = None, b: Any = None) -> Number:
    """With the sign of what is divided."""
    dividend, divisor = number(a), number(b)
    if divisor == 0 or not math.isfinite(dividend):
        return math.nan
    return _computed(lambda: math.fmod(dividend, divisor))


def smallest(*values: Any) -> Number:
    return _extreme(values, min, math.inf)


def largest(*values: Any) -> Number:
    return _extreme(values, max, -math.inf)


def _extreme(
    values: tuple[Any, ...], choose: Callable[[list[Number]], Number], none: float
) -> Number:
    numbers = [number(value) for value in values]
    if any(_is_nan(one) for one in numbers):
        return math.nan
    return choose(numbers) if numbers else none


def _bounded(value: Number) -> Number:
    """As JavaScript's numbers: beyond 2**53 no integer is exact, and none may grow without end."""
    return value if abs(value) < 2**53 else float(value)


def _computed(compute: Callable[[], Number]) -> Number:
    try:
        return whole(_bounded(compute()))
    except (OverflowError, ValueError):
        return math.nan


# Loops


@dataclass(frozen=True, slots=True)
class Body:
    """What is done with each of a list: a rule of so many parts that the library hands through
    without evaluating it."""

    logic: Any
    parts: int

    def of(self, item: Any, data: Any) -> Any:
        """Charged to the budget each time. `data` is what paths are looked up in."""
        budget = CURRENT.get()
        budget.take(self.parts)
        before, budget.item = budget.item, item
        try:
            return jsonLogic(self.logic, data)
        finally:
            budget.item = before


def current_item() -> Any:
    """`{"var": ""}` in a loop. The library takes a zero or an empty text for no data."""
    return CURRENT.get().item


def _filtered(values: Any, body: Body) -> list[Any]:
    return [one for one in _items(values) if truthy(body.of(one, one))]


def _mapped(values: Any, body: Body) -> list[Any]:
    return [body.of(one, one) for one in _items(values)]


def _reduced(values: Any, body: Body, start: Any = None) -> Any:
    for one in _items(values):
        step = {"current": one, "accumulator": start}
        start = body.of(step, step)
    return start


def _items(values: Any) -> list[Any]:
    return values if isinstance(values, list) else []


LOOPS: Final[dict[str, Callable[..., Any]]] = {
    "filter": _filtered,
    "map": _mapped,
    "reduce": _reduced,
    "all": lambda values, body: (
        bool(_items(values)) and len(_filtered(values, body)) == len(values)
    ),
    "some": lambda values, body: bool(_filtered(values, body)),
    "none": lambda values, body: not _filtered(values, body),
}
LOOPED: Final = "looped {}"  # their names in a rebuilt rule; no stored rule may use them
ITEM: Final = "item"
OPERATIONS: Final[dict[str, Callable[..., Any]]] = {
    "==": equal,
    "!=": lambda a=None, b=None: not equal(a, b),
    "===": same,
    "!==": lambda a=None, b=None: not same(a, b),
    "<": less,
    "<=": less_or_equal,
    ">": lambda a=None, b=None: less(b, a),
    ">=": lambda a=None, b=None: less_or_equal(b, a),
    "!!": lambda value=None: truthy(value),
    "!": lambda value=None: not truthy(value),
    "in": contains,
    "cat": concatenated,
    "substr": substring,
    "merge": merged,
    "+": added,
    "-": subtracted,
    "*": multiplied,
    "/": divided,
    "%": remainder,
    "min": smallest,
    "max": largest,
}

for _name, _operation in OPERATIONS.items():
    add_operation(_name, _operation)
for _name, _operation in LOOPS.items():
    add_operation(LOOPED.format(_name), _operation)
add_operation(ITEM, current_item)
