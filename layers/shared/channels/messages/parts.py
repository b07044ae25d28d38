"""What several kinds of message are made of: media, headers, bodies, footers."""

from __future__ import annotations

from typing import Any, Final

from shared.channels.messages import limits
from shared.channels.messages.schema import Flag, Kind, OneOf, Shape, Tagged, Text
from shared.json_types import JsonObject

FILLED: Final = Text()
MESSAGE_ID: Final = Text(
    pattern=r"wamid\.[A-Za-z0-9+/=_-]+|[A-Z0-9]{1,64}",
    says="must be a message's id (wamid.…, or a linked phone's)",
)
URL: Final = Text(
    limits.URL, pattern=r"https?://[^\s/]+\S*", says="must be an address with http or https"
)
MEDIA_ID: Final = Text(
    pattern=r"\d+|media_[0-9A-Za-z]{1,40}", says="must be the id of an uploaded file"
)
MEDIA_LINK: Final = Text(pattern=r"https://[^\s/]+\S*", says="must be an address with https")
CAPTION: Final = Text(limits.CAPTION, least=0)


def media_shape(**further: Kind) -> Shape:
    """An uploaded id or a public link, never both."""
    return Shape({"id": MEDIA_ID, "link": MEDIA_LINK, **further}, one_of=("id", "link"))


IMAGE: Final = media_shape(caption=CAPTION)
VIDEO: Final = media_shape(caption=CAPTION)
DOCUMENT: Final = media_shape(caption=CAPTION, filename=Text(limits.FILENAME))
AUDIO: Final = media_shape(voice=Flag())
STICKER: Final = media_shape()


def _header(kind: str, content: Kind) -> Shape:
    return Shape({"type": OneOf((kind,)), kind: content}, needs=(kind,))


TEXT_HEADER: Final = _header("text", Text(limits.HEADER_TEXT))
MEDIA_HEADERS: Final = {
    "image": _header("image", media_shape()),
    "video": _header("video", media_shape()),
    "document": _header("document", media_shape(filename=Text(limits.FILENAME))),
}
HEADER: Final = Tagged("type", {"text": TEXT_HEADER, **MEDIA_HEADERS})
HEADER_OF_TEXT: Final = Tagged("type", {"text": TEXT_HEADER})
BODY: Final = Shape({"text": Text(limits.INTERACTIVE_BODY)}, needs=("text",))
LONG_BODY: Final = Shape({"text": Text(limits.LIST_BODY)}, needs=("text",))
FOOTER: Final = Shape({"text": Text(limits.FOOTER)}, needs=("text",))


def interactive_shape(
    kind: str, action: Kind, *, header: Kind | None = HEADER, body: Kind = BODY, **more: Any
) -> Shape:
    """An interactive message; further arguments are those of `Shape`."""
    fields: dict[str, Kind] = {
        "type": OneOf((kind,)),
        "body": body,
        "footer": FOOTER,
        "action": action,
    }
    if header is not None:
        fields["header"] = header
    return Shape(fields, **{"needs": ("body", "action"), **more})


def media(*, id: str | None = None, link: str | None = None, **further: Any) -> JsonObject:  # noqa: A002
    """Media by its uploaded id or by a public link; what is None is left out."""
    return given(id=id, link=link, **further)


def header(of: str | JsonObject, kind: str = "image") -> JsonObject:
    """A header: text, or media of a kind ("image", "video", "document")."""
    return {"type": "text", "text": of} if isinstance(of, str) else {"type": kind, kind: of}


def given(**fields: Any) -> JsonObject:
    """The fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}


def interactive(
    kind: str,
    action: JsonObject,
    *,
    body: str | None,
    header: JsonObject | None = None,
    footer: str | None = None,
) -> JsonObject:
    content = given(
        type=kind,
        header=header,
        body=None if body is None else {"text": body},
        footer=None if footer is None else {"text": footer},
        action=action,
    )
    return {"type": "interactive", "interactive": content}
