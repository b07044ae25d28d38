"""Values as JavaScript has them: what is true, a number, a text. And what rules may cost."""

from __future__ import annotations

import math
import re
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from flow.engine.errors import TooManyRulesError

Number: TypeAlias = int | float
_MOST_DIGITS: Final = 100
_HUGE: Final = 10**_MOST_DIGITS
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_INFINITIES: Final = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}
_LEADING_NUMBER = re.compile(
    r"\s*([+-]?(?:\d{1,100}(?:\.\d{0,100})?|\.\d{1,100})(?:[eE][+-]?\d{1,3})?)"
)


@dataclass(slots=True)
class Budget:
    """What the rules of one event may still cost, and what paths are looked up in now: what the
    rule was given, or what the innermost loop is at."""

    steps: int
    growth: int
    data: Any = None

    def take(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise TooManyRulesError("no steps are left")


CURRENT: Final[ContextVar[Budget]] = ContextVar("budget")


def truthy(value: Any) -> bool:
    """JsonLogic's: as in JavaScript, but an empty list is false."""
    if isinstance(value, dict):
        return True
    return bool(value) and not is_nan(value)


def is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def number(value: Any) -> Number:
    """JavaScript's Number(value); NaN when it is none."""
    match value:
        case bool() | None:
            return int(bool(value))
        case int():
            return value if -_HUGE < value < _HUGE else math.copysign(math.inf, value)
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
    if len(written) > _MOST_DIGITS or not _NUMBER.fullmatch(written):
        return _INFINITIES.get(written, math.nan)
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
    write(value, parts, [CURRENT.get().growth])
    return "".join(parts)


def write(value: Any, parts: list[str], left: list[int], depth: int = 50) -> None:
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
                    write(",", parts, left, depth)
                if depth:
                    write(part, parts, left, depth - 1)
        case _:
            word = "[object Object]"
    left[0] -= len(word) + 1
    if left[0] < 0:
        raise ValueError("The text has grown too long")
    parts.append(word)
