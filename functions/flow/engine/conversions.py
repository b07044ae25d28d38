"""A value as the type that a variable or a parameter wants."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from flow.engine.filters import shown
from flow.engine.parts import Kind

_TRUE: Final = frozenset({"true", "yes", "ya", "1", "on"})
_FALSE: Final = frozenset({"false", "no", "tidak", "0", "off", ""})


def converted(value: Any, kind: Kind | None) -> Any:
    """None when it cannot be of the kind. Without a kind it stays what it is."""
    if kind is None or value is None:
        return value
    try:
        return _CONVERSIONS[kind](value)
    except (OverflowError, RecursionError, TypeError, ValueError):
        return None


def _number(value: Any) -> int | float | None:
    if isinstance(value, int | float):
        return int(value) if isinstance(value, bool) else value
    text = str(value).strip()
    if len(text) > 40 or "_" in text:
        return None
    found = float(text)
    if not math.isfinite(found):
        return None
    return int(found) if found.is_integer() and abs(found) < 2**53 else found


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool | int | float):
        return bool(value)
    text = shown(value).strip().casefold()
    if text in _TRUE:
        return True
    return False if text in _FALSE else None


def _date(value: Any) -> str:
    """An ISO date or time, as it was."""
    text = str(value).strip()
    (date if len(text) == 10 else datetime).fromisoformat(text)
    return text


def _list(value: Any) -> list[Any] | None:
    if isinstance(value, str):
        value = json.loads(value) if value.strip().startswith("[") else [value]
    return value if isinstance(value, list) else [value]


def _object(value: Any) -> dict[str, Any] | None:
    if isinstance(value, str):
        value = json.loads(value)
    return value if isinstance(value, dict) else None


_CONVERSIONS: Final[dict[Kind, Callable[[Any], Any]]] = {
    "text": shown,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "list": _list,
    "object": _object,
}
