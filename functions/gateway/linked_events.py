"""What is said of a linked phone's connection, applied to its channel: held while nothing may be
sent, with its owners told."""

from __future__ import annotations

from typing import Final

from gateway.attention import Attention
from shared.channels.baileys.connection import Connection, after, attempt_of
from shared.channels.found import AccountChange
from shared.json_types import JsonObject
from shared.observability import count
from shared.store.audit import Actor
from shared.store.channels import CONNECTED, NEEDS_ATTENTION, Channel
from shared.store.connections import Connections
from shared.store.directory import Number
from shared.tenancy import Tenant

LINKED_PHONE: Final = "kabar_linked_phone"
"""As `shared.dead_token`: stands where a webhook's field does, and no webhook can say it."""
_WHATSAPP: Final = Actor("whatsapp", "WhatsApp")


def linked_phone(number: Number, event: JsonObject) -> AccountChange:
    """`event` as `shared.channels.baileys.reading` finds it."""
    value = {"attempt": attempt_of(number.webhook_hash), "event": event}
    return AccountChange(None, number.phone_number_id, LINKED_PHONE, None, value)


def apply_linked(
    attention: Attention, tenant: Tenant, channel: Channel, value: JsonObject, at: int
) -> None:
    moved = _moved(attention.connections(tenant), channel, value, at)
    if moved is None:
        count("LinkedPhoneHistory")
    elif moved.was_given_up:
        # A number that nobody has proven to be theirs is not kept from others.
        attention.channels(tenant).disconnect(channel.id, by=_WHATSAPP, at=at)
    elif moved.trouble:
        if (channel.state, channel.reason) != (NEEDS_ATTENTION, moved.trouble):
            attention.needed(tenant, channel, moved.trouble, at)
    elif channel.state != CONNECTED:
        attention.over(tenant, channel, at)


def _moved(
    connections: Connections, channel: Channel, value: JsonObject, at: int
) -> Connection | None:
    """The connection as it is now; None where the event is of the past."""
    known = connections.get(channel.id)
    if known is None or known.attempt != value["attempt"]:
        return None
    moved = after(known, value["event"], at)
    return moved if moved is not None and connections.move(channel.id, moved) else None
