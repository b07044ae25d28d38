"""What each kind of channel can send, and what it sends instead of what it cannot.

Buttons and lists become numbered options; whoever asked keeps them (`options_of`) and finds out
with `chosen` which one a typed answer means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.channels.kinds import BAILEYS, CLOUD_API
from shared.channels.messages import CONTENT, INTERACTIVE, kind_of
from shared.channels.messages.limits import TEXT_BODY
from shared.channels.messages.simple import text
from shared.json_types import JsonObject

KINDS: Final = frozenset(
    {*(kind for kind in CONTENT if kind != "interactive")}
    | {f"interactive.{kind}" for kind in INTERACTIVE}
)
"""Every kind of message (see `messages.kind_of`)."""

_FILES: Final = ("image", "video", "audio", "document")
SENDS: Final[Mapping[str, frozenset[str]]] = {
    CLOUD_API: KINDS,
    BAILEYS: frozenset({"text", "reaction", *_FILES}),
}
"""The kinds that each kind of channel sends as they are."""

FETCHES_LINKS: Final = frozenset({CLOUD_API})
"""The kinds of channel that send the file at an address; others send the address."""

IN_BULK: Final = frozenset({CLOUD_API})
"""The kinds of channel that may write to many: a linked phone that does is banned within hours."""

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)
_NUMBER: Final = re.compile(r"[#(]?\s*([0-9]{1,3})\s*[.)]?")


class CannotSendError(Exception):
    """This kind of channel has neither such a message nor another way of saying it."""

    def __init__(self, kind: str, channel_kind: str) -> None:
        super().__init__(f"A channel of kind {channel_kind} cannot send {kind}.")


@dataclass(frozen=True, slots=True)
class Option:
    """What may be chosen; `id` is what a tap on it would bring back."""

    id: str
    title: str
    description: str = ""


def fallback(message: JsonObject, channel_kind: str) -> JsonObject:
    """The valid message itself where the channel can send it, else text that says the same.
    Raises CannotSendError."""
    kind = kind_of(message)
    content = message[str(message["type"])]
    is_link = kind in _FILES and "id" not in content and channel_kind not in FETCHES_LINKS
    if kind in SENDS[channel_kind] and not is_link:
        return message
    words = _WORDS.get(kind)
    if words is None:
        raise CannotSendError(kind, channel_kind)
    said = _with_file_of_header(content, words(content) or "…")
    return {**said, "context": message["context"]} if "context" in message else said


def options_of(message: JsonObject) -> tuple[Option, ...]:
    """The replies that a valid message of buttons or a list offers, in their order."""
    offered = _OFFERED.get(kind_of(message))
    return offered(message["interactive"]["action"]) if offered else ()


def chosen(answer: str, options: Sequence[Option]) -> Option | None:
    """The option that a typed answer means: by its number, its title, or None."""
    said = answer.translate(_DIGITS).strip()
    by_number = _NUMBER.fullmatch(said)
    if by_number:
        place = int(by_number[1])
        return options[place - 1] if 1 <= place <= len(options) else None
    titled = [option for option in options if _plain(option.title) == _plain(said)]
    return titled[0] if len(titled) == 1 else None


def numbered(options: Sequence[Option]) -> str:
    """A line for each."""
    return "\n".join(
        f"{number}. {option.title}" + (f" - {option.description}" if option.description else "")
        for number, option in enumerate(options, start=1)
    )


def _plain(said: str) -> str:
    return " ".join(said.casefold().split())


def _buttons(action: JsonObject) -> tuple[Option, ...]:
    return tuple(Option(**button["reply"]) for button in action["buttons"])


def _list(action: JsonObject) -> tuple[Option, ...]:
    return tuple(Option(**row) for section in action["sections"] for row in section["rows"])


def _replies_of_cards(action: JsonObject) -> tuple[Option, ...]:
    return tuple(
        Option(**button["quick_reply"], description=card.get("body", {}).get("text", ""))
        for card in action["cards"]
        for button in card["action"].get("buttons", ())
    )


_OFFERED: Final[Mapping[str, Callable[[JsonObject], tuple[Option, ...]]]] = {
    "interactive.button": _buttons,
    "interactive.list": _list,
    "interactive.carousel": _replies_of_cards,
}


def _paragraphs(*parts: str | None) -> str:
    return "\n\n".join(part for part in parts if part)


def _around(content: JsonObject, *inside: str | None) -> str:
    """Header, body, what is inside, footer; what is too long is cut from the body."""
    header = content.get("header", {})
    shown = header.get("text") or header.get(header.get("type"), {}).get("link")
    body, footer = (content.get(part, {}).get("text") for part in ("body", "footer"))
    excess = len(_paragraphs(shown, body, *inside, footer)) - TEXT_BODY
    if excess > 0:
        body = f"{body[: -excess - 1]}…"
    return _paragraphs(shown, body, *inside, footer)


def _with_file_of_header(content: Any, words: str) -> JsonObject:
    """The words, below the file of the message's header where that is one of ours."""
    header = content.get("header", {}) if isinstance(content, dict) else {}
    kind = header.get("type")
    if kind in _FILES and "id" in header[kind]:
        return {"type": kind, kind: {**header[kind], "caption": words}}
    return text(words)


def _address(content: JsonObject) -> str:
    link = content["link"]
    caption = content.get("caption", "")[: TEXT_BODY - len(link) - 2]
    return _paragraphs(caption, link)


def _offer(content: JsonObject) -> str:
    options = _OFFERED[f"interactive.{content['type']}"](content["action"])
    return _around(content, numbered(options))


def _link(content: JsonObject) -> str:
    parameters = content["action"]["parameters"]
    return _around(content, f"{parameters['display_text']}: {parameters['url']}")


def _place(content: JsonObject) -> str:
    coordinates = f"{content['latitude']},{content['longitude']}"
    where = f"https://maps.google.com/?q={coordinates}"
    said = "\n".join(part for part in (content.get("name"), content.get("address")) if part)
    return "\n".join(part for part in (said[: TEXT_BODY - len(where) - 1], where) if part)


def _people(cards: list[JsonObject]) -> str:
    return "\n".join(
        " ".join(
            [card["name"]["formatted_name"], *(one["phone"] for one in card.get("phones", ()))]
        )
        for card in cards
    )


def _cards(content: JsonObject) -> str:
    replies = _replies_of_cards(content["action"])
    cards = (_card(one) for one in content["action"]["cards"])
    return _around(content, *([numbered(replies)] if replies else cards))


def _card(card: JsonObject) -> str:
    action: dict[str, Any] = card["action"]
    parameters = action.get("parameters")
    link = f"{parameters['display_text']}: {parameters['url']}" if parameters else None
    return "\n".join(part for part in (card.get("body", {}).get("text"), link) if part)


_WORDS: Final[Mapping[str, Callable[[Any], str]]] = {
    **dict.fromkeys(_FILES, _address),
    "location": _place,
    "contacts": _people,
    "interactive.button": _offer,
    "interactive.list": _offer,
    "interactive.cta_url": _link,
    "interactive.location_request_message": _around,
    "interactive.request_contact_info": _around,
    "interactive.call_permission_request": _around,
    "interactive.carousel": _cards,
}
"""How the kinds that can be told in text are; forms, products and templates cannot."""
