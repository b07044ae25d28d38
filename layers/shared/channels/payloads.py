"""The body of a send, as Meta wants it."""

from __future__ import annotations

from shared.json_types import JsonObject

_PREFIX = "kabar:1"
_LONGEST_CONTACT = 64  # characters; it becomes a part of a key


def send_payload(message: JsonObject, address: JsonObject, contact: str, seq: int) -> JsonObject:
    """A complete request body. `message` holds `type` and the object named by it; `address` is
    `{"wa_id": …}` or `{"bsuid": …}` (a business-scoped id travels as `recipient`)."""
    return send_payload_of(message, address, callback_data(contact, seq))


def send_payload_of(message: JsonObject, address: JsonObject, callback: str) -> JsonObject:
    """The same with whatever every status is to echo."""
    recipient = (
        {"to": address["wa_id"]} if address.get("wa_id") else {"recipient": address["bsuid"]}
    )
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **recipient,
        "biz_opaque_callback_data": callback,
        **message,
    }


def callback_data(contact: str, seq: int) -> str:
    """What every status of this message will echo: where its delivery is stored within the
    number's own tenant. It names no tenant, since statuses are input."""
    return f"{_PREFIX}:{contact}:{seq}"


def read_callback_data(text: object) -> tuple[str, int] | None:
    """The contact and number that `callback_data` wrote, or None for anybody else's text."""
    if not isinstance(text, str) or not text.startswith(_PREFIX + ":"):
        return None
    contact, _, seq = text.removeprefix(_PREFIX + ":").partition(":")
    if not (text.isascii() and contact.isalnum() and len(contact) <= _LONGEST_CONTACT):
        return None
    if not (seq.isdigit() and len(seq) <= 10):
        return None
    return contact, int(seq)
