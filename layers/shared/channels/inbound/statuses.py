"""What Meta says about a message of ours; nothing here raises."""

from __future__ import annotations

from dataclasses import dataclass

from shared.channels.inbound.fields import flag, obj, objs, text, whole
from shared.channels.times import milliseconds
from shared.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Pricing:
    """`category` as Meta bills it (marketing, utility, service, …); `kind` says whether it was free
    (regular, free_customer_service, free_entry_point)."""

    category: str
    kind: str
    model: str
    billable: bool


@dataclass(frozen=True, slots=True)
class Failure:
    code: int | None
    title: str
    details: str


@dataclass(frozen=True, slots=True)
class Status:
    """`name` as Meta names it: sent, delivered, read, played, failed. `at` in milliseconds.
    `participant` is who of a group it is about. `callback` is what our send carried."""

    wamid: str
    name: str
    at: int | None
    callback: str = ""
    recipient: str = ""
    recipient_user_id: str = ""
    group_id: str = ""
    participant: str = ""
    pricing: Pricing | None = None
    failure: Failure | None = None


def parse_status(status: JsonObject) -> Status:
    group = text(status, "recipient_type") == "group"
    return Status(
        wamid=text(status, "id"),
        name=text(status, "status"),
        at=milliseconds(status.get("timestamp"), 0) or None,
        callback=text(status, "biz_opaque_callback_data"),
        recipient=text(status, "recipient_id"),
        recipient_user_id=text(status, "recipient_user_id"),
        group_id=text(status, "group_id") or (text(status, "recipient_id") if group else ""),
        # Both spellings have been seen.
        participant=text(status, "recipient_participant_id")
        or text(status, "participant_recipient_id"),
        pricing=_pricing(status),
        failure=_failure(status),
    )


def _pricing(status: JsonObject) -> Pricing | None:
    """`billable` is on its way out: what is free says so in `type`."""
    pricing = obj(status, "pricing")
    if not pricing:
        return None
    kind = text(pricing, "type")
    return Pricing(
        category=text(pricing, "category").replace("-", "_"),
        kind=kind,
        model=text(pricing, "pricing_model"),
        billable=kind == "regular" if kind else flag(pricing, "billable"),
    )


def _failure(status: JsonObject) -> Failure | None:
    error = next(iter(objs(status, "errors")), None)
    if error is None:
        return None
    details = text(obj(error, "error_data"), "details")
    return Failure(whole(error, "code"), text(error, "title"), details)
