"""The WhatsApp accounts that templates belong to, and with which token each is managed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shared.store.channels import CONNECTED, DISCONNECTED, Channel
from shared.store.directory import Number


class AccountNotFoundError(Exception):
    """The workspace has no connected number of that account."""


class WhichAccountError(Exception):
    """The workspace has several accounts, and none was named."""


@dataclass(frozen=True, slots=True)
class Account:
    """`channel` is one of its numbers; `sealed_token` is that number's."""

    waba_id: str
    channel: Channel
    number: Number


def accounts(channels: Iterable[Channel]) -> dict[str, Channel]:
    """By account, the number whose token is used: one that works, where there is one."""
    found: dict[str, Channel] = {}
    for channel in sorted(channels, key=lambda one: one.state != CONNECTED):
        if channel.waba_id and channel.state != DISCONNECTED:
            found.setdefault(channel.waba_id, channel)
    return found


def account_of(
    channels: Iterable[Channel], waba_id: str | None, number: Callable[[str], Number | None]
) -> Account:
    """The named account, or the only one. Raises AccountNotFoundError or WhichAccountError."""
    there = accounts(channels)
    if waba_id is None and len(there) > 1:
        raise WhichAccountError
    named = waba_id or next(iter(there), "")
    channel = there.get(named)
    found = number(channel.id) if channel else None
    if channel is None or found is None:
        raise AccountNotFoundError(named)
    return Account(named, channel, found)
