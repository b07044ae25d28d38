"""A channel that no longer works: what is to be sent is held, and the owners are told by mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.mail import Mail, MailNotSentError, Message
from shared.observability import count, logger
from shared.store.channels import (
    CONNECTED,
    NEEDS_ATTENTION,
    Channel,
    ChannelGoneError,
    ChannelNotFoundError,
    Channels,
)
from shared.store.connections import Connections
from shared.store.members import OWNER, Members
from shared.store.tables import Tables
from shared.tenancy import Tenant

_MOST_OWNERS: Final = 100
_LETTER: Final = """\
The WhatsApp number {name} ({number}) needs attention:

  {reason}

Kabar keeps what is to be sent and sends it when the number is connected again:
{link}

---

Nomor WhatsApp {name} ({number}) perlu diperiksa:

  {reason}

Kabar menyimpan pesan yang akan dikirim dan mengirimnya setelah nomor tersambung kembali:
{link}
"""
_WARNING: Final = """\
WhatsApp warns about the number {name} ({number}):

  {reason}

{link}

---

WhatsApp memberi peringatan tentang nomor {name} ({number}):

  {reason}

{link}
"""


@dataclass(frozen=True, slots=True)
class Attention:
    """`mail` is None where the stage sends none."""

    tables: Tables
    dynamodb: Any
    mail: Mail | None
    dashboard_url: str

    def channels(self, tenant: Tenant) -> Channels:
        return Channels(tenant, self.tables.workspaces, self.tables.directory, self.dynamodb)

    def connections(self, tenant: Tenant) -> Connections:
        return Connections(tenant, self.tables.workspaces, self.dynamodb)

    def needed(self, tenant: Tenant, channel: Channel, reason: str, at: int) -> None:
        """Hold the channel. People are told once, when it stops working."""
        try:
            changed = self.channels(tenant).mark(channel.id, NEEDS_ATTENTION, reason, at=at)
        except ChannelGoneError:
            return
        if changed:
            count("ChannelsHeld")
            self._tell(tenant, channel, reason, _LETTER)

    def over(self, tenant: Tenant, channel: Channel, at: int) -> None:
        """What was held goes out."""
        try:
            self.channels(tenant).mark(channel.id, CONNECTED, "", at=at)
        except ChannelGoneError:
            return

    def warned(self, tenant: Tenant, channel: Channel, warning: str, at: int) -> None:
        """Something that people should know of, though messages go out as before. People are told
        once, as long as the same is the matter."""
        try:
            news = self.channels(tenant).warn(channel.id, warning, at=at)
        except (ChannelGoneError, ChannelNotFoundError):
            return
        if news:
            count("ChannelsWarned")
            self._tell(tenant, channel, warning, _WARNING)

    def settled(self, tenant: Tenant, channel: Channel) -> None:
        """What there was a warning of is over."""
        try:
            self.channels(tenant).warn(channel.id, "", at=0)
        except (ChannelGoneError, ChannelNotFoundError):
            return

    def _tell(self, tenant: Tenant, channel: Channel, reason: str, letter: str) -> None:
        if self.mail is None:
            return
        members, _ = Members(tenant, self.tables, self.dynamodb).page(_MOST_OWNERS, None)
        text = letter.format(
            name=channel.name,
            number=channel.display_phone_number,
            reason=reason,
            link=f"{self.dashboard_url}/channels/{channel.id}",
        )
        subject = f"{channel.name}: the WhatsApp number needs attention / nomor perlu diperiksa"
        for owner in (one for one in members if one.role == OWNER):
            try:
                self.mail.send(Message(owner.email, subject, text))
            except MailNotSentError as error:
                logger.warning("owner not told", channel=channel.id, reason=str(error))
