"""The workspace's files for messages: what was uploaded is looked at once, and kept as it was then.

Whoever has a form may post other bytes to it for an hour: what is sent is a copy that was checked.
"""

from __future__ import annotations

from dataclasses import replace

from shared.media.bytes_type import HEAD_BYTES, is_animated, type_of
from shared.media.kinds import SHOWN, UPLOADED
from shared.store.media_files import (
    READY,
    REFUSED,
    WAITING,
    MediaFile,
    MediaFiles,
    file_path,
    upload_path,
)
from shared.store.tenant_files import FileMissingError, TenantFiles

_DOWNLOADED = "application/octet-stream"


class Library:
    def __init__(self, records: MediaFiles, objects: TenantFiles) -> None:
        self.records = records
        self.objects = objects

    def find(self, media_id: str) -> MediaFile | None:
        """A file, looked at if its bytes have come since."""
        file = self.records.find(media_id)
        if file is None or file.state != WAITING:
            return file
        try:
            looked_at = self._look(file)
        except FileMissingError:
            return file
        self.records.looked_at(looked_at)
        self.objects.remove(upload_path(media_id))
        return looked_at

    def delete(self, media_id: str, at: int) -> None:
        """Raises MediaNotFoundError."""
        self.records.delete(media_id, at)
        for path in (file_path(media_id), upload_path(media_id)):
            self.objects.remove(path)

    def _look(self, file: MediaFile) -> MediaFile:
        """Raises FileMissingError while nothing has come."""
        came = upload_path(file.id)
        size = self.objects.size(came)
        head = self.objects.read(came, HEAD_BYTES)
        found = replace(
            file, mime_type=type_of(head, file.mime_type), size=size, animated=is_animated(head)
        )
        if reason := _refusal(found, file.mime_type):
            return replace(found, state=REFUSED, reason=reason)
        shown = found.mime_type if found.mime_type in SHOWN else _DOWNLOADED
        self.objects.copy(came, file_path(file.id), shown)
        return replace(found, state=READY)


def _refusal(found: MediaFile, announced: str) -> str | None:
    """Why it cannot be sent in any kind of message."""
    most = UPLOADED.get(found.mime_type)
    if most is None:
        return f"It was announced as {announced}, and its bytes are {found.mime_type}."
    if found.size > most:
        return f"It has {found.size:,} bytes; for {found.mime_type}, {most:,} are allowed."
    return None
