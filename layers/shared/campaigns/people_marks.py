"""Who may be in a block of recipients, in so few bytes that they lie in its tally: whoever looks
for a person reads the few blocks that may hold them, and not all. Pure.

It is a Bloom filter: of a person who is in it, it always says so; of one who is not, it is wrong
once in about a hundred times.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

_BITS: Final = 3072  # for a hundred people with three or four names each
_EACH: Final = 5


def marks_of(names: Iterable[str]) -> bytes:
    """Of everything that people are known by in a block."""
    found = bytearray(_BITS // 8)
    for name in names:
        for bit in _bits(name):
            found[bit // 8] |= 1 << bit % 8
    return bytes(found)


def may_hold(marks: bytes, names: Iterable[str]) -> bool:
    """Whether any of the names may be among those that the marks were made of."""
    return any(all(marks[bit // 8] >> bit % 8 & 1 for bit in _bits(name)) for name in names)


def _bits(name: str) -> Iterator[int]:
    digest = hashlib.sha256(name.encode()).digest()
    for place in range(_EACH):
        yield int.from_bytes(digest[4 * place : 4 * place + 4]) % _BITS
