"""A body is JSON before anything looks into it."""

from __future__ import annotations

import json
import math
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

from shared.api.problems import INVALID_INPUT, INVALID_JSON, NOT_JSON, ProblemError
from shared.field_error import FieldError
from shared.json_types import JsonObject


def text_of(event: JsonObject) -> str:
    """Raises ProblemError when the bytes are not UTF-8."""
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body)
    try:
        return b64decode(body).decode()
    except ValueError as error:
        raise ProblemError(INVALID_JSON) from error


def check_body(event: JsonObject) -> None:
    """No body at all is fine here: whether one is needed is for the route's own model to say.

    Raises ProblemError for another type, for what is no JSON object, or for a value in it that
    nothing could keep: JSON can write numbers that are infinite, and half a letter.
    """
    text = text_of(event)
    if not text:
        # What validates the route's model reads an object.
        event.update(body="{}", isBase64Encoded=False)
        return
    content_type = event["headers"].get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise ProblemError(NOT_JSON)
    try:
        parsed = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ProblemError(INVALID_JSON) from error
    if not isinstance(parsed, dict):
        raise ProblemError(INVALID_JSON)
    if errors := list(_unkeepable(parsed)):
        raise ProblemError(INVALID_INPUT, errors=errors)


def _unkeepable(body: JsonObject) -> Iterator[FieldError]:
    """At any depth, without recursion."""
    left: list[tuple[str, Any]] = [("body", body)]
    while left:
        place, value = left.pop()
        below = "" if value is body else f"{place}."
        if isinstance(value, dict):
            left += ((f"{below}{key}", one) for key, one in value.items())
            if not all(map(_is_text, value)):
                yield FieldError(place, "Should have names of whole letters")
        elif isinstance(value, list):
            left += ((f"{below}{index}", one) for index, one in enumerate(value))
        elif isinstance(value, str) and not _is_text(value):
            yield FieldError(place, "Should be a text of whole letters")
        elif isinstance(value, int | float) and not _is_finite(value):
            yield FieldError(place, "Should be a smaller number")


def _is_text(value: str) -> bool:
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _refuse(constant: str) -> None:
    raise ValueError(constant)
