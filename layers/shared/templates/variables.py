"""The variables of a template's text: {{1}}, {{2}} or {{first_name}}."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_VARIABLE: Final = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")


def places_in(text: str) -> list[str]:
    """Every place in which a variable stands."""
    return _VARIABLE.findall(text)


def names_in(text: str) -> list[str]:
    """Each variable once: named ones in the order of the text, numbered ones by their number, since
    that is the order in which they are filled."""
    names = list(dict.fromkeys(places_in(text)))
    return sorted(names, key=int) if all(name.isdecimal() for name in names) else names


def filled(text: str, values: Mapping[str, str]) -> str:
    """A variable without a value stays as it is."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def without(text: str) -> str:
    return _VARIABLE.sub(" ", text)
