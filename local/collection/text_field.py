"""One analysed field of an index: who has which term how often, and BM25 over it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

_K1: Final = 1.2
_B: Final = 0.75
Scores = npt.NDArray[np.float32]


class TextField:
    """Documents are numbered; a number is never used again."""

    def __init__(self, analyse: Callable[[str], list[str]]) -> None:
        self.analyse = analyse
        self._postings: dict[str, dict[int, int]] = {}
        self._lengths: dict[int, int] = {}
        self._total = 0

    def add(self, number: int, texts: Iterable[str]) -> None:
        terms = [term for text in texts for term in self.analyse(text)]
        if not terms:
            return
        self._lengths[number] = len(terms)
        self._total += len(terms)
        for term, often in Counter(terms).items():
            self._postings.setdefault(term, {})[number] = often

    def remove(self, number: int, texts: Iterable[str]) -> None:
        self._total -= self._lengths.pop(number, 0)
        for text in texts:
            for term in self.analyse(text):
                self._postings.get(term, {}).pop(number, None)

    def scores(self, query: str, size: int, *, all_terms: bool) -> Scores:
        """BM25 as Lucene counts it, by number; 0 for who has no term, or not all if asked."""
        total = np.zeros(size, np.float32)
        matched = np.zeros(size, np.int32)
        terms = self.analyse(query)
        documents = len(self._lengths)
        average = self._total / documents if documents else 1.0
        for term in terms:
            having = self._postings.get(term)
            if not having:
                continue
            numbers = np.fromiter(having.keys(), np.int64, len(having))
            often = np.fromiter(having.values(), np.float32, len(having))
            lengths = np.fromiter((self._lengths[one] for one in having), np.float32, len(having))
            idf = math.log(1 + (documents - len(having) + 0.5) / (len(having) + 0.5))
            total[numbers] += idf * often / (often + _K1 * (1 - _B + _B * lengths / average))
            matched[numbers] += 1
        if all_terms and terms:
            total[matched < len(terms)] = 0
        return total
