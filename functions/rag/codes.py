"""Codes in texts and questions: what people type to mean one thing exactly ("SKU-123", "A4/80")."""

from __future__ import annotations

import re
from typing import Final

_MOST: Final = 64
# A word of letters and digits that has a digit, and at least one sign or both kinds.
_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)*")
_HAS_DIGIT: Final = re.compile(r"[0-9]")
_HAS_LETTER: Final = re.compile(r"[A-Za-z]")
_SIGNS: Final = re.compile(r"[-_./]")
_LONGEST: Final = 40
_SHORTEST: Final = 3


def codes_in(text: str) -> tuple[str, ...]:
    """In capitals and without the signs within, each once, in order: "sku-123" and "SKU 123x" give
    "SKU123" and nothing. Plain numbers, prices and dates are no codes."""
    found = (match.group() for match in _WORD.finditer(text))
    codes = (_SIGNS.sub("", word).upper() for word in found if _is_code(word))
    return tuple(dict.fromkeys(codes))[:_MOST]


def _is_code(word: str) -> bool:
    return (
        _SHORTEST <= len(word) <= _LONGEST
        and _HAS_DIGIT.search(word) is not None
        and _HAS_LETTER.search(word) is not None
    )
