"""A file of the workspace's, to Meta, for the messages of one number. Whoever sends it waits, and
finds Meta's id, or why there is none."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.channels.errors import Action
from shared.channels.graph import GraphError, GraphUnreachableError
from shared.channels.graph_media import MediaTarget, Outgoing
from shared.clock import Clock
from shared.fifo_batch import NotYetError
from shared.media.library import Library
from shared.media.names import file_name
from shared.observability import count
from shared.store.media_copies import Copies
from shared.store.media_files import READY, MediaFile, file_path
from shared.store.tenant_files import FileMissingError

_PASSES: Final = frozenset(
    {Action.RETRY, Action.SLOW_NUMBER, Action.SLOW_ACCOUNT, Action.UNSETTLED}
)
_MOST_TRIES: Final = 6
_LONGEST_WAIT_SECONDS: Final = 300
_GONE: Final = "The file is not there any more."
_NOT_READY: Final = "The file was never uploaded, or cannot be sent."
_UNREACHABLE: Final = "WhatsApp did not take the file."


@dataclass(frozen=True, slots=True)
class Outgoings:
    """Of one workspace."""

    target: MediaTarget
    copies: Copies
    library: Library
    clock: Clock

    def bring(self, media_id: str, channel: str, token: str, receives: int) -> None:
        """Have Meta's id of a file for a number. Raises NotYetError when it is to be tried
        again."""
        if not self.copies.begin(media_id, channel, self.clock()):
            return  # somebody else is at it, or was
        file = self.library.find(media_id)
        if file is None or file.state != READY:
            self._failed(media_id, channel, _NOT_READY if file else _GONE)
            return
        try:
            meta_id = self._upload(file, channel, token)
        except FileMissingError:
            self._failed(media_id, channel, _GONE)
        except GraphUnreachableError as error:
            self._later(media_id, channel, _UNREACHABLE, receives, error)
        except GraphError as error:
            if error.action in _PASSES:
                self._later(media_id, channel, str(error), receives, error)
            else:
                self._failed(media_id, channel, str(error), held=error.token_is_dead)
        else:
            self.copies.uploaded(media_id, channel, meta_id, self.clock())
            count("MediaUploaded")

    def _upload(self, file: MediaFile, channel: str, token: str) -> str:
        with tempfile.NamedTemporaryFile() as content:
            self.library.objects.download(file_path(file.id), content.name)
            name = file_name(file.name, file.mime_type, otherwise="file")
            with Path(content.name).open("rb") as bytes_:
                outgoing = Outgoing(bytes_, file.mime_type, file.size, name)
                return self.target.upload(channel, token, outgoing)

    def _later(
        self, media_id: str, channel: str, reason: str, receives: int, error: Exception
    ) -> None:
        if receives >= _MOST_TRIES:
            self._failed(media_id, channel, reason)
            return
        self.copies.put_down(media_id, channel)
        raise NotYetError(reason, min(_LONGEST_WAIT_SECONDS, 2.0**receives)) from error

    def _failed(self, media_id: str, channel: str, reason: str, *, held: bool = False) -> None:
        self.copies.failed(media_id, channel, reason, self.clock(), held=held)
        count("MediaNotUploaded")
