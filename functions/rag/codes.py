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
_APART: Final = re.compile(r"\b([A-Za-z]{1,6})[ \u00a0]([A-Za-z]?[0-9]{2,10})\b")
_LONGEST: Final = 40
_SHORTEST: Final = 3


def codes_in(text: str) -> tuple[str, ...]:
    """In capitals and without the signs within, each once, in order: "sku-123" and "SKU 123x" give
    "SKU123" and nothing. Plain numbers, prices and dates are no codes."""
    found = (match.group() for match in _WORD.finditer(text))
    codes = (_SIGNS.sub("", word).upper() for word in found if _is_code(word))
    return tuple(dict.fromkeys(codes))[:_MOST]


def codes_asked(question: str) -> tuple[str, ...]:
    """The codes that a question may mean. People type what they see: a short word and a number
    beside it are taken for one as well, "sku 123" like "SKU-123"."""
    apart = (f"{match[1]}{match[2]}".upper() for match in _APART.finditer(question))
    return tuple(dict.fromkeys((*codes_in(question), *apart)))[:_MOST]


def certain_codes(question: str) -> tuple[str, ...]:
    """Those that are written as codes only: what has none of them was asked for in vain. Sizes and
    amounts ("500ml") begin with their number."""
    return tuple(code for code in codes_in(question) if code[0].isalpha())


def _is_code(word: str) -> bool:
    return (
        _SHORTEST <= len(word) <= _LONGEST
        and _HAS_DIGIT.search(word) is not None
        and _HAS_LETTER.search(word) is not None
    )
