"""Ids of contacts: they sort by the time of their making, so that a list can show the newest first
without an index."""

from __future__ import annotations

import hashlib
from typing import Final

from shared.ids import new_id

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_TIME_LETTERS: Final = 9  # milliseconds until the year 5188
SHARDS: Final = 8


def contact_id_at(at: int) -> str:
    """A new one, made at `at` (milliseconds)."""
    return f"{_time(at)}{new_id()[:11]}"


def imported_contact_id(at: int, import_id: str, key: str) -> str:
    """The same for the same row of the same import, however often it is written."""
    return id_of_names(at, import_id, key)


def id_of_names(at: int, *names: str) -> str:
    """The same for the same time and names; it sorts by the time as others do."""
    number = int.from_bytes(hashlib.sha256("\n".join(names).encode()).digest()[:7])
    return f"{_time(at)}{_letters(number, 11)}"


def shard(id_: str) -> int:
    """Which of a workspace's SHARDS partitions a contact (or an identity) is kept in: any of them
    with the same chance, so that each is a fair sample of all."""
    return hashlib.sha256(id_.encode()).digest()[0] % SHARDS


def _time(at: int) -> str:
    return _letters(at, _TIME_LETTERS)


def _letters(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        letters.append(_DIGITS[digit])
    return "".join(reversed(letters))
