"""Messages that are answered by choosing: reply buttons and lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shared.channels.messages import limits
from shared.channels.messages.parts import (
    HEADER_OF_TEXT,
    LONG_BODY,
    given,
    interactive,
    interactive_shape,
)
from shared.channels.messages.schema import (
    Errors,
    Kind,
    Listing,
    OneOf,
    Shape,
    Text,
    all_different,
    inside,
)
from shared.field_error import FieldError
from shared.json_types import JsonObject

REPLY: Final = Shape(
    {"id": Text(limits.REPLY_ID), "title": Text(limits.REPLY_TITLE)}, needs=("id", "title")
)
_BUTTON: Final = Shape({"type": OneOf(("reply",)), "reply": REPLY}, needs=("type", "reply"))
_ROW: Final = Shape(
    {
        "id": Text(limits.ROW_ID),
        "title": Text(limits.ROW_TITLE),
        "description": Text(limits.ROW_DESCRIPTION, least=0),
    },
    needs=("id", "title"),
)
_SECTION: Final = Shape(
    {"title": Text(limits.SECTION_TITLE), "rows": Listing(_ROW, 1, limits.LIST_ROWS_IN_ALL)},
    needs=("rows",),
)


def _rows(action: JsonObject, path: str) -> Errors:
    sections = action["sections"]
    rows = [row for section in sections for row in section["rows"]]
    if len(rows) > limits.LIST_ROWS_IN_ALL:
        most = limits.LIST_ROWS_IN_ALL
        yield FieldError(
            inside(path, "sections"), f"holds {len(rows)} rows in all; {most} are allowed"
        )
    if len({row["id"] for row in rows}) < len(rows):
        yield FieldError(inside(path, "sections"), "ids of rows must differ")
    for place, section in enumerate(sections):
        if len(sections) > 1 and "title" not in section:
            where = inside(inside(inside(path, "sections"), place), "title")
            yield FieldError(where, "is missing; several sections need titles")


CHOICES: Final[dict[str, Kind]] = {
    "button": interactive_shape(
        "button",
        Shape(
            {
                "buttons": Listing(
                    _BUTTON,
                    1,
                    limits.REPLY_BUTTONS,
                    rules=(
                        all_different(lambda button: button["reply"]["id"], "ids"),
                        all_different(lambda button: button["reply"]["title"], "titles"),
                    ),
                )
            },
            needs=("buttons",),
        ),
    ),
    "list": interactive_shape(
        "list",
        Shape(
            {
                "button": Text(limits.LIST_BUTTON),
                "sections": Listing(_SECTION, 1, limits.LIST_SECTIONS),
            },
            needs=("button", "sections"),
            rules=(_rows,),
        ),
        header=HEADER_OF_TEXT,
        body=LONG_BODY,
    ),
}


def buttons(body: str, replies: Sequence[tuple[str, str]], **around: Any) -> JsonObject:
    """`replies` are (id, title); `around` may hold `header` (see `parts.header`) and `footer`."""
    action = {
        "buttons": [
            {"type": "reply", "reply": {"id": reply_id, "title": title}}
            for reply_id, title in replies
        ]
    }
    return interactive("button", action, body=body, **around)


def row(row_id: str, title: str, description: str | None = None) -> JsonObject:
    return given(id=row_id, title=title, description=description)


def section(rows: Sequence[JsonObject], title: str | None = None) -> JsonObject:
    return given(title=title, rows=list(rows))


def list_of(body: str, button: str, sections: Sequence[JsonObject], **around: Any) -> JsonObject:
    """`button` opens the list; `around` may hold `header` (of text) and `footer`."""
    action = {"button": button, "sections": list(sections)}
    return interactive("list", action, body=body, **around)
