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
    number = int.from_bytes(hashlib.sha256(f"{import_id}\n{key}".encode()).digest()[:7])
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
