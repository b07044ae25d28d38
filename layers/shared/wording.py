"""One message for many people: places like {{name}} are filled for each of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from shared.json_types import JsonObject

_PLACE: Final = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,40})\s*\}\}")


class VariableMissingError(Exception):
    """The message has a place for which the recipient brings nothing; the text is its name."""


def filled(message: JsonObject, variables: Mapping[str, str]) -> JsonObject:
    """With every place of every text filled in; texts that are filled in have no places of their
    own. Raises VariableMissingError."""
    done: JsonObject = _filled(message, variables)
    return done


def _filled(value: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _PLACE.sub(lambda place: _value(place[1], variables), value)
    if isinstance(value, list):
        return [_filled(one, variables) for one in value]
    if isinstance(value, dict):
        return {name: _filled(one, variables) for name, one in value.items()}
    return value


def _value(name: str, variables: Mapping[str, str]) -> str:
    if name not in variables:
        raise VariableMissingError(name)
    return variables[name]
