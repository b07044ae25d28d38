"""Fields of objects that may be missing or of another shape; nothing here raises."""

from __future__ import annotations

from typing import Any

from shared.json_types import JsonObject


def obj(value: object, name: str) -> JsonObject:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def objs(value: object, name: str) -> list[JsonObject]:
    found = value.get(name) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text(value: object, name: str) -> str:
    """Text, or a whole number as text: ids have been seen as both."""
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return found if isinstance(found, str) else ""


def flag(value: object, name: str) -> bool:
    found: Any = value.get(name) if isinstance(value, dict) else None
    return found is True


def number(value: object, name: str) -> float | None:
    """A number, or text that holds one; never infinity or NaN."""
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        read = float(found)
    except (ValueError, OverflowError):
        return None
    return read if abs(read) < 1e15 else None


def whole(value: object, name: str) -> int | None:
    """A whole number of any size, or text that holds one: ids of templates exceed floats."""
    found = value.get(name) if isinstance(value, dict) else None
    if (
        isinstance(found, str)
        and found.isascii()
        and found.lstrip("-").isdigit()
        and len(found) < 20
    ):
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
