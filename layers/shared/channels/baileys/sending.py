"""A message in Meta's shape, sent over a linked phone; the answer says what is known afterwards.

The service knows a call of ours by its idempotency key for ten minutes, so that no silence of its
leaves anything open: the call is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.channels.baileys.jids import NoAddressError, jid_of, phone_of
from shared.channels.baileys.service import (
    BUSY,
    NOT_CONNECTED,
    Service,
    ServiceRefusedError,
    ServiceUnreachableError,
)
from shared.channels.cloud_api import Accepted, Answer, Refused
from shared.channels.errors import Action
from shared.channels.payloads import callback_data
from shared.json_types import JsonObject

_RECONNECT_SECONDS: Final = 15.0
_BUSY_SECONDS: Final = 15.0  # a film is under way for as long
_NOT_THERE: Final = "The number is not on WhatsApp"
_METAS_FILE: Final = "The file is kept by Meta: a linked phone sends files of the workspace's own."


class NoFileError(ValueError):
    """The message's file is none that such a channel can send."""


def send(
    service: Service, body: JsonObject, message: JsonObject, is_ours: Callable[[str], bool]
) -> Answer:
    """`body` is an effect of kind "send" with its envelope; `message` what such a channel can
    send; `is_ours` tells of an id whether a message of ours has it. Whom nobody has heard from is
    looked up first: writing to numbers that are not on WhatsApp gets a number restricted."""
    phone = phone_of(body["channel"])
    try:
        jid = jid_of(body["to"])
        if not body.get("open_until") and not service.is_on_whatsapp(phone, jid):
            return Refused(Action.PERMANENT, _NOT_THERE)
        content = content_of(message, jid, is_ours)
    except (NoAddressError, NoFileError) as error:
        return Refused(Action.PERMANENT, str(error))
    except (ServiceUnreachableError, ServiceRefusedError) as error:
        return Refused(Action.RETRY, str(error), retry_after=_RECONNECT_SECONDS)
    try:
        idempotency = callback_data(body["contact"], body["seq"])
        return Accepted(service.send(phone, jid, content, idempotency))
    except ServiceUnreachableError as error:
        return Refused(Action.RETRY, f"No answer from the service for linked phones ({error})")
    except ServiceRefusedError as error:
        return _refused(error)


def content_of(message: JsonObject, jid: str, is_ours: Callable[[str], bool]) -> JsonObject:
    """As the service takes it, with the message that it answers. Files hold their bytes in base64
    (`data`). Raises NoFileError."""
    kind = str(message["type"])
    content = message[kind]
    if kind == "reaction":
        key = _key(content["message_id"], jid, is_ours)
        return {"react": {"key": key, "text": content.get("emoji", "")}}
    told = _CONTENTS[kind](content)
    if quoted := message.get("context", {}).get("message_id"):
        key = _key(quoted, jid, is_ours)
        told["quotedMessage"] = {"key": key, "message": {"conversation": ""}}
    return told


def _key(message_id: str, jid: str, is_ours: Callable[[str], bool]) -> JsonObject:
    return {"id": message_id, "remoteJid": jid, "fromMe": is_ours(message_id)}


def _refused(error: ServiceRefusedError) -> Refused:
    if error.status == NOT_CONNECTED:
        words = "The phone's connection is being restored"
        return Refused(Action.RETRY, words, retry_after=_RECONNECT_SECONDS)
    if error.status == BUSY:
        # An earlier call of ours is under way: the next one is told what became of it.
        return Refused(Action.RETRY, str(error), retry_after=_BUSY_SECONDS)
    if error.status in (401, 403, 421, 429) or error.status >= 500:
        return Refused(Action.RETRY, str(error))
    return Refused(Action.PERMANENT, str(error))


def _text(content: Any) -> JsonObject:
    return {"text": content["body"]}


def _file(kind: str) -> Callable[[Any], JsonObject]:
    def told(content: Any) -> JsonObject:
        if "data" not in content:
            raise NoFileError(_METAS_FILE)
        about = {theirs: content[ours] for ours, theirs in _ABOUT_FILES if ours in content}
        return {kind: content["data"], **about}

    return told


_ABOUT_FILES: Final = (
    ("mime_type", "mimetype"),
    ("caption", "caption"),
    ("filename", "fileName"),
    ("voice", "ptt"),
)
_CONTENTS: Final[Mapping[str, Callable[[Any], JsonObject]]] = {
    "text": _text,
    **{kind: _file(kind) for kind in ("image", "video", "audio", "document")},
}
