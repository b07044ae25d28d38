"""The union of all messages: what each type holds, and what is wrong with one before it is sent."""

from __future__ import annotations

from typing import Final

from shared.channels.messages.choices import CHOICES
from shared.channels.messages.parts import MESSAGE_ID
from shared.channels.messages.products import PRODUCTS
from shared.channels.messages.requests import REQUESTS
from shared.channels.messages.schema import Kind, OneOf, Shape, Tagged
from shared.channels.messages.simple import SIMPLE
from shared.channels.messages.template import TEMPLATE
from shared.field_error import FieldError
from shared.json_types import JsonObject

INTERACTIVE: Final[dict[str, Kind]] = {**CHOICES, **REQUESTS, **PRODUCTS}
CONTENT: Final[dict[str, Kind]] = {
    **SIMPLE,
    "interactive": Tagged("type", INTERACTIVE),
    "template": TEMPLATE,
}
_CONTEXT: Final = Shape({"message_id": MESSAGE_ID}, needs=("message_id",))
_NEVER_A_REPLY: Final = frozenset({"reaction"})


def _message(kind: str) -> Shape:
    fields: dict[str, Kind] = {"type": OneOf((kind,)), kind: CONTENT[kind]}
    if kind not in _NEVER_A_REPLY:
        fields["context"] = _CONTEXT
    return Shape(fields, needs=(kind,))


MESSAGE: Final = Tagged("type", {kind: _message(kind) for kind in CONTENT})


def validate(message: object) -> list[FieldError]:
    """What WhatsApp would refuse, by field, for example "interactive.action.buttons.1.reply.title";
    empty when the message can be sent."""
    return list(MESSAGE.errors(message, ""))


def kind_of(message: JsonObject) -> str:
    """A valid message's kind: its type, or "interactive.button" and the like."""
    kind = str(message["type"])
    return f"interactive.{message[kind]['type']}" if kind == "interactive" else kind


def in_reply_to(message: JsonObject, wamid: str) -> JsonObject:
    """The message, quoting another."""
    return {**message, "context": {"message_id": wamid}}


def read_receipt(wamid: str, *, typing: bool = False) -> JsonObject:
    """Marks a message and all before it as read; `typing` shows that an answer is being written."""
    receipt: JsonObject = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": wamid,
    }
    if typing:
        receipt["typing_indicator"] = {"type": "text"}
    return receipt
