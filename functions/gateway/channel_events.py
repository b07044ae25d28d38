"""What Meta tells of numbers and their accounts, applied to the channels that it is about.

Each answers whether there was anything to apply, to any of the channels.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gateway.attention import Attention
from shared.channels.inbound.account import (
    AccountAlert,
    AccountReview,
    AccountUpdate,
    Capability,
    NumberName,
    NumberQuality,
    Security,
    Username,
)
from shared.channels.inbound.fields import obj, objs, text
from shared.json_types import JsonObject
from shared.store.channels import Channel
from shared.tenancy import Tenant

_REMOVED: Final = "PARTNER_REMOVED"
_LOST: Final = {
    _REMOVED: "The business has removed our access to its WhatsApp account.",
    "PARTNER_APP_UNINSTALLED": "The business has uninstalled our app.",
    "ACCOUNT_OFFBOARDED": "The WhatsApp account was taken off the platform.",
    "ACCOUNT_DELETED": "The WhatsApp account was deleted.",
}
_REMOVED_FOR: Final = {
    "PRIMARY_INACTIVITY": "WhatsApp has disconnected the number, since its phone was not used for "
    "14 days: open the app there, and connect again.",
    "COMPANION_INACTIVITY": "WhatsApp has disconnected the number, since nothing was done over "
    "this connection for 30 days: connect again.",
}
_BACK: Final = frozenset({"ACCOUNT_RECONNECTED"})
_DISABLED: Final = "WhatsApp has disabled the account."
_REVIEWED: Final = {"REJECTED": "WhatsApp's review has rejected the account."}
_ACTIVE: Final = frozenset({"", "ACTIVE"})


def apply_quality(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: NumberQuality, at: int
) -> bool:
    """A number is named by its digits only, written now in this way and now in that."""
    changes: dict[str, str] = {}
    if event.event == "THROUGHPUT_UPGRADE":
        changes["throughput"] = "HIGH"
    if event.event in ("FLAGGED", "UNFLAGGED"):
        changes["quality"] = event.event
    if event.daily_limit is not None:
        changes["messaging_limit"] = str(event.daily_limit)
    named = _named(channels, event.display_phone_number) if changes else []
    for channel in named:
        attention.channels(tenant).set_health(channel.id, at=at, **changes)
    return bool(named)


def apply_name(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: NumberName, at: int
) -> bool:
    named = _named(channels, event.display_phone_number)
    for channel in named:
        attention.channels(tenant).set_health(channel.id, at=at, name_status=event.decision)
    return bool(named)


def apply_capability(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: Capability, at: int
) -> bool:
    """The limit is the portfolio's, and so every number's."""
    channels = [] if event.daily_limit is None else channels
    for channel in channels:
        limit = str(event.daily_limit)
        attention.channels(tenant).set_health(channel.id, at=at, messaging_limit=limit)
    return bool(channels)


def apply_account(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: AccountUpdate, at: int
) -> bool:
    ban = _ban(event.details)
    lost, is_back = _lost(event, ban), event.event in _BACK or ban == "REINSTATE"
    warning = _warning(event, ban)
    channels = channels if lost or is_back or warning else []
    for channel in channels:
        if lost:
            attention.needed(tenant, channel, lost, at)
        elif is_back:
            attention.over(tenant, channel, at)
            attention.settled(tenant, channel)
        else:
            attention.warned(tenant, channel, warning, at)
    return bool(channels)


def apply_alert(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: AccountAlert, at: int
) -> bool:
    """Of the whole business, and so told of each of its numbers."""
    words = event.description or _plain(event.kind)
    for channel in channels:
        if event.status.upper() in _ACTIVE:
            attention.warned(tenant, channel, words, at)
        else:
            attention.settled(tenant, channel)
    return bool(channels)


def apply_review(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: AccountReview, at: int
) -> bool:
    for channel in channels:
        if words := _REVIEWED.get(event.decision):
            attention.warned(tenant, channel, words, at)
        else:
            attention.settled(tenant, channel)
    return bool(channels)


def apply_security(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: Security, at: int
) -> bool:
    """Whoever holds the number's PIN holds the number: its owners should know of any change."""
    words = f"The number's security settings were changed: {_plain(event.event)}."
    named = _named(channels, event.display_phone_number)
    for channel in named:
        attention.warned(tenant, channel, words, at)
    return bool(named)


def apply_username(
    attention: Attention, tenant: Tenant, channels: list[Channel], event: Username, at: int
) -> bool:
    told = {"username": event.username, "username_status": event.status.upper()}
    named = _named(channels, event.display_phone_number)
    for channel in named:
        attention.channels(tenant).set_health(channel.id, at=at, **told)
    return bool(named)


def _lost(event: AccountUpdate, ban: str) -> str:
    """Why nothing can be sent any more; empty where it can."""
    if ban == "DISABLE":
        return _DISABLED
    why = text(obj(event.details, "disconnection_info"), "reason")
    removed_for = _REMOVED_FOR.get(why) if event.event == _REMOVED else None
    return removed_for or _LOST.get(event.event, "")


def _warning(event: AccountUpdate, ban: str) -> str:
    """Empty where there is nothing to warn of."""
    if ban == "SCHEDULE_FOR_DISABLE":
        date = obj(event.details, "ban_info").get("waba_ban_date") or "soon"
        return f"WhatsApp will disable the account: {date}."
    if event.event == "ACCOUNT_RESTRICTION":
        kinds = [text(one, "restriction_type") for one in objs(event.details, "restriction_info")]
        named = ", ".join(_plain(kind) for kind in kinds if kind)
        return f"WhatsApp has restricted the account: {named or 'no reason was given'}."
    if event.event == "ACCOUNT_VIOLATION":
        kind = text(obj(event.details, "violation_info"), "violation_type")
        return f"WhatsApp reports a violation of its policy: {_plain(kind) or 'unnamed'}."
    return ""


def _plain(name: str) -> str:
    """Meta's names in words: RESTRICTED_BIZ_INITIATED_MESSAGING."""
    return name.replace("_", " ").lower()


def _ban(details: JsonObject) -> str:
    info = details.get("ban_info")
    return str(info.get("waba_ban_state", "")) if isinstance(info, dict) else ""


def _named(channels: Iterable[Channel], display_phone_number: str) -> list[Channel]:
    asked = _digits(display_phone_number)
    return [one for one in channels if asked and _digits(one.display_phone_number) == asked]


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())
