"""Messages that say or show one thing: text, media, a place, people, a reaction."""

from __future__ import annotations

from typing import Final

from shared.channels.messages import limits
from shared.channels.messages.emoji import ONE_EMOJI
from shared.channels.messages.parts import (
    AUDIO,
    DOCUMENT,
    FILLED,
    IMAGE,
    MESSAGE_ID,
    STICKER,
    VIDEO,
    given,
    media,
)
from shared.channels.messages.schema import Errors, Flag, Kind, Listing, Number, Shape, Text
from shared.field_error import FieldError
from shared.json_types import JsonObject

_NAME_PARTS: Final = ("first_name", "last_name", "middle_name", "prefix", "suffix")
_OPTIONAL: Final = Text(least=0)


def _one_emoji_or_none(value: str, path: str) -> Errors:
    if value and not ONE_EMOJI.fullmatch(value):
        yield FieldError(path, "must be one emoji, or empty to take a reaction back")


def _more_than_formatted(value: JsonObject, path: str) -> Errors:
    if not any(value.get(part) for part in _NAME_PARTS):
        yield FieldError(path, f"needs one of {', '.join(_NAME_PARTS)} besides formatted_name")


def _details(*fields: str, needs: tuple[str, ...] = ()) -> Listing:
    """Phones, addresses and the like of a contact card; none of them needs anything but `needs`."""
    return Listing(Shape(dict.fromkeys((*fields, "type"), _OPTIONAL), needs=needs), 0, 100)


LOCATION: Final = Shape(
    {
        "latitude": Number(-90, 90, as_text=True),
        "longitude": Number(-180, 180, as_text=True),
        "name": _OPTIONAL,
        "address": _OPTIONAL,
    },
    needs=("latitude", "longitude"),
)
_CONTACT: Final = Shape(
    {
        "name": Shape(
            {"formatted_name": FILLED, **dict.fromkeys(_NAME_PARTS, _OPTIONAL)},
            needs=("formatted_name",),
            rules=(_more_than_formatted,),
        ),
        "birthday": Text(pattern=r"\d{4}-\d{2}-\d{2}", says="must be a date as YYYY-MM-DD"),
        "phones": _details("phone", "wa_id", needs=("phone",)),
        "emails": _details("email", needs=("email",)),
        "urls": _details("url", needs=("url",)),
        "addresses": _details("street", "city", "state", "zip", "country", "country_code"),
        "org": Shape(dict.fromkeys(("company", "department", "title"), _OPTIONAL)),
    },
    needs=("name",),
)
SIMPLE: Final[dict[str, Kind]] = {
    "text": Shape({"body": Text(limits.TEXT_BODY), "preview_url": Flag()}, needs=("body",)),
    "image": IMAGE,
    "video": VIDEO,
    "document": DOCUMENT,
    "audio": AUDIO,
    "sticker": STICKER,
    "location": LOCATION,
    "contacts": Listing(_CONTACT, 1, limits.CONTACTS),
    "reaction": Shape(
        {"message_id": MESSAGE_ID, "emoji": Text(least=0, rules=(_one_emoji_or_none,))},
        needs=("message_id", "emoji"),
    ),
}
"""The content of each of these types."""


def text(body: str, *, preview: bool | None = None) -> JsonObject:
    return {"type": "text", "text": given(preview_url=preview, body=body)}


def image(
    *,
    id: str | None = None,  # noqa: A002
    link: str | None = None,
    caption: str | None = None,
) -> JsonObject:
    return {"type": "image", "image": media(id=id, link=link, caption=caption)}


def video(
    *,
    id: str | None = None,  # noqa: A002
    link: str | None = None,
    caption: str | None = None,
) -> JsonObject:
    return {"type": "video", "video": media(id=id, link=link, caption=caption)}


def document(
    *,
    id: str | None = None,  # noqa: A002
    link: str | None = None,
    filename: str | None = None,
    caption: str | None = None,
) -> JsonObject:
    content = media(id=id, link=link, filename=filename, caption=caption)
    return {"type": "document", "document": content}


def audio(
    *,
    id: str | None = None,  # noqa: A002
    link: str | None = None,
    voice: bool | None = None,
) -> JsonObject:
    """`voice`: shown as a voice note; for OGG with Opus."""
    return {"type": "audio", "audio": media(id=id, link=link, voice=voice)}


def sticker(*, id: str | None = None, link: str | None = None) -> JsonObject:  # noqa: A002
    return {"type": "sticker", "sticker": media(id=id, link=link)}


def location(
    latitude: float | str,
    longitude: float | str,
    *,
    name: str | None = None,
    address: str | None = None,
) -> JsonObject:
    """Degrees, as numbers or as text."""
    content = given(latitude=latitude, longitude=longitude, name=name, address=address)
    return {"type": "location", "location": content}


def contacts(*cards: JsonObject) -> JsonObject:
    """Contact cards, each with `name` and what else Meta knows of a person."""
    return {"type": "contacts", "contacts": list(cards)}


def reaction(message_id: str, emoji: str) -> JsonObject:
    """An empty emoji takes the reaction back."""
    return {"type": "reaction", "reaction": {"message_id": message_id, "emoji": emoji}}
