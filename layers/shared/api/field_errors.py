"""Validation errors as people read them: which field, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.field_error import FieldError

_PLACES: Final = {"body", "query", "path", "header"}


def field_errors(errors: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    """From pydantic's errors; their messages name types and limits, never the value."""
    return [FieldError(_field(error["loc"]), str(error["msg"])) for error in errors]


def _field(location: Sequence[str | int]) -> str:
    """("body", "contact", "name") is "contact.name"; the whole body is "body"."""
    inside = location[1:] if location and location[0] in _PLACES else location
    return ".".join(map(str, inside or location))
