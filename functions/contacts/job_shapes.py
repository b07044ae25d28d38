"""What goes in and out of the routes of imports and exports. Times are milliseconds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contacts.segment_shapes import FilterShape
from contacts.shapes import Line, NewOptIn, Tags
from shared.api import Input, Output
from shared.phone_numbers import HOME

FileName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Line
]
Target = Annotated[str, StringConstraints(max_length=60)]
Column = Annotated[str, StringConstraints(max_length=120)]


class NewImport(Input):
    file_name: FileName


class StartImport(Input):
    """`mapping` says of each column's name what it is: phone, name, email, language, username,
    tags, or field:<key> of a custom field; columns left out or null are not read.
    `default_country` is where numbers without a country's code are at home. A number that is a
    contact's already updates that contact or is skipped; `tags` and `opt_in` are for all."""

    mapping: Annotated[dict[Column, Target | None], Field(max_length=200)]
    default_country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = HOME
    duplicates: Literal["update", "skip"] = "update"
    tags: Annotated[Tags, Field(default_factory=list)]
    opt_in: NewOptIn | None = None


class UploadForm(Output):
    url: str
    fields: dict[str, str]


class StartedImport(Output):
    id: str
    upload: UploadForm


class PreviewShown(Output):
    columns: list[str]
    rows: list[list[str]]
    suggested: dict[str, str | None]


class ImportShown(Output):
    """`status` is waiting (for the file), reading, ready (to start), running, done, failed or
    cancelled. `skipped` were contacts already; `reason` says why it failed."""

    id: str
    file_name: str
    created_at: int
    status: str
    preview: PreviewShown | None
    total: int | None
    done: int
    created: int
    updated: int
    skipped: int
    rejected: int
    reason: str | None
    seconds_left: int | None


class ImportPage(Output):
    items: list[ImportShown]
    next_cursor: str | None


class LinkShown(Output):
    url: str


class NewExport(Input):
    """Without a segment and a filter: everybody."""

    segment_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{1,64}$")] | None = None
    filter: FilterShape | None = None


class ExportShown(Output):
    """`status` is running, done or failed; `total` is an estimate until it is done."""

    id: str
    status: str
    done: int
    total: int | None
    url: str | None
