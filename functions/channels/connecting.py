"""Connect a number: through the platform's Meta app, or through one of the workspace's own."""

from __future__ import annotations

import json
from dataclasses import replace

from channels import onboarding
from channels.app import api
from channels.onboarding import MetaApp, MetaNumber
from channels.place import ask_for_templates, channels, graph, number, platform_app, sealer
from channels.refusals import META_REFUSED, SignupNotOfferedError
from channels.registering import new_pin, registered
from channels.shapes import ChannelConnected, OwnApp, Signup
from channels.showing import shown
from shared.api import ProblemError
from shared.channels.graph import GraphError
from shared.clock import now_ms
from shared.ids import new_secret
from shared.observability import logger
from shared.permissions import Permission
from shared.store.channels import NEEDS_ATTENTION, OWN_APP, PLATFORM, Channel, Channels, Secrets

_ON = "CONNECTED"
_NOT_REGISTERED = "The number is not registered with WhatsApp yet."


@api.endpoint(
    "POST", "/v1/channels/embedded-signup", permission=Permission.MANAGE_CHANNELS, status=201
)
def connect_by_signup(body: Signup) -> ChannelConnected:
    """Connect a number through the platform's Meta app, with what its sign-up window answered.

    A number that stays in use on the phone's app is not registered anew.
    """
    platform = platform_app()
    if not platform.can_sign_up:
        raise SignupNotOfferedError
    app = MetaApp(platform.id, platform.secret)
    token = onboarding.exchanged(graph(), app, body.code)
    told = _checked(app, token, body)
    channel = Channel(
        id=body.phone_number_id,
        kind=PLATFORM,
        waba_id=body.waba_id,
        display_phone_number=told.display_phone_number,
        name=told.name,
        flow_id=body.flow_id,
        app_id=app.id,
        coexistence=body.coexistence or told.coexistence,
        health=told.health,
    )
    return ChannelConnected(
        channel=shown(_connected(channel, token, told, None)), verify_token=None
    )


@api.endpoint(
    "POST",
    "/v1/channels/own-app",
    permission=Permission.MANAGE_CHANNELS,
    status=201,
    secret_answer=True,
)
def connect_own_app(body: OwnApp) -> ChannelConnected:
    """Connect a number through a Meta app of your own.

    Put the answer's webhook_url and verify_token into the app's webhook settings. Connecting again
    replaces secret, token and verify token: so a channel whose token has died comes back.
    """
    app = MetaApp(body.app_id, body.app_secret)
    told = _checked(app, body.access_token, body)
    channel = Channel(
        id=body.phone_number_id,
        kind=OWN_APP,
        waba_id=body.waba_id,
        display_phone_number=told.display_phone_number,
        name=told.name,
        flow_id=body.flow_id,
        app_id=app.id,
        coexistence=told.coexistence,
        health=told.health,
    )
    verify_token = new_secret()
    # In the shape of the platform's own secret, so that one reader serves both.
    meta = {"app_secrets": [body.app_secret], "verify_token": verify_token}
    made = _connected(channel, body.access_token, told, json.dumps(meta))
    return ChannelConnected(channel=shown(made), verify_token=verify_token)


def _checked(app: MetaApp, token: str, named: Signup | OwnApp) -> MetaNumber:
    """What Meta says of the number, once it is sure that it may be connected with this token."""
    onboarding.check_granted(graph(), app, token, named.waba_id)
    onboarding.check_number(graph(), token, named.waba_id, named.phone_number_id)
    try:
        return onboarding.described(graph(), token, named.phone_number_id)
    except GraphError as error:
        raise ProblemError(META_REFUSED, str(error)) from error


def _connected(channel: Channel, token: str, told: MetaNumber, app: str | None) -> Channel:
    """Kept before Meta is asked to change anything, so that a number of another workspace is
    refused in time and no PIN is lost; sends wait until it is registered."""
    tenant = api.caller.workspace
    known = number(tenant, channel.id)
    store = channels(tenant)
    pin = _pin(store, channel) if _must_register(channel, told) else None
    sealed = Secrets(
        token=sealer().seal(tenant, token),
        app=sealer().seal(tenant, app) if app else None,
        pin=sealer().seal(tenant, pin) if pin else None,
    )
    waiting = replace(
        channel,
        state=NEEDS_ATTENTION,
        reason=_NOT_REGISTERED,
        flow_id=channel.flow_id or (known.flow_id if known else ""),
    )
    store.connect(waiting, sealed, by=api.actor, at=now_ms())
    made = registered(store, graph(), waiting, token, pin)
    ask_for_templates(tenant, channel.waba_id)
    if channel.coexistence and channel.kind == PLATFORM:
        for refused in onboarding.ask_for_history(graph(), token, channel.id):
            logger.warning("the phone's history was refused", channel=channel.id, reason=refused)
    return made


def _must_register(channel: Channel, told: MetaNumber) -> bool:
    """A number of an own app is often in use already, with a PIN that its owner knows."""
    if channel.coexistence:
        return False
    return channel.kind == PLATFORM or told.status != _ON


def _pin(store: Channels, channel: Channel) -> str:
    """The one that we set before, where we did: Meta wants the same again."""
    known = store.sealed_pin(channel.id)
    return sealer().open(api.caller.workspace, known) if known else new_pin()
