"""The files of messages that a linked phone was sent: a `MediaSource`. The service keeps them for a
day, under the message's own id; nothing is announced of them but by the message."""

from __future__ import annotations

from dataclasses import dataclass

from shared.channels.baileys.service import (
    Service,
    ServiceRefusedError,
    ServiceUnreachableError,
)
from shared.channels.graph_media import Found, Reading, TransferBrokenError


@dataclass(frozen=True, slots=True)
class LinkedFiles:
    service: Service

    def look_up(self, media_id: str, token: str) -> Found:  # noqa: ARG002
        return Found(url=media_id, mime_type="", sha256="", size=0)

    def read(self, url: str, token: str, start: int) -> Reading:  # noqa: ARG002
        """Whole, wherever it was to begin."""
        try:
            return Reading(0, iter((self.service.file(url),)))
        except (ServiceRefusedError, ServiceUnreachableError) as error:
            raise TransferBrokenError(str(error)) from error
