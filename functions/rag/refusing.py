"""What is said when there is nothing to say. Pure."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    "en": "Sorry, I don't know that.",
    "id": "Maaf, saya tidak tahu jawabannya.",
}
_SOURCES: Final = {"en": "Sources", "id": "Sumber"}
_DEFAULT: Final = "en"


def refusal(language: str) -> str:
    return _WORDS.get(language, _WORDS[_DEFAULT])


def sources_word(language: str) -> str:
    return _SOURCES.get(language, _SOURCES[_DEFAULT])
