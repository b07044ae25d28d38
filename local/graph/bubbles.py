"""A line of text for each kind of business message, for the chat on the phone page."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any


def bubble_text(kind: str, content: Any) -> str:
    """`content` has passed the shape of its kind."""
    return TEXT_OF[kind](content)


def _media(content: Any) -> str:
    return content.get("caption") or content.get("filename") or ""


def _location(content: Any) -> str:
    place = [content[key] for key in ("name", "address") if content.get(key)]
    return ", ".join(place) or f"{content['latitude']}, {content['longitude']}"


def _contacts(content: Any) -> str:
    return ", ".join(card["name"]["formatted_name"] for card in content)


def _interactive(content: Any) -> str:
    body = (content.get("body") or {}).get("text") or f"[{content['type']}]"
    choices = CHOICES_OF.get(content["type"], _no_choices)(content["action"])
    return "\n".join([body, *(f"• {title}" for title in choices)])


def _no_choices(_: Any) -> list[str]:
    return []


def _buttons(action: Any) -> list[str]:
    return [button["reply"]["title"] for button in action["buttons"]]


def _rows(action: Any) -> list[str]:
    return [row["title"] for section in action["sections"] for row in section["rows"]]


def _link(action: Any) -> list[str]:
    return [action["parameters"]["display_text"]]


def _template(content: Any) -> str:
    texts = [
        parameter["text"]
        for component in content.get("components") or ()
        for parameter in component.get("parameters") or ()
        if parameter.get("text")
    ]
    return " · ".join([f"[{content['name']}]", *texts])


CHOICES_OF: Mapping[str, Callable[[Any], list[str]]] = MappingProxyType(
    {"button": _buttons, "list": _rows, "cta_url": _link}
)

TEXT_OF: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "text": lambda content: str(content["body"]),
        "image": _media,
        "video": _media,
        "document": _media,
        "audio": _media,
        "sticker": _media,
        "location": _location,
        "contacts": _contacts,
        "reaction": lambda content: str(content["emoji"]),
        "interactive": _interactive,
        "template": _template,
    }
)


def line_of(said: Any) -> str:
    """A customer's own message in a line."""
    kind = said["type"]
    if kind == "interactive":
        inner = said[kind]
        return str(inner[inner["type"]]["title"])
    if kind == "button":
        return str(said[kind]["text"])
    if kind == "reaction":
        return str(said[kind].get("emoji", ""))
    return bubble_text(kind, said[kind])
