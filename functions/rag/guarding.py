"""What an answer must be before it is sent, whatever the model was talked into. Pure.

The prompt asks for it; this holds it. An answer that cites no passage, that tells the rules, or
that names an address the passages do not have, is not the passages' answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_TOGETHER: Final = 7
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|co|id|me|ru|xyz|info|top|link|shop|app)\b[^\s]*",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"\+?\d(?:[\s().-]?\d){7,14}")
_NOT_A_DIGIT: Final = re.compile(r"\D")


def objection(text: str, citations: int, passages: Iterable[str], rules: str) -> str | None:
    """Why the answer must not be sent: "uncited", "rules" or "address"; None when it may.
    `passages` are the texts that the model was given."""
    if citations == 0:
        return "uncited"
    if _runs(text) & _runs(rules):
        return "rules"
    known = " ".join(passages).lower()
    digits = _NOT_A_DIGIT.sub("", known)
    for address in _addresses(text):
        if address not in known:
            return "address"
    for phone in _PHONE.findall(text):
        if _NOT_A_DIGIT.sub("", phone) not in digits:
            return "address"
    return None


def _addresses(text: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(text):
        yield match.group().lower().rstrip(".,;:!?")


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z]+", text.lower())
    last = len(words) - _TOGETHER + 1
    return {tuple(words[start : start + _TOGETHER]) for start in range(max(0, last))}
