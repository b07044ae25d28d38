"""What goes in and out of the routes of segments. Times are milliseconds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contacts.shapes import Name
from shared.api import Input, Output, ProblemError
from shared.api.problems import INVALID_INPUT
from shared.field_error import FieldError
from shared.segments.filters import MOST_CONDITIONS, Filter, FilterError, parse

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class ConditionShape(Input):
    """`field` is the key of a custom field, for `on` field; `kind` that of a message, for opt_in;
    `campaign_id` for campaign, or "last" for the newest that each person was sent."""

    on: Literal[
        "tag",
        "field",
        "opt_in",
        "last_seen",
        "created",
        "blocked",
        "name",
        "phone",
        "email",
        "language",
        "campaign",
    ]
    op: Word
    value: str | float | bool | None = None
    field: Word | None = None
    kind: Word | None = None
    campaign_id: Word | None = None


class FilterShape(Input):
    """Without conditions it means everybody."""

    match: Literal["all", "any"] = "all"
    conditions: Annotated[
        list[ConditionShape], Field(default_factory=list, max_length=MOST_CONDITIONS)
    ]


class NewSegment(Input):
    name: Name
    filter: FilterShape


class ChangedSegment(Input):
    name: Name | None = None
    filter: FilterShape | None = None


class ToCount(Input):
    filter: FilterShape


class SegmentShown(Output):
    id: str
    name: str
    filter: FilterShape
    revision: int
    created_at: int
    updated_at: int


class SegmentPage(Output):
    items: list[SegmentShown]
    next_cursor: str | None


class CountShown(Output):
    count: int
    exact: bool


def parsed(shape: FilterShape) -> Filter:
    """Raises ProblemError that names what is wrong."""
    try:
        return parse(shape.model_dump(exclude_none=True))
    except FilterError as error:
        errors = [FieldError(f"filter.{one.field}", one.message) for one in error.errors]
        raise ProblemError(INVALID_INPUT, errors=errors) from error
