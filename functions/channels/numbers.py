"""The channels of a workspace: see, change, check and disconnect them."""

from __future__ import annotations

from dataclasses import asdict

from channels import linked, onboarding
from channels.app import api
from channels.place import channels, graph, linked_service, number, platform_app, sealer, settings
from channels.refusals import META_BUSY
from channels.registering import new_pin, registered
from channels.shapes import ChannelChanges, ChannelPage, ChannelShown, Check, SignupOffered
from channels.showing import shown
from shared.api import Cursor, Limit, ProblemError
from shared.channels.graph import GraphError, GraphUnreachableError
from shared.channels.kinds import BAILEYS
from shared.clock import now_ms
from shared.observability import logger
from shared.permissions import Permission
from shared.store.channels import (
    DISCONNECTED,
    NEEDS_ATTENTION,
    Channel,
    ChannelGoneError,
    Channels,
)
from shared.store.directory import Number

_ON = "CONNECTED"


@api.endpoint("GET", "/v1/channels", permission=Permission.READ_CHANNELS)
def list_channels(limit: Limit = 50, cursor: Cursor = None) -> ChannelPage:
    """Every channel of the workspace, with its state and health."""
    found, next_cursor = _store().page(limit, cursor)
    app = platform_app()
    offered = SignupOffered(
        app_id=app.id,
        config_id=app.signup_config_id,
        graph_version=settings().graph_api_version,
    )
    return ChannelPage(
        items=[shown(one) for one in found],
        next_cursor=next_cursor,
        signup=offered if app.can_sign_up else None,
        linked_phones=linked_service() is not None,
    )


@api.endpoint("GET", "/v1/channels/{channel_id}", permission=Permission.READ_CHANNELS)
def get_channel(channel_id: str) -> ChannelShown:
    """Get a channel."""
    return shown(_store().get(channel_id))


@api.endpoint("PATCH", "/v1/channels/{channel_id}", permission=Permission.MANAGE_CHANNELS)
def change_channel(channel_id: str, body: ChannelChanges) -> ChannelShown:
    """Give a channel another name here, or another flow that answers."""
    changed = _store().change(
        channel_id, name=body.name, flow_id=body.flow_id, by=api.actor, at=now_ms()
    )
    return shown(changed)


@api.endpoint(
    "DELETE", "/v1/channels/{channel_id}", permission=Permission.MANAGE_CHANNELS, status=204
)
def disconnect_channel(channel_id: str) -> None:
    """Disconnect a channel: its token and secrets are forgotten, its conversations stay. A linked
    phone is logged out."""
    store = _store()
    channel = store.get(channel_id)
    if channel.state == DISCONNECTED:
        return
    if channel.kind == BAILEYS:
        linked.log_out(channel)
    elif len(store.of_account(channel.waba_id)) == 1:
        _unsubscribe(channel)
    store.disconnect(channel_id, by=api.actor, at=now_ms())


@api.endpoint(
    "DELETE", "/v1/channels/{channel_id}/warning", permission=Permission.MANAGE_CHANNELS, status=204
)
def dismiss_warning(channel_id: str) -> None:
    """Put a warning away once it was read."""
    _store().warn(channel_id, "", at=now_ms())


@api.endpoint("POST", "/v1/channels/{channel_id}/verify", permission=Permission.MANAGE_CHANNELS)
def verify_channel(channel_id: str, body: Check) -> ChannelShown:
    """Ask WhatsApp now how the channel is; what has been put right there is put right here.

    A number that is not registered is registered, with `pin` if one is given.
    """
    store = _store()
    channel = store.get(channel_id)
    connected = number(api.caller.workspace, channel_id)
    if connected is None or channel.state == DISCONNECTED:
        raise ChannelGoneError(channel_id)
    if channel.kind == BAILEYS:
        return linked.check(channel)
    token = _token(connected)
    try:
        told = onboarding.described(graph(), token, channel_id)
    except GraphError as error:
        if error.is_passing:
            raise ProblemError(META_BUSY, str(error)) from error
        store.mark(channel_id, NEEDS_ATTENTION, str(error), at=now_ms())
        return shown(store.get(channel_id))
    pin = None
    if not channel.coexistence and (body.pin or told.status != _ON):
        pin = _pin(store, channel, body.pin)
    registered(store, graph(), channel, token, pin)
    known = {name: text for name, text in asdict(told.health).items() if text}
    store.set_health(channel_id, at=now_ms(), **known)
    return shown(store.get(channel_id))


def _pin(store: Channels, channel: Channel, given: str | None) -> str:
    tenant = api.caller.workspace
    known = store.sealed_pin(channel.id)
    if given is None and known is not None:
        return sealer().open(tenant, known)
    pin = given or new_pin()
    store.keep_pin(channel.id, sealer().seal(tenant, pin))
    return pin


def _unsubscribe(channel: Channel) -> None:
    """A courtesy: a token that no longer works must not keep a channel connected."""
    connected = number(api.caller.workspace, channel.id)
    if connected is None:
        return
    try:
        onboarding.unsubscribe(graph(), _token(connected), channel.waba_id)
    except (GraphError, GraphUnreachableError) as error:
        logger.warning("the app is still subscribed", channel=channel.id, reason=str(error))


def _token(connected: Number) -> str:
    return sealer().open(connected.tenant, connected.sealed_token)


def _store() -> Channels:
    return channels(api.caller.workspace)
