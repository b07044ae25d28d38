"""A message's file, from Meta to the workspace's own prefix, with a word on what stands against it.

It is named by its place: fetched twice, it is the same object and counted once; a death half-way
leaves nothing that anybody sees.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import Final

from gateway.fetching import Fetched, FileTooLargeError, WrongBytesError, fetch
from shared.channels.errors import Action
from shared.channels.graph import GraphError, GraphUnreachableError
from shared.channels.graph_media import (
    ForeignHostError,
    LinkExpiredError,
    MediaSource,
    TransferBrokenError,
)
from shared.channels.inbound import Media, media_of
from shared.fifo_batch import NotYetError
from shared.media.bytes_type import UNKNOWN
from shared.media.kinds import SHOWN
from shared.observability import count
from shared.store.received_files import (
    STORED,
    LineMissingError,
    ReceivedFile,
    ReceivedFiles,
    received_path,
)
from shared.store.tenant_files import TenantFiles

MOST_TRIES: Final = 12
"""Of a record of the queue: about a day, with the waits below."""
_FIRST_WAIT_SECONDS: Final = 5
_LONGEST_WAIT_SECONDS: Final = 4 * 3600
_TRIES_OF_A_REFUSAL: Final = 3  # Meta may tell of a file a moment before it has it
_LINE_WAIT_SECONDS: Final = 1.0
_TRIES_FOR_A_LINE: Final = 6
_PASSES: Final = frozenset(
    {Action.RETRY, Action.SLOW_NUMBER, Action.SLOW_ACCOUNT, Action.TOKEN_DEAD, Action.UNSETTLED}
)
_FOREIGN: Final = "WhatsApp names a place for this file that is not its own."
_UNREACHABLE: Final = "WhatsApp does not hand the file over at the moment."


@dataclass(frozen=True, slots=True)
class Incoming:
    """Of one workspace."""

    source: MediaSource
    received: ReceivedFiles
    files: TenantFiles

    def bring(self, place: tuple[str, str, int], token: str, receives: int) -> None:
        """Have the file of the message at `place` (channel, contact, number). Raises NotYetError
        when it is to be tried again; after the last try, what went wrong."""
        try:
            message, at = self.received.line(*place)
        except LineMissingError:
            if receives < _TRIES_FOR_A_LINE:
                raise NotYetError("not logged yet", _LINE_WAIT_SECONDS) from None
            return  # forgotten meanwhile
        known = self.received.get(*place)
        media = media_of(message)
        if media is None or (known is not None and known.state == STORED):
            return
        try:
            self._bring(place, media, token, at)
        except LineMissingError:
            self.files.remove(received_path(*place))
        except Exception as error:
            self._note(place, error, receives)

    def _bring(self, place: tuple[str, str, int], media: Media, token: str, at: int) -> None:
        with tempfile.NamedTemporaryFile() as into:
            fetched = fetch(
                self.source,
                media.id,
                token,
                into,  # type: ignore[arg-type]  # it is a file in all that counts
                said_type=media.mime_type,
                said_sha256=media.sha256,
            )
            into.flush()
            self.files.upload(received_path(*place), into.name, kept_type(fetched.mime_type))
        self.received.stored(*place, _stored(fetched), at)
        count("MediaFetched")
        count("MediaBytes", fetched.size)

    def _note(self, place: tuple[str, str, int], error: Exception, receives: int) -> None:
        """Keep the reason; raise what is to be tried again."""
        reason = _words(error)
        if reason is None:
            raise error
        is_last = receives >= _most_tries(error)
        try:
            (self.received.failed if is_last else self.received.waits)(*place, reason)
        except LineMissingError:
            return
        if not is_last:
            raise NotYetError(reason, wait_seconds(receives)) from error
        count("MediaNotFetched")
        if receives >= MOST_TRIES:
            raise error  # into the dead letters, from where it can be tried again


def kept_type(mime_type: str) -> str:
    """As the browser is told: what it could run as a page is only bytes to it."""
    return mime_type if mime_type in SHOWN else UNKNOWN


def wait_seconds(receives: int) -> float:
    return float(min(_LONGEST_WAIT_SECONDS, _FIRST_WAIT_SECONDS * 3 ** (receives - 1)))


def _stored(fetched: Fetched) -> ReceivedFile:
    return ReceivedFile(
        STORED, mime_type=fetched.mime_type, size=fetched.size, sha256=fetched.sha256
    )


def _most_tries(error: Exception) -> int:
    if isinstance(error, FileTooLargeError | ForeignHostError):
        return 1
    if isinstance(error, GraphError) and error.action not in _PASSES:
        return _TRIES_OF_A_REFUSAL
    return MOST_TRIES


def _words(error: Exception) -> str | None:
    """What people read; None for what is our own fault."""
    match error:
        case FileTooLargeError() | WrongBytesError() | GraphError():
            return str(error)
        case ForeignHostError():
            return _FOREIGN
        case GraphUnreachableError() | TransferBrokenError() | LinkExpiredError():
            return _UNREACHABLE
    return None
