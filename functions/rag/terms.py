"""The words of a text that carry meaning, reduced so that forms of a word are one. Pure.

For comparing a question with passages in code; what the index does with words is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

ENGLISH: Final = "en"
INDONESIAN: Final = "id"
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_ENGLISH_STOPS: Final = """
a about across after again against all along already also although always am among an and another
any anybody anyone anything anywhere are around as at be because been before behind being beside
between both but by can cannot could did do does doing done down during each else ever every
everybody everyone everything everywhere few for from further get gets getting give go goes going
gone got had has have having he her here hers herself him himself his how however i if in instead
into is it its itself just let like lot lots made make makes many may maybe me more most much must
my myself never no nobody nor not nothing now nowhere of off often on once one only onto or other
others our out over own per perhaps please possible quite rather really said same saw say says see
seen she should since so some somebody someone something sometimes somewhere soon still such tell
than that the their them themselves then there these they thing things this those though through
thus to too under until up upon us usually very via want wanted wants was way ways we went were
what when where whether which while who whom why will with within without would yet you your yours
yourself yourselves
"""
_INDONESIAN_STOPS: Final = """
ada adalah agar akan aku anda apa apakah atau bagaimana bagi bahwa baru begitu berapa bila
bisa boleh buat cara caranya dalam dan dapat dari dengan di dia gimana hanya harus ia ini
itu itukah jadi jangan jika juga kalau kami kamu kan kapan karena ke kenapa kepada kita kok
lagi lah lalu maka mana masih mau mengapa mereka mohon namun nya oleh pada pakai para per
pun saat saja sama sampai saya sebagai sebelum secara sedang semua seperti sih siapa sudah
supaya tapi telah tentang terus tetapi tidak tolong untuk ya yang
"""
_STOP: Final = {
    ENGLISH: frozenset(_ENGLISH_STOPS.split()),
    INDONESIAN: frozenset(_INDONESIAN_STOPS.split()),
}
_ALL_STOP: Final = _STOP[ENGLISH] | _STOP[INDONESIAN]
_PREFIXES: Final = (
    "peng",
    "meng",
    "meny",
    "mem",
    "men",
    "pem",
    "pen",
    "ber",
    "ter",
    "per",
    "di",
    "ke",
    "se",
)
_SUFFIXES: Final = (
    *("nya", "kah", "lah", "kan", "an"),
    *("ing", "edly", "ed", "es", "ly", "s", "i"),
)
_SHORTEST_STEM: Final = 4
_ENDING: Final = re.compile(r"['\u2019](?:s|m|d|re|ve|ll)$")  # "lamp's", "we'll"
_NEGATIONS: Final = ("n't", "n\u2019t")


def words_of(text: str) -> list[str]:
    """All words, in small letters."""
    return [match.group() for match in _WORD.finditer(text.lower())]


def terms_of(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, each as often as it is said."""
    words = (_ENDING.sub("", word) for word in words_of(text) if not word.endswith(_NEGATIONS))
    return [stem(word) for word in words if word not in _ALL_STOP and len(word) > 1]


def stem(word: str) -> str:
    """Rough on purpose: it only has to do the same to a question and to a passage."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM:
            return word[len(prefix) :]
    return word


def language_of(text: str, default: str = ENGLISH) -> str:
    """ "en" or "id", by the small words that only one of them has; `default` where none tells."""
    words = words_of(text)
    counts = {code: _number(words, stops) for code, stops in _STOP.items()}
    if counts[ENGLISH] == counts[INDONESIAN]:
        return default
    return max(counts, key=lambda code: counts[code])


def _number(words: Iterable[str], stops: frozenset[str]) -> int:
    return sum(word in stops for word in words)
