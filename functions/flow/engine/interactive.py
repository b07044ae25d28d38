"""The pieces that WhatsApp's interactive messages share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flow.engine.parts import Data, ExitName, ShortText, Text
from flow.engine.run import Run
from shared.json_types import JsonObject

BODY: Final = 1024  # characters
TITLE: Final = 20  # of a button
ROW_TITLE: Final = 24
ROW_DESCRIPTION: Final = 72
SMALL: Final = 60  # headers and footers
MOST_BUTTONS: Final = 3
MOST_ROWS: Final = 10


class Option(Data):
    """A button, or a row of a list. `id` comes back when it is tapped, and is the exit by which a
    question that offers it is left."""

    id: ExitName
    title: ShortText
    description: ShortText | None = None


HEADLESS: Final = frozenset({"product", "location_request_message"})
FOOTLESS: Final = frozenset({"location_request_message"})
"""The kinds that WhatsApp refuses with a header or a footer: they are sent without."""


class Worded(Data):
    """What most interactive messages have around their action."""

    text: Text
    header: ShortText | None = None
    footer: ShortText | None = None

    def interactive(
        self, run: Run, kind: str, action: JsonObject, most: int = BODY
    ) -> JsonObject | None:
        """Meta's object; None without words."""
        body = run.text(self.text, most)
        if not body.strip():
            return None
        content: JsonObject = {"type": kind, "body": {"text": body}, "action": action}
        header, footer = self.header, self.footer
        if (
            header is not None
            and kind not in HEADLESS
            and (words := run.text(header, SMALL)).strip()
        ):
            content["header"] = {"type": "text", "text": words}
        if (
            footer is not None
            and kind not in FOOTLESS
            and (words := run.text(footer, SMALL)).strip()
        ):
            content["footer"] = {"text": words}
        return {"type": "interactive", "interactive": content}


def reply_buttons(options: Sequence[tuple[str, str]]) -> JsonObject:
    """An action of (id, title)."""
    replies = [{"id": id_, "title": title[:TITLE]} for id_, title in options]
    return {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}


def row(id_: str, title: str, description: str = "") -> JsonObject:
    found = {"id": id_, "title": title[:ROW_TITLE]}
    if description.strip():
        found["description"] = description[:ROW_DESCRIPTION]
    return found


def media_source(media: str) -> JsonObject:
    """An address is fetched by Meta, anything else is the id of an uploaded file."""
    return {"link": media} if media.startswith(("https://", "http://")) else {"id": media}
