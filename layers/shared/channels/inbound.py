"""What a message of Meta's says in words, and whether the customer speaks with it."""

from __future__ import annotations

from shared.json_types import JsonObject

_SPEAKS = frozenset(
    {
        *("text", "button", "interactive", "order", "contacts", "location"),
        *("audio", "document", "image", "sticker", "video"),
    }
)
_CAPTIONED = ("document", "image", "video")


def speaks(message: JsonObject) -> bool:
    """Whether it is something said, rather than a reaction, a correction or a notice."""
    return message.get("type") in _SPEAKS


def text_of(message: JsonObject) -> str:
    """The words of a message, empty where there are none. The object named by `type` may be
    missing or of another shape."""
    match message:
        case {"type": "text", "text": {"body": str(text)}}:
            return text
        case {"type": "button", "button": {"text": str(text)}}:
            return text
        case {"type": "interactive", "interactive": {"button_reply": {"title": str(text)}}}:
            return text
        case {"type": "interactive", "interactive": {"list_reply": {"title": str(text)}}}:
            return text
        case {"type": "system", "system": {"body": str(text)}}:
            return text
    for kind in _CAPTIONED:
        match message.get(kind):
            case {"caption": str(text)}:
                return text
    return ""
