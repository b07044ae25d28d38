"""Bytes to text, in the encodings that people's programs write."""

from __future__ import annotations

from charset_normalizer import from_bytes

from rag.sources.blocks import MOST_CHARACTERS, UnreadableError
from rag.sources.encodings import MARKS, encoding_of, is_known

_SAMPLE = 200_000
_MOST_ACCENTS = 0.25


def text_of(content: bytes, declared: str | None = None) -> str:
    """`declared` is the encoding that the content names itself, which counts where it is not UTF-8.

    Raises UnreadableError for what is no text, or too much of it.
    """
    text = _decoded(content, declared)
    if "\x00" in text[:10_000]:
        raise UnreadableError("The file holds no text.")
    if len(text) > MOST_CHARACTERS:
        raise UnreadableError(f"The file has more than {MOST_CHARACTERS:,} characters of text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, declared: str | None) -> str:
    if content.startswith(MARKS):
        return content.decode(encoding_of(content), errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        if declared is not None and is_known(declared):
            return content.decode(declared, errors="replace")
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
