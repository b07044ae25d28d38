"""How JsonLogic looks values up: keys of objects, places in lists and texts, and their `length`.

The library's own reaches a list's end by negative places, gives up the whole rule at a place beyond
it, and takes a zero or an empty text in a loop for no data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from json_logic import add_operation

from flow.engine.rule_values import CURRENT, text


def looked_up(path: Any = None, otherwise: Any = None) -> Any:
    """`var`. `otherwise` where there is nothing; all there is when no path is given."""
    found = CURRENT.get().data
    if path is None or path == "":
        return found
    for part in text(path).split("."):
        match found:
            case dict() if part in found:
                found = found[part]
            case list() | str() if part == "length":
                found = len(found)
            case list() | str() if _is_place(part) and int(part) < len(found):
                found = found[int(part)]
            case _:
                return otherwise
    return found


def missing(*paths: Any) -> list[Any]:
    """Those of the paths at which nothing or an empty text stands."""
    asked = paths[0] if paths and isinstance(paths[0], list) else paths
    return [path for path in asked if looked_up(path) in (None, "")]


def missing_some(needed: Any = 0, paths: Any = None) -> list[Any]:
    """None, if so many of the paths are there; else those that are missing."""
    asked = paths if isinstance(paths, list) else []
    absent = missing(asked)
    return [] if len(asked) - len(absent) >= needed else absent


def _is_place(part: str) -> bool:
    return part.isascii() and part.isdecimal() and len(part) < 10


LOOKUPS: Final[dict[str, Callable[..., Any]]] = {
    "var": looked_up,
    "missing": missing,
    "missing_some": missing_some,
}
LOOKED_UP: Final = "looked up {}"  # their names in a rebuilt rule; no stored rule may use them

for _name, _operation in LOOKUPS.items():
    add_operation(LOOKED_UP.format(_name), _operation)
