"""Vectors of texts in any language without a model: hashed words and pieces of words.

Texts that share words, or parts of words, point the same way. It knows no meaning, and says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from local.collection.analysis import english, indonesian

_WORD: Final = re.compile(r"\w+")
_PIECES: Final = (3, 4, 5)
_WORD_WEIGHT: Final = 1.0
_PIECE_WEIGHT: Final = 0.35
Vector = npt.NDArray[np.float32]


def embed(text: str, dimensions: int) -> Vector:
    """Of length 1, or all zeros for a text without words."""
    vector = np.zeros(dimensions, np.float32)
    for feature, weight in _features(text):
        place, sign = _place(feature, dimensions)
        vector[place] += sign * weight
    # A word that is said ten times does not mean ten times as much.
    vector = np.sign(vector) * np.sqrt(np.abs(vector))
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length else vector, np.float32)


def _features(text: str) -> Iterator[tuple[str, float]]:
    for stem in (*english(text), *indonesian(text)):
        yield f"w:{stem}", _WORD_WEIGHT
    for word in _WORD.findall(text.lower()):
        padded = f"<{word}>"
        for size in _PIECES:
            for start in range(len(padded) - size + 1):
                yield f"p:{padded[start : start + size]}", _PIECE_WEIGHT


@lru_cache(maxsize=200_000)
def _place(feature: str, dimensions: int) -> tuple[int, float]:
    number = int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest())
    return number % dimensions, 1.0 if number >> 63 else -1.0
