"""The steps at Meta that make a kept channel work, and what to say when one fails."""

from __future__ import annotations

import secrets
from dataclasses import replace

from channels import onboarding
from shared.channels.graph import Graph, GraphError, GraphUnreachableError
from shared.clock import now_ms
from shared.store.channels import CONNECTED, NEEDS_ATTENTION, Channel, Channels

_PIN_DIGITS = 6


def new_pin() -> str:
    """One per number; a PIN that all share would let whoever knows it take every number."""
    return f"{secrets.randbelow(10**_PIN_DIGITS):0{_PIN_DIGITS}d}"


def registered(
    store: Channels, graph: Graph, channel: Channel, token: str, pin: str | None
) -> Channel:
    """Subscribes the app to the account and registers the number where there is a PIN to do it
    with. What Meta refuses is the channel's reason for needing attention; that Meta is busy is none
    for a channel that works."""
    try:
        onboarding.subscribe(graph, token, channel.waba_id)
        if pin is not None:
            onboarding.register(graph, token, channel.id, pin)
    except GraphError as error:
        if error.is_passing and channel.state == CONNECTED:
            return channel
        state, reason = NEEDS_ATTENTION, str(error)
    except GraphUnreachableError:
        if channel.state == CONNECTED:
            return channel
        state, reason = NEEDS_ATTENTION, "Meta did not answer while the number was connected."
    else:
        state, reason = CONNECTED, ""
    at = now_ms()
    store.mark(channel.id, state, reason, at=at)
    return replace(channel, state=state, reason=reason, updated_at=at)
