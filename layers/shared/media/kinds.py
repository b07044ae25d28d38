"""What WhatsApp takes in each kind of message, as a table. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MB: Final = 1024 * 1024
LARGEST: Final = 100 * MB
"""Nothing larger travels, in or out."""
LARGEST_OVER_LINKED_PHONES: Final = 16 * MB
"""Such a phone is handed the bytes themselves, in one call."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
DOCUMENTS: Final = (
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    f"{_OFFICE}.wordprocessingml.document",
    f"{_OFFICE}.spreadsheetml.sheet",
    f"{_OFFICE}.presentationml.presentation",
)
IMAGES: Final = ("image/jpeg", "image/png")
SOUNDS: Final = ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")
FILMS: Final = ("video/mp4", "video/3gpp")
STICKER: Final = "image/webp"


@dataclass(frozen=True, slots=True)
class Kind:
    """`types` by bare MIME type; `largest` in bytes."""

    types: tuple[str, ...]
    largest: int


KINDS: Final = {
    "image": Kind(IMAGES, 5 * MB),
    "audio": Kind(SOUNDS, 16 * MB),
    "video": Kind(FILMS, 16 * MB),
    "sticker": Kind((STICKER,), 500 * 1024),
    # A picture or a film may also be sent as a file that is downloaded.
    "document": Kind((*DOCUMENTS, *IMAGES, *SOUNDS, *FILMS), LARGEST),
}
LARGEST_STILL_STICKER: Final = 100 * 1024
UPLOADED: Final = {
    type_: max(kind.largest for kind in KINDS.values() if type_ in kind.types)
    for type_ in dict.fromkeys(type_ for kind in KINDS.values() for type_ in kind.types)
}
"""Every type that can be sent at all, with the most bytes that some kind of message allows."""

SHOWN: Final = frozenset({*IMAGES, *SOUNDS, *FILMS, STICKER})
"""Types that a browser may show by itself. All others are downloaded: they could be a page."""


def bare(mime_type: str) -> str:
    """Without parameters such as codecs: "audio/ogg; codecs=opus" is "audio/ogg"."""
    return mime_type.partition(";")[0].strip().lower()


def refusal(kind: str, mime_type: str, size: int, *, animated: bool = False) -> str | None:
    """Why WhatsApp does not take such a file in that kind of message, to be read after the field's
    name; None when it does."""
    takes = KINDS[kind]
    if mime_type not in takes.types:
        return f"names a file of type {mime_type}, which cannot be sent as {kind}"
    most = takes.largest
    if kind == "sticker" and not animated:
        most = LARGEST_STILL_STICKER
    if size > most:
        return f"names a file of {size:,} bytes; as {kind}, {most:,} are allowed"
    return None
