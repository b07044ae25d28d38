"""One of several options: tapped, or typed as its number or its words."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final, Literal, Self

from pydantic import Field, model_validator

from flow.engine.events import Said
from flow.engine.interactive import (
    MOST_BUTTONS,
    MOST_ROWS,
    ROW_TITLE,
    TITLE,
    Option,
    reply_buttons,
    row,
)
from flow.engine.parts import Data, Filled, ShortText
from flow.engine.run import Run
from flow.engine.texts import LocalText
from shared.json_types import JsonObject

_MOST: Final = 30
_LONGEST_ID: Final = 200
_PUNCTUATION = re.compile(r"[^\w\s]", re.UNICODE)

Offered = tuple[str, str, str]
"""id, title, description: of an option, as this contact sees it."""


class ChoiceAnswer(Data):
    """Kept is the option's id, which is also the exit. `options_from` names a list made at run
    time (texts, or objects with `id`, `title`, `description`), whose choice leaves by `default`.

    Up to three options are buttons, up to ten a list, more are numbered; `show` asks for one of
    these. `button` opens the list.
    """

    kind: Literal["choice"]
    options: list[Option] = Field(default_factory=list, max_length=_MOST)
    options_from: Filled | None = None
    show: Literal["auto", "buttons", "list", "numbers"] = "auto"
    button: ShortText | None = None
    header: ShortText | None = None
    footer: ShortText | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if bool(self.options) == bool(self.options_from):
            raise ValueError("A choice has either options or options_from")
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            raise ValueError("Two options have the same id")
        return self

    def offered(self, run: Run) -> list[Offered]:
        if self.options_from is not None:
            found = run.filled(self.options_from)
            parts = found if isinstance(found, list) else []
            return [_made(part) for part in parts[:_MOST] if _made(part)[1].strip()]
        return [
            (
                option.id,
                run.text(option.title, 200),
                run.text(option.description, 200) if option.description else "",
            )
            for option in self.options
        ]

    def question(self, run: Run, text: LocalText) -> JsonObject | None:
        """The message that asks, with its options."""
        offered = self.offered(run)
        match self._shown_as(offered):
            case "buttons":
                action = reply_buttons([(id_, title) for id_, title, _ in offered])
                return self._interactive(run, text, "button", action)
            case "list":
                button = run.text(self.button, TITLE) if self.button else "☰"
                rows = [row(*option) for option in offered]
                action = {"button": button, "sections": [{"rows": rows}]}
                return self._interactive(run, text, "list", action)
        lines = [f"{place}. {title}" for place, (_, title, _) in enumerate(offered, start=1)]
        body = "\n".join([run.text(text), *lines])[: run.limits.text_characters]
        return {"type": "text", "text": {"body": body}} if body.strip() else None

    def _shown_as(self, offered: list[Offered]) -> str:
        """What was asked for, if WhatsApp can: it refuses too many, equal and overlong titles."""
        fits_buttons = 1 <= len(offered) <= MOST_BUTTONS and _titles_fit(offered, TITLE)
        fits_list = 1 <= len(offered) <= MOST_ROWS and _titles_fit(offered, ROW_TITLE)
        if self.show in ("auto", "buttons") and fits_buttons:
            return "buttons"
        return "list" if self.show != "numbers" and fits_list else "numbers"

    def _interactive(self, run: Run, text: LocalText, kind: str, action: JsonObject) -> JsonObject:
        content: JsonObject = {"type": kind, "body": {"text": run.text(text, 1024) or "…"}}
        if self.header is not None:
            content["header"] = {"type": "text", "text": run.text(self.header, 60)}
        if self.footer is not None:
            content["footer"] = {"text": run.text(self.footer, 60)}
        return {"type": "interactive", "interactive": {**content, "action": action}}

    def read(self, said: Said, run: Run) -> str | None:
        offered = self.offered(run)
        if said.payload is not None:
            for id_, _, _ in offered:
                if id_ == said.payload:
                    return id_
        typed = _plain(said.text)
        for id_, title, _ in offered:
            if said.text.strip() == title.strip():
                return id_
            if typed and typed in (_plain(title), _plain(title[:ROW_TITLE]), _plain(title[:TITLE])):
                return id_
        if typed.isdecimal() and 1 <= int(typed[:4]) <= len(offered):
            return offered[int(typed[:4]) - 1][0]
        return None


def _made(part: Any) -> Offered:
    if isinstance(part, dict):
        title = str(part.get("title") or part.get("name") or part.get("id") or "")
        id_, description = part.get("id"), str(part.get("description") or "")
        return str(title if id_ is None else id_)[:_LONGEST_ID], title[:200], description[:200]
    title = "" if part is None or isinstance(part, list) else str(part)
    return title[:_LONGEST_ID], title[:200], ""


def _titles_fit(offered: list[Offered], most: int) -> bool:
    titles = [title for _, title, _ in offered]
    return len(set(titles)) == len(titles) and all(0 < len(title) <= most for title in titles)


def _plain(text: str) -> str:
    """As it is compared: without case, marks and surrounding signs, so that `1.`, `(1)`, `Yes!`
    and `yes` are what they look like."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_PUNCTUATION.sub(" ", text).split())
