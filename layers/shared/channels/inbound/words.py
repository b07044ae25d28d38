"""What a message in Meta's shape says in words, and whether the customer speaks with it.

Nothing here raises: the object named by `type` may be missing or of another shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

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
_PAYLOADS: Final = (
    ("button", "payload"),
    ("interactive", "button_reply", "id"),
    ("interactive", "list_reply", "id"),
)
_TARGETS: Final = (
    ("edit", "original_message_id"),
    ("revoke", "original_message_id"),
    ("reaction", "message_id"),
)


def speaks(message: JsonObject) -> bool:
    """Whether it is something said, rather than a reaction, a correction or a notice."""
    return message.get("type") in _SPEAKS


def text_of(message: JsonObject) -> str:
    """The words of a message, empty where there are none (a picture, a place)."""
    kind = str(message.get("type"))
    content = message.get(kind)
    if kind == "interactive" and isinstance(content, dict):
        content = content.get("button_reply") or content.get("list_reply")
    return _at(content, *_WORDS.get(kind, ())) if kind in _WORDS else ""


def payload_of(message: JsonObject) -> str | None:
    """What was tapped: the id of a button or row, the payload of a template's button."""
    kind = message.get("type")
    found = [_at(message, *way) for way in _PAYLOADS if way[0] == kind]
    return next((payload for payload in found if payload), None)


def target_of(message: JsonObject) -> str | None:
    """The id of the message that this one edits, deletes or reacts to."""
    kind = message.get("type")
    found = [_at(message, *way) for way in _TARGETS if way[0] == kind]
    return next((target for target in found if target), None)


def line_of(message: JsonObject) -> str:
    """What a list or a log shows of any message, ours too: its words, or what tells it apart."""
    kind = str(message.get("type"))
    shown = _SHOWN.get(kind)
    return shown(message.get(kind)) if shown else text_of(message)


def _at(value: Any, *way: str) -> str:
    for part in way:
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _objects(value: Any) -> list[JsonObject]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _media(content: Any) -> str:
    return _at(content, "caption") or _at(content, "filename")


def _place(content: Any) -> str:
    named = [_at(content, "name"), _at(content, "address")]
    if any(named) or not isinstance(content, dict):
        return ", ".join(name for name in named if name)
    return f"{content.get('latitude')}, {content.get('longitude')}"


def _people(content: Any) -> str:
    names = (_at(card, "name", "formatted_name") for card in _objects(content))
    return ", ".join(name for name in names if name)


def _interactive(content: Any) -> str:
    replies = ("button_reply", "list_reply")
    title = next((title for one in replies if (title := _at(content, one, "title"))), "")
    return title or _at(content, "body", "text")


def _order(content: Any) -> str:
    items = _objects(content.get("product_items")) if isinstance(content, dict) else []
    lines = [f"{item.get('quantity')} × {_at(item, 'product_retailer_id')}" for item in items]  # noqa: RUF001
    return "\n".join(line for line in (_at(content, "text"), *lines) if line)


def _edit(content: Any) -> str:
    inner = content.get("message") if isinstance(content, dict) else None
    if not isinstance(inner, dict) or inner.get("type") == "edit":
        return ""
    return line_of(inner)


def _template(content: Any) -> str:
    components = _objects(content.get("components")) if isinstance(content, dict) else []
    texts = [_at(one, "text") for part in components for one in _objects(part.get("parameters"))]
    return " · ".join([_at(content, "name"), *(text for text in texts if text)])


_SHOWN: Final[Mapping[str, Callable[[Any], str]]] = {
    **dict.fromkeys(("image", "video", "document"), _media),
    "location": _place,
    "contacts": _people,
    "interactive": _interactive,
    "order": _order,
    "reaction": lambda content: _at(content, "emoji"),
    "edit": _edit,
    "template": _template,
}
