"""Page cursors: opaque to callers, and never naming a tenant (the repository supplies that)."""

from __future__ import annotations

import binascii
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

NAME = r"[0-9A-Za-z]{1,64}"
NUMBER = r"[0-9]{1,15}"


class InvalidCursorError(ValueError):
    """The text is not a cursor that an earlier page gave out."""


def encode(*parts: str) -> str:
    return urlsafe_b64encode(json.dumps(parts).encode()).decode()


def decode(cursor: str, *parts: str) -> list[str]:
    """The parts, each of which must fit its pattern: anybody can write a cursor of their own."""
    try:
        decoded: list[str] = json.loads(urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise InvalidCursorError(cursor) from error
    well_formed = isinstance(decoded, list) and all(isinstance(part, str) for part in decoded)
    if not well_formed or len(decoded) != len(parts):
        raise InvalidCursorError(cursor)
    if not all(re.fullmatch(pattern, part) for pattern, part in zip(parts, decoded, strict=True)):
        raise InvalidCursorError(cursor)
    return decoded
