"""What a flow can send, as it is stored: one model per kind, each saying what it is to WhatsApp.

`message(run)` answers Meta's object, `{"type": …, <type>: {…}}`, with every text filled in and cut
to its length there; None for a message without words, which WhatsApp refuses.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from flow.engine.contents_rich import (
    CatalogContent,
    ContactsContent,
    FormContent,
    LocationContent,
    OtherContent,
    ProductContent,
    ProductsContent,
    ReactionContent,
)
from flow.engine.interactive import (
    BODY,
    MOST_BUTTONS,
    MOST_ROWS,
    ROW_DESCRIPTION,
    ROW_TITLE,
    TITLE,
    Option,
    Worded,
    media_source,
    reply_buttons,
    row,
)
from flow.engine.parts import Data, Filled, ShortText, Text
from flow.engine.run import Run
from flow.engine.template_content import TemplateContent
from shared.json_types import JsonObject


class TextContent(Data):
    kind: Literal["text"]
    text: Text
    preview_url: bool = False

    def message(self, run: Run) -> JsonObject | None:
        body = run.text(self.text)
        if not body.strip():
            return None
        preview = {"preview_url": True} if self.preview_url else {}
        return {"type": "text", "text": {"body": body, **preview}}


class MediaContent(Data):
    """`media` is an address (https://…) or the id of an uploaded file. Audio and stickers have no
    caption; only a document has a file name."""

    kind: Literal["image", "video", "audio", "document", "sticker"]
    media: Filled
    caption: Text | None = None
    file_name: Filled | None = None

    def message(self, run: Run) -> JsonObject | None:
        media = run.fill(self.media).strip()
        if not media:
            return None
        content = media_source(media)
        if self.caption is not None and self.kind not in ("audio", "sticker"):
            content["caption"] = run.text(self.caption, BODY)
        if self.file_name is not None and self.kind == "document":
            content["filename"] = run.fill(self.file_name)[:240]
        return {"type": self.kind, self.kind: content}


class ButtonsContent(Worded):
    kind: Literal["buttons"]
    buttons: list[Option] = Field(min_length=1, max_length=MOST_BUTTONS)

    def message(self, run: Run) -> JsonObject | None:
        titles = [(option.id, run.text(option.title, TITLE)) for option in self.buttons]
        return self.interactive(run, "button", reply_buttons(titles))


class Section(Data):
    title: ShortText | None = None
    rows: list[Option] = Field(min_length=1, max_length=MOST_ROWS)


class ListContent(Worded):
    kind: Literal["list"]
    button: ShortText
    sections: list[Section] = Field(min_length=1, max_length=MOST_ROWS)

    def message(self, run: Run) -> JsonObject | None:
        sections = []
        for section in self.sections:
            title = run.text(section.title, ROW_TITLE).strip() if section.title else ""
            rows = [_row(run, option) for option in section.rows]
            sections.append({"title": title, "rows": rows} if title else {"rows": rows})
        action = {"button": run.text(self.button, TITLE), "sections": sections}
        return self.interactive(run, "list", action, run.limits.text_characters)


class LinkContent(Worded):
    """A button that opens an address."""

    kind: Literal["link"]
    label: ShortText
    url: Filled

    def message(self, run: Run) -> JsonObject | None:
        parameters = {"display_text": run.text(self.label, TITLE), "url": run.fill(self.url)}
        return self.interactive(run, "cta_url", {"name": "cta_url", "parameters": parameters})


class LocationRequestContent(Worded):
    kind: Literal["location_request"]

    def message(self, run: Run) -> JsonObject | None:
        return self.interactive(run, "location_request_message", {"name": "send_location"})


def _row(run: Run, option: Option) -> JsonObject:
    description = run.text(option.description, ROW_DESCRIPTION) if option.description else ""
    return row(option.id, run.text(option.title, ROW_TITLE), description)


Content: TypeAlias = Annotated[
    TextContent
    | MediaContent
    | ButtonsContent
    | ListContent
    | LinkContent
    | LocationRequestContent
    | LocationContent
    | ContactsContent
    | FormContent
    | ProductContent
    | ProductsContent
    | CatalogContent
    | ReactionContent
    | TemplateContent
    | OtherContent,
    Field(discriminator="kind"),
]
