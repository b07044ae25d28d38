"""Fetch one file from Meta: whole, of a bearable size, and the very bytes that Meta speaks of.

A transfer that breaks goes on where it broke; an address that has expired is looked up again.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from shared.channels.graph_media import (
    Found,
    LinkExpiredError,
    MediaSource,
    Reading,
    TransferBrokenError,
)
from shared.media.bytes_type import HEAD_BYTES, type_of
from shared.media.kinds import LARGEST

_TRIES: Final = 4


class FileTooLargeError(Exception):
    """WhatsApp's own clients may send more than is worth keeping."""

    def __init__(self, most: int) -> None:
        super().__init__(f"The file has more than {most // (1024 * 1024)} MB.")


class WrongBytesError(Exception):
    """What came is not what Meta announced."""

    def __init__(self) -> None:
        super().__init__("The file did not arrive as it was sent.")


@dataclass(frozen=True, slots=True)
class Fetched:
    """`mime_type` by its bytes; `sha256` in hex."""

    mime_type: str
    size: int
    sha256: str


def fetch(
    source: MediaSource,
    media_id: str,
    token: str,
    into: BinaryIO,
    *,
    said_type: str = "",
    said_sha256: str = "",
    most: int = LARGEST,
) -> Fetched:
    """Write the file's bytes. `said_type` and `said_sha256` are what the webhook said of it.

    Raises FileTooLargeError, WrongBytesError, and what `MediaSource` raises when it goes on.
    """
    way = _Way(source, media_id, token)
    found = way.look_up()
    _check_size(found.size, most)
    _read_whole(way, found, into, most)
    size = into.tell()
    into.seek(0)
    head = into.read(HEAD_BYTES)
    into.seek(0)
    digest = hashlib.file_digest(into, "sha256").digest()  # type: ignore[arg-type]  # it reads
    if not agree(digest, (said_sha256, found.sha256)):
        raise WrongBytesError
    return Fetched(type_of(head, said_type or found.mime_type), size, digest.hex())


@dataclass(frozen=True, slots=True)
class _Way:
    """How a file is reached, again and again."""

    source: MediaSource
    media_id: str
    token: str

    def look_up(self) -> Found:
        return self.source.look_up(self.media_id, self.token)

    def read(self, url: str, start: int) -> Reading:
        return self.source.read(url, self.token, start)


def _read_whole(way: _Way, found: Found, into: BinaryIO, most: int) -> None:
    url = found.url
    last: Exception = TransferBrokenError("the file ends too early")
    for _ in range(_TRIES):
        try:
            reading = way.read(url, into.tell())
            into.seek(reading.start)
            into.truncate()
            for chunk in reading.chunks:
                into.write(chunk)
                _check_size(into.tell(), most)
        except LinkExpiredError as error:
            last, url = error, way.look_up().url
        except TransferBrokenError as error:
            last = error
        else:
            if into.tell() >= max(found.size, 1):
                return
    raise last


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise FileTooLargeError(most)


def agree(digest: bytes, said: Sequence[str]) -> bool:
    """Whether every SHA-256 that was said is this one. Meta writes it in hex or in base64; what is
    neither says nothing."""
    read = [known for text in said if (known := _digest(text)) is not None]
    return all(known == digest for known in read)


def _digest(text: str) -> bytes | None:
    try:
        known = bytes.fromhex(text) if len(text) == 64 else b64decode(text, validate=True)
    except ValueError:
        return None
    return known if len(known) == hashlib.sha256().digest_size else None
