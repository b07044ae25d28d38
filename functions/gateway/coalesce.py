"""Many statuses, one write per message: the furthest status of each, and what any of them costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from shared.campaigns.callbacks import RecipientRef
from shared.campaigns.callbacks import read_callback_data as read_recipient
from shared.channels.errors import classify
from shared.channels.inbound.statuses import Failure, Pricing, Status, parse_status
from shared.channels.payloads import read_callback_data
from shared.delivery import FAILED, RANK
from shared.json_types import JsonObject
from shared.marketing_stops import STOPPED_MARKETING
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
    """The furthest status known; `details` are attributes to store with it, `pricing` those that
    the first status to tell them sets for good: they come twice and count once. `code` is Meta's of
    a failure."""

    status: str
    details: dict[str, str]
    pricing: dict[str, str] = field(default_factory=dict)
    code: int | None = None

    @property
    def stops_marketing(self) -> bool:
        return self.code == STOPPED_MARKETING


@dataclass(frozen=True, slots=True)
class CampaignRef:
    """A campaign's message to one person, likewise."""

    channel: str
    recipient: RecipientRef


Ref: TypeAlias = MessageRef | CampaignRef


class UnknownStatusError(ValueError):
    """A status that is not about a message of ours, or of a kind that we do not know."""


def read_status(channel: str, status: JsonObject) -> tuple[Ref, Receipt]:
    """One of Meta's status objects. Raises UnknownStatusError, whose text is a short reason."""
    told = parse_status(status)
    if RANK.get(told.name, 0) == 0:
        raise UnknownStatusError("unknown_status")
    ref = _ref(channel, told.callback)
    if ref is None:
        raise UnknownStatusError("unknown_message")
    failure = told.failure if told.name == FAILED else None
    receipt = Receipt(
        told.name,
        _details(status, told),
        _priced(told.pricing),
        failure.code if failure else None,
    )
    return ref, receipt


def _ref(channel: str, callback: object) -> Ref | None:
    if recipient := read_recipient(callback):
        return CampaignRef(channel, recipient)
    ours = read_callback_data(callback)
    return MessageRef(channel, *ours) if ours else None


def furthest(receipts: Iterable[Receipt]) -> Receipt:
    """The receipt that counts, whatever their order."""
    known = list(receipts)
    best = max(known, key=lambda receipt: RANK[receipt.status])
    priced = next((receipt.pricing for receipt in known if receipt.pricing), {})
    return replace(best, pricing=priced)


def failure_reason(failure: Failure | None) -> str:
    """Why Meta failed a message, in words, with its code."""
    if failure is None or failure.code is None:
        return "WhatsApp gave no reason"
    words = classify(400, failure.code).words
    if failure.details:
        words = f"{words}: {failure.details}"
    return f"{words} ({failure.code})"


def _details(status: JsonObject, told: Status) -> dict[str, str]:
    details = {
        attribute: storable(str(status[key]), _LONGEST_DETAIL)
        for attribute, key in (("wamid", "id"), ("status_at", "timestamp"))
        if status.get(key)
    }
    if told.name == FAILED:
        details["reason"] = storable(failure_reason(told.failure), _LONGEST_DETAIL)
        if told.failure is not None and told.failure.code is not None:
            details["code"] = str(told.failure.code)
    return details


def _priced(pricing: Pricing | None) -> dict[str, str]:
    """How Meta bills the message: its category, and whether it is free."""
    if pricing is None or not pricing.category:
        return {}
    return {
        "category": storable(pricing.category, _LONGEST_DETAIL),
        "pricing_type": storable(pricing.kind or pricing.model, _LONGEST_DETAIL),
        "billable": "yes" if pricing.billable else "no",
    }
