"""The sender's hand on linked phones: what it sends and marks as read over `baileys-api`."""

from __future__ import annotations

from dataclasses import dataclass

from shared.channels.baileys.jids import NoAddressError, jid_of, phone_of
from shared.channels.baileys.sending import send
from shared.channels.baileys.service import (
    Service,
    ServiceRefusedError,
    ServiceUnreachableError,
)
from shared.channels.cloud_api import Accepted, Answer, MarkReadError
from shared.channels.payloads import callback_data
from shared.json_types import JsonObject
from shared.store.sent_ids import SentIds
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class LinkedPhones:
    service: Service
    sent_ids: SentIds

    def send(self, body: JsonObject, message: JsonObject) -> Answer:
        """`body` is an effect with its envelope; `message` what the channel can send. The id is
        kept before anything else is done with the answer: echo and receipts name nothing else."""
        answer = send(self.service, body, message)
        if isinstance(answer, Accepted):
            tenant, ours = Tenant(body["tenant"]), callback_data(body["contact"], body["seq"])
            self.sent_ids.keep(tenant, body["channel"], answer.wamid, ours)
        return answer

    def mark_read(self, body: JsonObject) -> None:
        """Raises MarkReadError."""
        phone = phone_of(body["channel"])
        try:
            jid = jid_of(body["to"])
            self.service.mark_read(phone, jid, body["wamid"])
            if body["typing"]:
                self.service.show_typing(phone, jid)
        except (NoAddressError, ServiceRefusedError, ServiceUnreachableError) as error:
            raise MarkReadError(str(error)) from error
