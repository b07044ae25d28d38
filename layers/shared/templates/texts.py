"""What holds for texts with variables: where they stand, how many there are, an example of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from shared.channels.messages.schema import Errors, inside
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.templates import limits
from shared.templates.variables import names_in, places_in, without

_AT_AN_EDGE: Final = re.compile(r"\A\s*\{\{|\}\}\s*\Z")
_SIDE_BY_SIDE: Final = re.compile(r"\}\}\s*\{\{")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*|_[a-z0-9_]*")
_STRAY: Final = re.compile(r"\{\{|\}\}")


def header_rule(header: JsonObject, path: str) -> Errors:
    if len(places_in(header["text"])) > 1:
        yield FieldError(inside(path, "text"), "may have one variable")
    yield from _whole(header["text"], inside(path, "text"))


def body_rule(body: JsonObject, path: str) -> Errors:
    text, place = body["text"], inside(path, "text")
    yield from _whole(text, place)
    names = names_in(text)
    if not names:
        return
    if _AT_AN_EDGE.search(text):
        yield FieldError(place, "may not begin or end with a variable")
    if _SIDE_BY_SIDE.search(text):
        yield FieldError(place, "needs words between two variables")
    if len(without(text).split()) < limits.WORDS_PER_VARIABLE * len(names):
        yield FieldError(place, "has too many variables for so few words")


def footer_rule(footer: JsonObject, path: str) -> Errors:
    if _STRAY.search(footer["text"]):
        yield FieldError(inside(path, "text"), "may have no variables")


def _whole(text: str, place: str) -> Errors:
    if _STRAY.search(without(text)):
        yield FieldError(place, "has a variable that is not written as {{1}} or {{first_name}}")


def examples_rule(part: str) -> Callable[[JsonObject, str], Errors]:
    """Each variable of the text has an example, as `body_text` or `body_text_named_params` has it
    for a body."""

    def rule(component: JsonObject, path: str) -> Errors:
        names = names_in(component["text"])
        given = samples_of(component, part)
        place = inside(path, "example")
        missing = [name for name in names if name not in given]
        if missing:
            yield FieldError(place, f"needs an example of {', '.join(missing)}")
        elif len(given) > len(names):
            yield FieldError(place, f"has {len(given)} examples for {len(names)} variables")

    return rule


def samples_of(component: JsonObject, part: str) -> dict[str, str]:
    """The examples of a component by the names of its variables. `part`: "header" or "body"."""
    example = component.get("example") or {}
    named = example.get(f"{part}_text_named_params")
    if named:
        return {str(one.get("param_name")): str(one.get("example")) for one in named}
    listed = example.get(f"{part}_text") or []
    first = listed[0] if listed and isinstance(listed[0], list) else listed
    return {str(number): str(one) for number, one in enumerate(first, 1)}


def format_errors(text: str, wanted: str, place: str) -> Errors:
    """`wanted` is POSITIONAL or NAMED."""
    names = names_in(text)
    if wanted == "NAMED":
        wrong = [name for name in names if not _NAME.fullmatch(name)]
        if wrong:
            yield FieldError(
                place, f"must name its variables in small letters, unlike {', '.join(wrong)}"
            )
    elif names != [str(number) for number in range(1, len(names) + 1)]:
        yield FieldError(place, "must number its variables from 1 without gaps")
