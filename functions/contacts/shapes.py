"""What goes in and out of the contacts API. Times are milliseconds."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from shared.api import Input, Output
from shared.contacts.changes import LONGEST_TAG
from shared.contacts.record import MOST_FIELDS, MOST_TAGS, ContactRecord, FieldValue

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BETWEEN_DIGITS = re.compile(r"[\s()./-]")
# Deliberately loose: whether an address exists is found out by writing to it.
_ADDRESS = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
_E164 = r"^\+[1-9][0-9]{6,14}$"


def _on_one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("must not hold control characters")
    return text


def _storable(text: str) -> str:
    if _UNSTORABLE.search(text):
        raise ValueError("must not hold control characters")
    return text


def _without_spaces(value: Any) -> Any:
    return _BETWEEN_DIGITS.sub("", value) if isinstance(value, str) else value


Line = AfterValidator(_on_one_line)
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Line]
Phone = Annotated[
    str,
    BeforeValidator(_without_spaces),
    StringConstraints(pattern=_E164),
    Field(description="With the country's code, for example +628123456789"),
]
Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=_ADDRESS),
]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}([_-][A-Za-z]{2,4})?$")]
Tag = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TAG), Line
]
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS)]
FieldKey = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Fields = Annotated[dict[FieldKey, str | float | bool | None], Field(max_length=MOST_FIELDS)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(_storable),
]
OptKind = Literal["marketing", "utility", "authentication"]
OptState = Literal["in", "out", "unknown"]
Source = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Line
]


class NewContact(Input):
    """A number, an address or at least a name."""

    name: Name | None = None
    phone: Phone | None = None
    email: Address | None = None
    language: Language | None = None
    tags: Annotated[Tags, Field(default_factory=list)]
    fields: Annotated[Fields, Field(default_factory=dict)]


class ChangedContact(Input):
    """What is left out stays; null clears. `tags` are all of them, `fields` only those named."""

    name: Name | None = None
    phone: Phone | None = None
    email: Address | None = None
    username: Name | None = None
    language: Language | None = None
    tags: Tags | None = None
    fields: Fields | None = None


class OptShown(Output):
    state: str
    source: str
    at: int


class FullContact(Output):
    """`conversations` are their ids; `last_seen_at` is when the person last wrote."""

    id: str
    revision: int
    name: str | None
    phone: str | None
    username: str | None
    email: str | None
    language: str | None
    tags: list[str]
    fields: dict[str, FieldValue]
    opt_ins: dict[str, OptShown]
    blocked: bool
    last_seen_at: int | None
    created_at: int
    updated_at: int
    conversations: list[str]


class ContactPage(Output):
    """A page may hold fewer than asked for and still have a next one."""

    items: list[FullContact]
    next_cursor: str | None


class NewNote(Input):
    text: Text


class NoteShown(Output):
    """`by` is who left it."""

    id: str
    text: str
    by: str
    at: int


class NotePage(Output):
    items: list[NoteShown]
    next_cursor: str | None


class NewOptIn(Input):
    """`source` says where the person agreed, for example "form on our site"."""

    kind: OptKind
    state: OptState
    source: Source


class OptInLine(Output):
    kind: str
    state: str
    source: str
    at: int


class OptInPage(Output):
    items: list[OptInLine]
    next_cursor: str | None


class Merge(Input):
    other_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{1,64}$")]


def shown(record: ContactRecord) -> FullContact:
    return FullContact(
        id=record.id,
        revision=record.revision,
        name=record.name,
        phone=record.phone,
        username=record.username,
        email=record.email,
        language=record.language,
        tags=list(record.tags),
        fields=dict(record.fields),
        opt_ins={
            kind: OptShown(state=one.state, source=one.source, at=one.at)
            for kind, one in record.opt_ins.items()
        },
        blocked=record.blocked,
        last_seen_at=record.last_seen_at,
        created_at=record.created_at,
        updated_at=record.updated_at,
        conversations=list(record.conversations),
    )
