"""Bytes to text, in the encodings that people's programs write."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from rag.sources.blocks import MOST_CHARACTERS, UnreadableError

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 200_000
_MOST_ACCENTS = 0.25


def text_of(content: bytes) -> str:
    """Raises UnreadableError for what is no text, or too much of it."""
    text = _decoded(content)
    if "\x00" in text[:10_000]:
        raise UnreadableError("The file holds no text.")
    if len(text) > MOST_CHARACTERS:
        raise UnreadableError(f"The file has more than {MOST_CHARACTERS:,} characters of text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    if content.startswith(_MARKS):
        encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-16"
        return content.decode(encoding, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        if _is_latin(content[:_SAMPLE]):
            return content.decode("cp1252", errors="replace")
        found = from_bytes(content[:_SAMPLE]).best()
        if found is None:
            raise UnreadableError("The file holds no text that can be read.") from None
        return content.decode(found.encoding, errors="replace")


def _is_latin(sample: bytes) -> bool:
    """Few letters beyond ASCII are accents, as Windows writes them: too few to guess more from."""
    beyond = sum(byte >= 0x80 for byte in sample)
    controls = sum(byte < 0x20 and byte not in b"\t\n\f\r" for byte in sample)
    return not controls and beyond < _MOST_ACCENTS * len(sample)
