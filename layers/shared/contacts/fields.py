"""Custom fields: what a workspace wants to know of its contacts, each with a type. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from shared.contacts.record import FieldValue
from shared.field_error import FieldError

TYPES: Final = ("text", "number", "date", "boolean", "choice")
MOST_DEFINITIONS: Final = 100
MOST_CHOICES: Final = 100
LONGEST_TEXT: Final = 1000
KEY_PATTERN: Final = r"^[a-z][a-z0-9_]{0,39}$"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_YES: Final = frozenset({"true", "yes", "y", "1", "ya", "benar"})
_NO: Final = frozenset({"false", "no", "n", "0", "tidak", "salah"})


class FieldValueError(ValueError):
    """A value does not fit its field; the text says what would."""


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """`choices` is empty but for fields of type "choice"; `created_at` in milliseconds."""

    key: str
    name: str
    type: str
    choices: tuple[str, ...] = ()
    created_at: int = 0
    revision: int = 1


def typed(definition: FieldDefinition, value: Any) -> FieldValue:
    """A value that came as JSON. Raises FieldValueError."""
    return _TYPED[definition.type](definition, value)


def read(definition: FieldDefinition, text: str) -> FieldValue:
    """A value that came as text, as in a file. Raises FieldValueError."""
    match definition.type:
        case "number":
            return _number(definition, _digits(text))
        case "boolean":
            return _yes_or_no(text)
    return typed(definition, text)


def checked(
    definitions: Mapping[str, FieldDefinition], fields: Mapping[str, Any]
) -> tuple[dict[str, FieldValue | None], list[FieldError]]:
    """Fields as they are kept, None for what is to be cleared; and what is wrong with others."""
    kept: dict[str, FieldValue | None] = {}
    errors: list[FieldError] = []
    for key, value in fields.items():
        place = f"fields.{key[:60]}"
        if key not in definitions:
            errors.append(FieldError(place, "There is no such field"))
        elif value is None or value == "":
            kept[key] = None
        else:
            try:
                kept[key] = typed(definitions[key], value)
            except FieldValueError as error:
                errors.append(FieldError(place, str(error)))
    return kept, errors


def _text(definition: FieldDefinition, value: Any) -> str:
    del definition
    if not isinstance(value, str):
        raise FieldValueError("Should be a text")
    if len(value) > LONGEST_TEXT or _CONTROL.search(value):
        raise FieldValueError(f"Should have at most {LONGEST_TEXT} letters, and no control signs")
    return value.strip()


def _number(definition: FieldDefinition, value: Any) -> float:
    del definition
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise FieldValueError("Should be a number")
    if abs(value) > 1e15:
        raise FieldValueError("Should be a number below 1,000,000,000,000,000")
    return value


def _date(definition: FieldDefinition, value: Any) -> str:
    del definition
    try:
        return date.fromisoformat(str(value).strip()[:30]).isoformat()
    except ValueError as error:
        raise FieldValueError("Should be a date such as 2026-11-25") from error


def _boolean(definition: FieldDefinition, value: Any) -> bool:
    del definition
    if not isinstance(value, bool):
        raise FieldValueError("Should be true or false")
    return value


def _choice(definition: FieldDefinition, value: Any) -> str:
    for choice in definition.choices:
        if isinstance(value, str) and choice.casefold() == value.strip().casefold():
            return choice
    raise FieldValueError("Should be one of: " + ", ".join(definition.choices[:10]))


def _digits(text: str) -> float | str:
    """1250.5, 1,250.5 and 1.250,5: the last sign that comes once, before other than three digits or
    after another sign, is the decimal one."""
    plain = text.strip().replace(" ", "").replace("\u00a0", "")
    signs = [sign for sign in plain if sign in ".,"]
    if len(set(signs)) == 2:
        decimal = signs[-1]
        plain = plain.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif len(signs) > 1:
        plain = plain.replace(signs[0], "")
    else:
        plain = plain.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", plain):
        return text
    return int(plain) if re.fullmatch(r"[+-]?\d+", plain) else float(plain)


def _yes_or_no(text: str) -> bool:
    word = text.strip().casefold()
    if word not in _YES | _NO:
        raise FieldValueError("Should be yes or no")
    return word in _YES


_TYPED: Final[dict[str, Callable[[FieldDefinition, Any], FieldValue]]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "boolean": _boolean,
    "choice": _choice,
}
