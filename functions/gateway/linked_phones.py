"""The sender's hand on linked phones: what it sends and marks as read over `baileys-api`."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

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
from shared.media.attachments import CannotAttachError
from shared.media.kinds import LARGEST_OVER_LINKED_PHONES
from shared.media.references import references, with_parts
from shared.store.media_files import READY, MediaFiles, file_path
from shared.store.sent_ids import SentIds
from shared.store.tenant_files import FileMissingError, TenantFiles
from shared.tenancy import Tenant

_GONE: Final = "The file is not there any more."
_NOT_READY: Final = "The file was never uploaded, or cannot be sent."
_TOO_LARGE: Final = "The file has {:,} bytes; over a linked phone, {:,} are allowed."


@dataclass(frozen=True, slots=True)
class LinkedPhones:
    """`records` and `objects` of a tenant: its own files for messages."""

    service: Service
    sent_ids: SentIds
    records: Callable[[Tenant], MediaFiles]
    objects: Callable[[Tenant], TenantFiles]

    def attach(self, tenant: Tenant, message: JsonObject) -> JsonObject:
        """The message with the bytes of the files that it names. Raises CannotAttachError."""
        wanted = {one.media_id for one in references(message)}
        files = {media_id: self._file(tenant, media_id) for media_id in wanted}
        return with_parts(message, files) if files else message

    def send(self, body: JsonObject, message: JsonObject) -> Answer:
        """`body` is an effect with its envelope; `message` what the channel can send. The id is
        kept before anything else is done with the answer: echo and receipts name nothing else."""
        tenant, channel = Tenant(body["tenant"]), body["channel"]

        def is_ours(message_id: str) -> bool:
            return self.sent_ids.callback(tenant, channel, message_id) is not None

        answer = send(self.service, body, message, is_ours)
        if isinstance(answer, Accepted):
            ours = callback_data(body["contact"], body["seq"])
            self.sent_ids.keep(tenant, channel, answer.wamid, ours)
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

    def _file(self, tenant: Tenant, media_id: str) -> JsonObject:
        file = self.records(tenant).find(media_id)
        if file is None or file.state != READY:
            raise CannotAttachError(_NOT_READY if file else _GONE)
        if file.size > LARGEST_OVER_LINKED_PHONES:
            raise CannotAttachError(_TOO_LARGE.format(file.size, LARGEST_OVER_LINKED_PHONES))
        try:
            content = self.objects(tenant).read(file_path(media_id))
        except FileMissingError as error:
            raise CannotAttachError(_GONE) from error
        return {"data": b64encode(content).decode(), "mime_type": file.mime_type}
