"""What stands against starting a campaign, by field: everything at once. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from blast.fitness import CONTACT_PARTS
from shared.channels.messages import validate
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.media.references import Find, problems
from shared.store.templates import APPROVED, Template
from shared.templates.filling import misfits, wanted
from shared.wording import filled

_PLACE: Final = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,40})\s*\}\}")
_SAMPLE: Final = "12345"  # what fits texts, addresses and codes alike
_ANYBODY: Final = ("segment_ids", "tags", "contact_ids")


def errors_of(
    plan: Mapping[str, Any],
    find: Find,
    template: Callable[[str, str], Template | None],
    columns: list[str] | None,
) -> list[FieldError]:
    """`template` finds one by name and language; `columns` are those of the uploaded file, None
    where there is none that was read."""
    return [*_message(plan, find, template), *_variables(plan, columns), *_audience(plan, columns)]


def places_of(message: JsonObject) -> set[str]:
    """The names of the message's places."""
    return set(_places(message))


def _places(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _PLACE.findall(value)
    elif isinstance(value, list):
        for one in value:
            yield from _places(one)
    elif isinstance(value, dict):
        yield from _places(list(value.values()))


def _message(
    plan: Mapping[str, Any], find: Find, template: Callable[[str, str], Template | None]
) -> Iterator[FieldError]:
    message = plan["message"]
    sample = filled(message, dict.fromkeys(places_of(message), _SAMPLE))
    wrong = [*validate(sample), *problems(message, find)]
    yield from (FieldError(f"message.{one.field}", one.message) for one in wrong)
    if wrong or message.get("type") != "template":
        return
    content = sample["template"]
    known = template(content["name"], content["language"]["code"])
    if known is None:
        return
    if known.status != APPROVED:
        yield FieldError("message.template.name", f"is {known.status} at WhatsApp")
    for one in misfits(content, wanted(known.components)):
        yield FieldError(f"message.{one.field}", one.message)


def _variables(plan: Mapping[str, Any], columns: list[str] | None) -> Iterator[FieldError]:
    known = plan["variables"]
    for name in sorted(places_of(plan["message"]) - set(known)):
        yield FieldError(f"variables.{name}", "The message has a place of this name")
    for name, variable in known.items():
        if variable["source"] == "contact" and variable["name"] not in CONTACT_PARTS:
            yield FieldError(f"variables.{name}.name", f"Must be one of {', '.join(CONTACT_PARTS)}")
        if variable["source"] == "column" and variable["name"] not in (columns or ()):
            yield FieldError(f"variables.{name}.name", "There is no such column")


def _audience(plan: Mapping[str, Any], columns: list[str] | None) -> Iterator[FieldError]:
    audience = plan["audience"]
    by_contacts = audience["everybody"] or any(audience[name] for name in _ANYBODY)
    if audience["upload_id"]:
        if by_contacts:
            yield FieldError("audience.upload_id", "A file is an audience of its own")
        if columns is None:
            yield FieldError("audience.upload_id", "The file has not been read")
        elif audience["phone_column"] not in columns:
            yield FieldError("audience.phone_column", "There is no such column")
    elif not by_contacts:
        yield FieldError("audience", "Say whom it is for")
