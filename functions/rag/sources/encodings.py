"""How bytes of text tell their encoding."""

from __future__ import annotations

import codecs
from typing import Final

MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(marked: bytes) -> str:
    """Of content that begins with one of MARKS."""
    return "utf-8-sig" if marked.startswith(codecs.BOM_UTF8) else "utf-16"


def is_known(encoding: str) -> bool:
    """Python has encodings that are none of texts, and such as replace nothing."""
    try:
        b"\xff".decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return False
    return True
