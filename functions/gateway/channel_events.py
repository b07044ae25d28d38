"""What Meta tells of numbers and their accounts, applied to the channels that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gateway.attention import Attention
from shared.channels.inbound.account import AccountUpdate, Capability, NumberName, NumberQuality
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


def _ban(details: JsonObject) -> str:
    info = details.get("ban_info")
    return str(info.get("waba_ban_state", "")) if isinstance(info, dict) else ""


def _named(channels: Iterable[Channel], display_phone_number: str) -> list[Channel]:
    asked = _digits(display_phone_number)
    return [one for one in channels if asked and _digits(one.display_phone_number) == asked]


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())
