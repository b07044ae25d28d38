"""Many statuses, one write per message: only the furthest status of each counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shared.channels.errors import classify
from shared.channels.payloads import read_callback_data
from shared.delivery import FAILED, RANK
from shared.json_types import JsonObject
from shared.storable import storable

_LONGEST_DETAIL = 1000  # characters


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One of our messages, as far as a status tells: the tenant follows from the channel."""

    channel: str
    contact: str
    seq: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The furthest status known; `details` are attributes to store with it."""

    status: str
    details: dict[str, str]


class UnknownStatusError(ValueError):
    """A status that is not about a message of ours, or of a kind that we do not know."""


def read_status(channel: str, status: JsonObject) -> tuple[MessageRef, Receipt]:
    """One of Meta's status objects. Raises UnknownStatusError, whose text is a short reason."""
    name = status.get("status")
    if not isinstance(name, str) or RANK.get(name, 0) == 0:
        raise UnknownStatusError("unknown_status")
    ours = read_callback_data(status.get("biz_opaque_callback_data"))
    if ours is None:
        raise UnknownStatusError("unknown_message")
    details = {
        attribute: storable(str(status[key]), _LONGEST_DETAIL)
        for attribute, key in (("wamid", "id"), ("status_at", "timestamp"))
        if status.get(key)
    }
    if name == FAILED:
        details["reason"] = storable(failure_reason(status.get("errors")), _LONGEST_DETAIL)
    return MessageRef(channel, *ours), Receipt(name, details)


def furthest(receipts: Iterable[Receipt]) -> Receipt:
    """The receipt that counts, whatever their order."""
    return max(receipts, key=lambda receipt: RANK[receipt.status])


def failure_reason(errors: object) -> str:
    """Why Meta failed a message, in words, with its code."""
    match errors:
        case [{"code": int(code)} as error, *_]:
            words = classify(400, code).words
            match error:
                case {"error_data": {"details": str(details)}}:
                    words = f"{words}: {details}"
            return f"{words} ({code})"
    return "WhatsApp gave no reason"
