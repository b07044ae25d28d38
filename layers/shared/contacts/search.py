"""What a contact is found by: the words of the name, the number, the address. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from shared.contacts.record import ContactRecord

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"[+()\d\s./-]*\d[()\d\s./-]*")
_LONGEST: Final = 40
_MOST_WORDS: Final = 8
_LONGEST_TERM: Final = 100


def folded(text: str) -> str:
    """In small letters and without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    return [word[:_LONGEST] for word in _WORD.findall(folded(text))]


def terms_of(record: ContactRecord) -> frozenset[str]:
    """The words and addresses that the record is found by. Numbers are not among them: those are
    identities, and found as such."""
    found = dict.fromkeys(words(record.name or "")[:_MOST_WORDS])
    if record.username:
        found |= dict.fromkeys([folded(record.username)[:_LONGEST]])
    if record.email:
        found |= dict.fromkeys([folded(record.email)[:_LONGEST]])
    return frozenset(found)


def numbers_of(record: ContactRecord) -> frozenset[str]:
    """Without their plus."""
    return frozenset(one.value for one in record.identities if one.kind == "wa_id")


def asked(search: str) -> list[str]:
    """The beginnings that a contact must have all of; the longest is the first. Empty for a text
    without letters or digits."""
    text = search.strip()[:_LONGEST_TERM]
    if _NUMBER.fullmatch(text):
        return [re.sub(r"\D", "", text)]
    if "@" in text:
        return [folded(text)[:_LONGEST]]
    return sorted(dict.fromkeys(words(text)), key=len, reverse=True)


def matches(record: ContactRecord, beginnings: list[str]) -> bool:
    terms = terms_of(record) | numbers_of(record)
    return all(any(term.startswith(one) for term in terms) for one in beginnings)
