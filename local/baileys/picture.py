"""A picture that looks like a code to scan. Nothing is in it: the phone's page has a button."""

from __future__ import annotations

import random
import struct
import zlib
from base64 import b64encode
from typing import Final

_MODULES: Final = 29
_DOTS: Final = 8
_QUIET: Final = 3
_EYE: Final = (0b1111111, 0b1000001, 0b1011101, 0b1011101, 0b1011101, 0b1000001, 0b1111111)


def data_url(seed: str) -> str:
    """A PNG as a data address; another seed, another picture."""
    rows = _framed(_modules(random.Random(seed)))
    wide = [bytes(0 if dark else 255 for dark in row for _ in range(_DOTS)) for row in rows]
    raw = b"".join(b"\0" + row for row in wide for _ in range(_DOTS))
    size = len(rows) * _DOTS
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    )
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _modules(randomness: random.Random) -> list[list[bool]]:
    rows = [[randomness.random() < 0.5 for _ in range(_MODULES)] for _ in range(_MODULES)]
    for top, left in ((0, 0), (0, _MODULES - 7), (_MODULES - 7, 0)):
        for y in range(-1, 8):
            for x in range(-1, 8):
                if 0 <= top + y < _MODULES and 0 <= left + x < _MODULES:
                    inside = 0 <= y < 7 and 0 <= x < 7
                    rows[top + y][left + x] = inside and bool(_EYE[y] >> x & 1)
    return rows


def _framed(rows: list[list[bool]]) -> list[list[bool]]:
    empty = [[False] * (_MODULES + 2 * _QUIET)] * _QUIET
    side = [False] * _QUIET
    return [*empty, *([*side, *row, *side] for row in rows), *empty]


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
