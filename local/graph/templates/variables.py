"""The variables of a template's text: {{1}}, {{2}}, or {{named}}."""

import re

VARIABLE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")


def places_in(text: str) -> list[str]:
    """Every place in which a variable stands."""
    return VARIABLE.findall(text)


def names_in(text: str) -> list[str]:
    """Each variable once, in order."""
    return list(dict.fromkeys(places_in(text)))


def filled(text: str, values: dict[str, str]) -> str:
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)
