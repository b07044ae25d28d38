"""What Meta tells of numbers and their accounts, applied to the channels that it is about."""

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

_LOST: Final = {
    "PARTNER_REMOVED": "The business has removed our access to its WhatsApp account.",
    "PARTNER_APP_UNINSTALLED": "The business has uninstalled our app.",
    "ACCOUNT_OFFBOARDED": "The WhatsApp account was taken off the platform.",
    "ACCOUNT_DELETED": "The WhatsApp account was deleted.",
}
_BACK: Final = frozenset({"ACCOUNT_RECONNECTED"})
_DISABLED: Final = "WhatsApp has disabled the account."
_REVIEWED: Final = {"REJECTED": "WhatsApp's review has rejected the account."}
_ACTIVE: Final = frozenset({"", "ACTIVE"})


def apply_quality(
    attention: Attention, tenant: Tenant, channels: Iterable[Channel], event: NumberQuality, at: int
) -> None:
    """A number is named by its digits only, written now in this way and now in that."""
    changes: dict[str, str] = {}
    if event.event == "THROUGHPUT_UPGRADE":
        changes["throughput"] = "HIGH"
    if event.event in ("FLAGGED", "UNFLAGGED"):
        changes["quality"] = event.event
    if event.daily_limit is not None:
        changes["messaging_limit"] = str(event.daily_limit)
    for channel in _named(channels, event.display_phone_number):
        if changes:
            attention.channels(tenant).set_health(channel.id, at=at, **changes)


def apply_name(
    attention: Attention, tenant: Tenant, channels: Iterable[Channel], event: NumberName, at: int
) -> None:
    for channel in _named(channels, event.display_phone_number):
        attention.channels(tenant).set_health(channel.id, at=at, name_status=event.decision)


def apply_capability(
    attention: Attention, tenant: Tenant, channels: Iterable[Channel], event: Capability, at: int
) -> None:
    """The limit is the portfolio's, and so every number's."""
    if event.daily_limit is None:
        return
    for channel in channels:
        limit = str(event.daily_limit)
        attention.channels(tenant).set_health(channel.id, at=at, messaging_limit=limit)


def apply_account(
    attention: Attention, tenant: Tenant, channels: Iterable[Channel], event: AccountUpdate, at: int
) -> None:
    ban = _ban(event.details)
    for channel in channels:
        if event.event in _LOST:
            attention.needed(tenant, channel, _LOST[event.event], at)
        elif ban == "DISABLE":
            attention.needed(tenant, channel, _DISABLED, at)
        elif event.event in _BACK or ban == "REINSTATE":
            attention.over(tenant, channel, at)
            attention.settled(tenant, channel)
        elif warning := _warning(event, ban):
            attention.warned(tenant, channel, warning, at)


def apply_alert(
    attention: Attention, tenant: Tenant, channels: Iterable[Channel], event: AccountAlert, at: int
) -> None:
    """Of the whole business, and so told of each of its numbers."""
    words = event.description or _plain(event.kind)
    for channel in channels:
        if event.status.upper() in _ACTIVE:
            attention.warned(tenant, channel, words, at)
        else:
            attention.settled(tenant, channel)


def apply_review(
    attention: Attention, tenant: Tenant, channels: Iterable[Channel], event: AccountReview, at: int
) -> None:
    for channel in channels:
        if words := _REVIEWED.get(event.decision):
            attention.warned(tenant, channel, words, at)
        else:
            attention.settled(tenant, channel)


def apply_security(
    attention: Attention, tenant: Tenant, channels: Iterable[Channel], event: Security, at: int
) -> None:
    """Whoever holds the number's PIN holds the number: its owners should know of any change."""
    words = f"The number's security settings were changed: {_plain(event.event)}."
    for channel in _named(channels, event.display_phone_number):
        attention.warned(tenant, channel, words, at)


def apply_username(
    attention: Attention, tenant: Tenant, channels: Iterable[Channel], event: Username, at: int
) -> None:
    told = {"username": event.username, "username_status": event.status.upper()}
    for channel in _named(channels, event.display_phone_number):
        attention.channels(tenant).set_health(channel.id, at=at, **told)


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
