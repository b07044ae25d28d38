"""What a message of Meta's says in words, and whether the customer speaks with it."""

from __future__ import annotations

from typing import Final

from shared.json_types import JsonObject

_SPEAKS = frozenset(
    {
        *("text", "button", "interactive", "order", "contacts", "location"),
        *("audio", "document", "image", "sticker", "video"),
    }
)
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "text": ("body",),
    "button": ("text",),
    "interactive": ("title",),
    "system": ("body",),
    "document": ("caption",),
    "image": ("caption",),
    "video": ("caption",),
}
"""Where the words stand in the object that `type` names."""


def speaks(message: JsonObject) -> bool:
    """Whether it is something said, rather than a reaction, a correction or a notice."""
    return message.get("type") in _SPEAKS


def text_of(message: JsonObject) -> str:
    """The words of a message, empty where there are none. The object named by `type` may be
    missing or of another shape."""
    kind = str(message.get("type"))
    content = message.get(kind)
    if kind == "interactive" and isinstance(content, dict):
        content = content.get("button_reply") or content.get("list_reply")
    for part in _WORDS.get(kind, ()):
        content = content.get(part) if isinstance(content, dict) else None
    return content if isinstance(content, str) else ""
