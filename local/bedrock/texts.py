"""What the stand-in reads out of requests: what stands between tags, and the words of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_TAG: Final = r"<{0}>\n(.*?)\n</{0}>"
_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST_WORD: Final = 3
_STEM: Final = 5  # letters that tell a word
_SMALL: Final = frozenset(
    [
        *("the", "and", "for", "are", "you", "your", "can", "how", "what", "when", "where", "with"),
        *("does", "have", "this", "that", "from", "will", "is", "it", "do", "of", "to", "in"),
        *("yang", "dan", "apa", "apakah", "saya", "bisa", "boleh", "ada", "untuk", "berapa"),
        *("dengan", "dari", "kalau", "bagaimana", "itu", "ini", "mau", "di", "ke"),
    ]
)


def between(text: str, tag: str) -> str:
    found = re.search(_TAG.format(tag), text, re.DOTALL)
    return found.group(1).strip() if found else ""


def stems(text: str) -> set[str]:
    """Of the words that carry meaning."""
    return {word[:_STEM] for word in _words(text) if word not in _SMALL}


def _words(text: str) -> Iterable[str]:
    for word in _WORD.findall(text.lower()):
        if len(word) >= _SHORTEST_WORD or word.isdigit():
            yield word
