"""Page cursors: opaque to callers, and never naming a tenant (the repository supplies that)."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode


class InvalidCursorError(ValueError):
    """The text is not a cursor that an earlier page gave out."""


def encode(*parts: str) -> str:
    return urlsafe_b64encode(json.dumps(parts).encode()).decode()


def decode(cursor: str, parts: int = 1) -> list[str]:
    try:
        decoded: list[str] = json.loads(urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError) as error:
        raise InvalidCursorError(cursor) from error
    well_formed = isinstance(decoded, list) and all(isinstance(part, str) for part in decoded)
    if not well_formed or len(decoded) != parts:
        raise InvalidCursorError(cursor)
    return decoded
