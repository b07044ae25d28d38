"""Link a phone as WhatsApp Web is: no Meta app, and a risk that the number bears."""

from __future__ import annotations

from hashlib import sha256

from channels.app import api, linked_webhook_url
from channels.place import channels, connections, linked_service, number
from channels.refusals import LinkedPhonesNotOfferedError, NotALinkedPhoneError
from channels.shapes import ChannelShown, ConnectionShown, LinkedPhone
from channels.showing import shown
from shared.channels.baileys.connection import (
    CAPPED,
    LOOP,
    SCAN,
    Connection,
    attempt_of,
    is_capped,
    locked,
)
from shared.channels.baileys.jids import channel_id, phone_of
from shared.channels.baileys.service import Service
from shared.channels.kinds import BAILEYS
from shared.clock import now_ms
from shared.ids import new_secret
from shared.permissions import Permission
from shared.phone_numbers import spaced
from shared.store.channels import CONNECTED, NEEDS_ATTENTION, Channel, Secrets


@api.endpoint(
    "POST", "/v1/channels/linked-phone", permission=Permission.MANAGE_CHANNELS, status=201
)
def connect_linked_phone(body: LinkedPhone) -> ChannelShown:
    """Begin to link a phone: its owner scans the code that GET …/connection shows meanwhile.

    Also once more, when nobody scanned in time or the phone has unlinked it. WhatsApp does not
    endorse this way, and bans numbers that write to many people over it.
    """
    service = offered_service()
    tenant, id_ = api.caller.workspace, channel_id(body.phone)
    known, before = number(tenant, id_), connections(tenant).get(id_)
    token = new_secret()
    digest = sha256(token.encode()).hexdigest()
    display = spaced(body.phone)
    channel = Channel(
        id=id_,
        kind=BAILEYS,
        waba_id="",
        display_phone_number=display,
        name=body.name or display,
        flow_id=body.flow_id or (known.flow_id if known else ""),
        state=NEEDS_ATTENTION,
        reason=SCAN,
    )
    made = channels(tenant).connect(
        channel, Secrets(webhook_hash=digest), by=api.actor, at=now_ms()
    )
    connections(tenant).begin(id_, Connection(attempt_of(digest), updated_at=now_ms()))
    webhook = linked_webhook_url(id_)
    service.connect(body.phone, webhook, token)
    if before is not None and before.error == LOOP:
        # The service has let go of the number and kept what WhatsApp refuses: held again, it can
        # be logged out, and then begins anew.
        service.log_out(body.phone)
        service.connect(body.phone, webhook, token)
    return shown(made)


@api.endpoint("GET", "/v1/channels/{channel_id}/connection", permission=Permission.MANAGE_CHANNELS)
def get_connection(channel_id: str) -> ConnectionShown:
    """How a linked phone is connected, with the code to scan while there is one. Ask every two
    seconds: a code is replaced before it expires."""
    tenant = api.caller.workspace
    found = connections(tenant).get(channel_id)
    if found is None:
        channels(tenant).get(channel_id)
        raise NotALinkedPhoneError(channel_id)
    qr = found.qr_now(now_ms())
    return ConnectionShown(
        state=found.state,
        qr=qr or None,
        error=found.error,
        restricted=found.restricted,
        updated_at=found.updated_at,
    )


def log_out(channel: Channel) -> None:
    """No event follows: who asks says what has become of the channel."""
    connections(api.caller.workspace).forget(channel.id)
    offered_service().log_out(phone_of(channel.id))


def check(channel: Channel) -> ChannelShown:
    """Ask WhatsApp whether the number is restricted; what has passed is put right here."""
    tenant = api.caller.workspace
    store, service, phone = channels(tenant), offered_service(), phone_of(channel.id)
    restricted = locked(service.time_lock(phone))
    if not restricted and is_capped(service.new_chat_cap(phone)):
        restricted = CAPPED
    known = connections(tenant).get(channel.id)
    if known is not None:
        moved = known.restricted_now(restricted, now_ms())
        if connections(tenant).move(channel.id, moved):
            state = NEEDS_ATTENTION if moved.trouble else CONNECTED
            store.mark(channel.id, state, moved.trouble, at=now_ms())
    return shown(store.get(channel.id))


def offered_service() -> Service:
    """Raises LinkedPhonesNotOfferedError."""
    service = linked_service()
    if service is None:
        raise LinkedPhonesNotOfferedError
    return service
