"""Every text, rule and value within a node, found by walking its model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from flow.engine.contents_rich import OtherContent
from flow.engine.rules import Rule
from flow.engine.texts import LocalText, Template


def parts_of(model: Any, path: str = "") -> Iterator[tuple[str, LocalText | Template | Rule]]:
    """With the place of each, as "content.buttons.0.title"."""
    match model:
        case LocalText() | Template() | Rule():
            yield path, model
        case OtherContent():
            for template in model.templates:
                yield path, template
        case BaseModel():
            for name, field in type(model).model_fields.items():
                yield from parts_of(getattr(model, name), _at(path, field.alias or name))
        case list():
            for place, part in enumerate(model):
                yield from parts_of(part, _at(path, str(place)))
        case dict():
            for key, part in model.items():
                yield from parts_of(part, _at(path, str(key)))


def paths_in(part: LocalText | Template | Rule) -> set[tuple[str, ...]]:
    """The values that it looks at."""
    match part:
        case Rule():
            return {tuple(path.split(".")) for path in part.paths if path}
        case Template():
            return {path for found in part.expressions for path in found.paths}
    return {path for template in part.by_language.values() for path in paths_in(template)}


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
