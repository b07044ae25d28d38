"""Texts to terms, as the analysers of the mapping do it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

import snowballstemmer

_WORD: Final = re.compile(r"\w+(?:['\u2019]\w+)*")
_POSSESSIVE: Final = re.compile(r"['\u2019]s$")
# Lucene's own list of English, and the most frequent words of its Indonesian one.
_ENGLISH_WORDS: Final = """
a an and are as at be but by for if in into is it no not of on or such that the their then there
these they this to was will with
"""
_INDONESIAN_WORDS: Final = """
ada adalah agar akan aku anda apa apakah atau bagaimana bagi bahwa banyak beberapa belum berapa bila
bisa boleh bukan dalam dan dapat dari daripada dengan di dia ini itu itulah jika juga kalau kami
kamu kapan karena ke kepada kita lagi lain maka mana masih mereka mungkin namun nya oleh pada para
pun saat saja sampai sangat saya sebagai sebelum sedang sehingga sejak seperti serta setelah sudah
supaya tapi telah tentang tersebut tetapi tidak untuk yaitu yakni yang
"""
_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())
_INDONESIAN: Final = frozenset(_INDONESIAN_WORDS.split())


def standard(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def english(text: str) -> list[str]:
    words = (_POSSESSIVE.sub("", word) for word in standard(text))
    return [_stem("porter", word) for word in words if word not in _ENGLISH]


def indonesian(text: str) -> list[str]:
    return [_stem("indonesian", word) for word in standard(text) if word not in _INDONESIAN]


ANALYSERS: Final[Mapping[str, Callable[[str], list[str]]]] = {
    "standard": standard,
    "english": english,
    "indonesian": indonesian,
}


@lru_cache(maxsize=100_000)
def _stem(language: str, word: str) -> str:
    stem: str = _stemmer(language).stemWord(word)
    return stem


@lru_cache(maxsize=4)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)
