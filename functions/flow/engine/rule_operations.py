"""What JsonLogic's operators do with values, as the reference in JavaScript does.

The library follows Python where the two differ (`"0"` and `{}` as conditions, `1 == true`, `%` of
negatives, a number within a text), so these take the place of its own. None of them raises on any
JSON, and none makes a text or a list longer than the budget's growth.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from json_logic import add_operation

from flow.engine.rule_values import (
    CURRENT,
    Number,
    is_nan,
    leading_number,
    number,
    text,
    truthy,
    whole,
    write,
)

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
    a, b = _plain(a), _plain(b)
    if isinstance(a, str) and isinstance(b, str):
        return compare(a, b)
    return compare(number(a), number(b))


def _plain(value: Any) -> Any:
    """Lists and objects are compared as the texts that they are written as."""
    return text(value) if isinstance(value, list | dict) else value


def contains(part: Any = None, whole_: Any = None) -> bool:
    """`in`: a text within a text, or a value in a list. A missing value is in no text."""
    match whole_:
        case str():
            return part is not None and text(part) in whole_
        case list():
            return any(same(part, one) for one in whole_)
    return False


# Texts and lists


def concatenated(*values: Any) -> str:
    written: list[str] = []
    left = [CURRENT.get().growth]
    for value in values:
        write(value, written, left)
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


def multiplied(*values: Any) -> Any:
    """A lone value is not touched."""
    if len(values) < 2:
        return values[0] if values else math.nan
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
    if any(is_nan(one) for one in numbers):
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
