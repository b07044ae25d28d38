"""A channel as callers see it: never with a secret."""

from __future__ import annotations

from channels.app import webhook_url
from channels.shapes import ChannelShown, HealthShown
from shared.channels.kinds import BAILEYS
from shared.channels.send_rates import LINKED_PHONE
from shared.channels.throughput import per_second
from shared.pacing import SECOND
from shared.store.channels import OWN_APP, Channel


def shown(channel: Channel) -> ChannelShown:
    health = channel.health
    return ChannelShown(
        id=channel.id,
        kind=channel.kind,
        state=channel.state,
        reason=channel.reason,
        display_phone_number=channel.display_phone_number,
        name=channel.name,
        waba_id=channel.waba_id,
        app_id=channel.app_id,
        coexistence=channel.coexistence,
        flow_id=channel.flow_id,
        health=HealthShown(
            quality=health.quality,
            messaging_limit=health.messaging_limit,
            throughput=health.throughput,
            name_status=health.name_status,
            username=health.username,
            username_status=health.username_status,
            history=health.history,
            per_second=_per_second(channel),
        ),
        warning=channel.warning,
        warned_at=channel.warned_at or None,
        webhook_url=webhook_url(channel.id) if channel.kind == OWN_APP else None,
        created_at=channel.created_at,
        updated_at=channel.updated_at,
    )


def _per_second(channel: Channel) -> float:
    if channel.kind == BAILEYS:
        return SECOND / LINKED_PHONE.every
    return per_second(channel.health.throughput, coexistence=channel.coexistence)
