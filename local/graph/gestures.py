"""What customers do on their phones besides writing: each as a message of Meta's (2.4)."""

import base64
import binascii
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from local.graph.acceptance import AcceptedMessage
from local.graph.bubbles import bubble_text
from local.graph.json_types import JsonObject
from local.graph.limits import CAPTION, FILENAME, TEXT_BODY
from local.graph.media_shelf import MediaShelf

LONGEST_FILE = 25 * 1024 * 1024


class UnusableGestureError(ValueError):
    """The phone cannot send this."""


class File(BaseModel):
    """`data` in base64."""

    model_config = ConfigDict(extra="forbid")

    mime_type: Annotated[str, Field(pattern=r"^[a-z]+/[\w.+-]+(;.*)?$", max_length=100)]
    data: Annotated[str, Field(max_length=LONGEST_FILE * 4 // 3 + 4)]
    filename: Annotated[str, Field(max_length=FILENAME)] | None = None
    caption: Annotated[str, Field(max_length=CAPTION)] | None = None
    voice: bool = False


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid")

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    name: str | None = None
    address: str | None = None


class Reaction(BaseModel):
    model_config = ConfigDict(extra="forbid")

    message_id: str
    emoji: Annotated[str, Field(max_length=32)]


class Tap(BaseModel):
    """On something that a message of the business offers; `id` is the button's or row's."""

    model_config = ConfigDict(extra="forbid")

    message_id: str
    id: str


class Gesture(BaseModel):
    """One of these."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=TEXT_BODY)] | None = None
    media: File | None = None
    location: Place | None = None
    reaction: Reaction | None = None
    tap: Tap | None = None
    context_id: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [self.text, self.media, self.location, self.reaction, self.tap]
        if sum(one is not None for one in given) != 1:
            raise ValueError("needs one of text, media, location, reaction and tap")
        return self


def media_message(file: File, shelf: MediaShelf) -> JsonObject:
    try:
        data = base64.b64decode(file.data, validate=True)
    except binascii.Error:
        raise UnusableGestureError("media.data is not base64") from None
    if not data:
        raise UnusableGestureError("media.data is empty")
    stored = shelf.receive(file.mime_type, data)
    content: JsonObject = {
        "mime_type": file.mime_type,
        "sha256": base64.b64encode(bytes.fromhex(stored.sha256)).decode(),
        "id": stored.id,
    }
    if file.caption and stored.kind in ("image", "video", "document"):
        content["caption"] = file.caption
    if stored.kind == "document":
        content["filename"] = file.filename or "file"
    if stored.kind == "audio":
        content["voice"] = file.voice
    if stored.kind == "sticker":
        content["animated"] = False
    return {"type": stored.kind, stored.kind: content}


def location_message(place: Place) -> JsonObject:
    return {"type": "location", "location": place.model_dump(exclude_none=True)}


def reaction_message(reaction: Reaction) -> JsonObject:
    """A reaction that is taken back has no emoji."""
    content: JsonObject = {"message_id": reaction.message_id}
    if reaction.emoji:
        content["emoji"] = reaction.emoji
    return {"type": "reaction", "reaction": content}


def tap_message(tap: Tap, offer: AcceptedMessage | None) -> JsonObject:
    """Buttons of templates answer with a type of their own (section 2.4.11)."""
    choices = choices_of(offer) if offer else []
    chosen = next((choice for choice in choices if choice["id"] == tap.id), None)
    if chosen is None:
        raise UnusableGestureError("that message offers no such thing")
    kind = chosen["of"]
    if kind == "button":
        return {"type": "button", "button": {"payload": chosen["id"], "text": chosen["title"]}}
    reply = {name: chosen[name] for name in ("id", "title", "description") if chosen.get(name)}
    return {"type": "interactive", "interactive": {"type": kind, kind: reply}}


def choices_of(message: AcceptedMessage) -> list[JsonObject]:
    """What can be tapped: `of` says what the tap becomes."""
    content = message.request.content
    if message.request.type == "template" and message.template is not None:
        return _replies_of_template(message.template.components, content)
    if message.request.type != "interactive":
        return []
    return _INTERACTIVE.get(content["type"], lambda _: [])(content["action"])


def shown_content(message: AcceptedMessage) -> JsonObject:
    """What the phone page needs besides the text."""
    content = message.request.content
    shown: JsonObject = {"choices": choices_of(message)}
    if message.request.type == "interactive":
        shown |= {
            "kind": content["type"],
            "header": content.get("header"),
            "footer": (content.get("footer") or {}).get("text"),
            "button": content["action"].get("button"),
            "link": content["action"].get("parameters") if content["type"] == "cta_url" else None,
        }
    elif message.request.type in ("image", "video", "audio", "document", "sticker", "location"):
        shown[message.request.type] = content
    return {name: value for name, value in shown.items() if value}


def text_shown(message: AcceptedMessage) -> str:
    return bubble_text(message.request.type, message.request.content)


def _buttons(action: Any) -> list[JsonObject]:
    return [{"of": "button_reply", **button["reply"]} for button in action["buttons"]]


def _rows(action: Any) -> list[JsonObject]:
    return [
        {"of": "list_reply", **row, "section": section.get("title")}
        for section in action["sections"]
        for row in section["rows"]
    ]


def _cards(action: Any) -> list[JsonObject]:
    return [
        {"of": "button_reply", **button["quick_reply"]}
        for card in action["cards"]
        for button in card["action"].get("buttons") or ()
    ]


_INTERACTIVE = {"button": _buttons, "list": _rows, "carousel": _cards}


def _replies_of_template(components: list[JsonObject], content: Any) -> list[JsonObject]:
    payloads = {
        int(one["index"]): one["parameters"][0].get("payload")
        for one in content.get("components") or ()
        if one["type"].lower() == "button" and one.get("sub_type") == "quick_reply"
    }
    buttons = [one for part in components if part["type"] == "BUTTONS" for one in part["buttons"]]
    return [
        {"of": "button", "id": payloads.get(place) or button["text"], "title": button["text"]}
        for place, button in enumerate(buttons)
        if button["type"] == "QUICK_REPLY"
    ]
