"""What goes in and out of the routes of custom fields and tags. Times are milliseconds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contacts.shapes import Line, Name
from shared.api import Input, Output
from shared.contacts.fields import KEY_PATTERN, MOST_CHOICES

FieldType = Literal["text", "number", "date", "boolean", "choice"]
Choice = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Line
]
Choices = Annotated[list[Choice], Field(max_length=MOST_CHOICES)]


class NewField(Input):
    """`choices` are for the type choice alone."""

    key: Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
    name: Name
    type: FieldType
    choices: Annotated[Choices, Field(default_factory=list)]


class ChangedField(Input):
    name: Name | None = None
    choices: Choices | None = None


class FieldShown(Output):
    key: str
    name: str
    type: str
    choices: list[str]
    created_at: int
    revision: int


class FieldPage(Output):
    items: list[FieldShown]
    next_cursor: str | None


class TagShown(Output):
    tag: str


class TagPage(Output):
    items: list[TagShown]
    next_cursor: str | None
