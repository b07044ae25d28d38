"""`{{name}}` in texts. Names are looked up in data, never evaluated."""

from __future__ import annotations

import re
from typing import Any

from shared.json_types import JsonObject

_PLACE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.]{0,200})\s*\}\}")


def render(text: str, data: JsonObject, at_most: int) -> str:
    """Fill in the places; what has no value becomes nothing. No more than `at_most` characters are
    made: a short text may name a long value many times."""
    pieces: list[str] = []
    size = end = 0
    for place in _PLACE.finditer(text):
        filled = text[end : place.start()] + _shown(_look_up(place[1], data))
        end = place.end()
        pieces.append(filled)
        size += len(filled)
        if size >= at_most:
            break
    else:
        pieces.append(text[end:])
    return "".join(pieces)[:at_most]


def _look_up(path: str, data: Any) -> Any:
    for part in path.split("."):
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


def _shown(value: Any) -> str:
    match value:
        case None | dict() | list():
            return ""
        case bool():
            return "true" if value else "false"
    return str(value)
