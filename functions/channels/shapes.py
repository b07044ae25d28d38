"""What goes in and out of the channels API. Times are milliseconds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.api import Input, Output

MetaId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,32}$")]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")
]
FlowId = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[!-~]+$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{4,14}$")]
Pin = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class Signup(Input):
    """What the sign-up's window told the browser; the code is good for 30 seconds."""

    code: Secret
    waba_id: MetaId
    phone_number_id: MetaId
    coexistence: bool = False
    flow_id: FlowId = ""


class OwnApp(Input):
    """A Meta app of one's own, with a token of a system user that may manage the account."""

    app_id: MetaId
    app_secret: Secret
    access_token: Secret
    waba_id: MetaId
    phone_number_id: MetaId
    flow_id: FlowId = ""


class LinkedPhone(Input):
    """`phone` is the number of the phone that will scan, in E.164."""

    phone: Phone
    name: Name | None = None
    flow_id: FlowId = ""


class ConnectionShown(Output):
    """`state` is connecting, reconnecting, open or close. `qr` is a picture as a data address, null
    while there is none. `error` and `restricted` are words, empty where nothing is the matter."""

    state: str
    qr: str | None
    error: str
    restricted: str
    updated_at: int


class ChannelChanges(Input):
    name: Name | None = None
    flow_id: FlowId | None = None


class Check(Input):
    """`pin` is the number's two-step PIN, where Meta refused ours."""

    pin: Annotated[Pin | None, Field(default=None)]


class HealthShown(Output):
    """As Meta names things; empty where Meta has not said yet. `per_second` is how many messages
    the number may send; a linked phone, which sends as people type, less than one."""

    quality: str
    messaging_limit: str
    throughput: str
    name_status: str
    username: str
    username_status: str
    history: str
    per_second: float


class ChannelShown(Output):
    """`state` is connected, needs_attention (then `reason` says why, and what is to be sent waits)
    or disconnected. `kind` is platform, own_app or baileys (a linked phone). `warning` is what
    WhatsApp warns of, if anything; messages go out as before."""

    id: str
    kind: str
    state: str
    reason: str
    display_phone_number: str
    name: str
    waba_id: str
    app_id: str
    coexistence: bool
    flow_id: str
    health: HealthShown
    warning: str
    warned_at: int | None
    webhook_url: str | None
    created_at: int
    updated_at: int


class ChannelConnected(Output):
    """`verify_token` is shown once: it goes into the app's webhook settings with the address."""

    channel: ChannelShown
    verify_token: str | None


class SignupOffered(Output):
    """What the sign-up's window needs, where the platform offers it."""

    app_id: str
    config_id: str
    graph_version: str


class ChannelPage(Output):
    """`linked_phones`: whether the platform offers to link phones."""

    items: list[ChannelShown]
    next_cursor: str | None
    signup: SignupOffered | None
    linked_phones: bool
