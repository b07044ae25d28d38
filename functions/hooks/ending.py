"""A webhook that has been dead for long, or wants no more, is told nothing more, and its people
are told that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.mail import Mail, MailNotSentError, Message
from shared.observability import count, logger
from shared.permissions import Permission, permissions_of
from shared.store.audit import Actor
from shared.store.members import Members
from shared.store.tables import Tables
from shared.store.webhooks import Webhook, Webhooks
from shared.tenancy import Tenant

_KABAR: Final = Actor("kabar", "Kabar")
_MOST_TOLD: Final = 50


@dataclass(frozen=True, slots=True)
class Ending:
    """`mail` is None where none can be sent; the audit log and the dashboard tell it all the
    same."""

    tables: Tables
    dynamodb: Any
    mail: Mail | None
    dashboard_url: str

    def disable(
        self, tenant: Tenant, webhooks: Webhooks, webhook: Webhook, reason: str, now: int
    ) -> None:
        if not webhooks.disable(webhook, reason, by=_KABAR, at=now):
            return
        count("WebhooksDisabled")
        if self.mail is None:
            return
        for address in self._addresses(tenant):
            try:
                self.mail.send(_letter(address, webhook, reason, self.dashboard_url))
            except MailNotSentError as error:
                logger.warning("letter not taken", reason=str(error))

    def _addresses(self, tenant: Tenant) -> list[str]:
        """Of those who may put it right."""
        members, _ = Members(tenant, self.tables, self.dynamodb).page(_MOST_TOLD, None)
        return [
            member.email
            for member in members
            if Permission.MANAGE_WEBHOOKS in permissions_of(member.role)
        ]


def _letter(to: str, webhook: Webhook, reason: str, dashboard_url: str) -> Message:
    page = f"{dashboard_url.rstrip('/')}/settings/webhooks"
    return Message(
        to=to,
        subject="A webhook was switched off",
        text=(
            f"{webhook.url}\n\n"
            f"has not taken what Kabar told it ({reason}) and was switched off. What it has "
            "missed is kept for fourteen days. Once the address answers again, switch the webhook "
            f"on and have what it missed sent again:\n{page}\n\n"
            f"tidak menerima kabar dari Kabar ({reason}) dan telah dimatikan. Yang terlewat "
            "disimpan empat belas hari. Setelah alamat itu menjawab lagi, nyalakan webhook dan "
            f"kirim ulang yang terlewat:\n{page}\n"
        ),
    )
