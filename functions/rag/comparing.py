"""Two evaluations of a knowledge base, question by question. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from rag.expecting import is_expected
from rag.golden_csv import normal
from shared.store.evaluations import Asked

Change = Literal["better", "worse", "same", "unclear"]
BETTER: Final = "better"
WORSE: Final = "worse"
_SAME_ENOUGH: Final = 0.001


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both evaluations, or in one alone."""

    before: Asked | None
    after: Asked | None

    @property
    def golden(self) -> Asked:
        one = self.after or self.before
        assert one is not None
        return one


def paired(before: Sequence[Asked], after: Sequence[Asked]) -> list[Pair]:
    """By the question's id, or else by its words: sets may have been imported anew. In the order of
    the second, then what only the first has."""
    left = {one.number: one for one in before}
    by_id = {one.golden.id: one.number for one in before}
    by_words = {normal(one.golden.question): one.number for one in before}
    pairs = []
    for one in after:
        number = by_id.get(one.golden.id, by_words.get(normal(one.golden.question)))
        pairs.append(Pair(None if number is None else left.pop(number, None), one))
    return [*pairs, *(Pair(one, None) for one in left.values())]


def change_of(pair: Pair) -> Change:
    """What is more right is better; what is as right, and more faithful; then what is found. Where
    nothing can be compared it is unclear."""
    if pair.before is None or pair.after is None:
        return "unclear"
    is_comparable = False
    for one, other in _measures(pair.before, pair.after):
        if one is None or other is None:
            continue
        is_comparable = True
        if abs(one - other) > _SAME_ENOUGH:
            return BETTER if other > one else WORSE
    return "same" if is_comparable else "unclear"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, float | None]:
    """The second's totals less the first's."""
    return {
        name: round(after[name] - before[name], 6) if _both(before, after, name) else None
        for name in after
        if name in before
    }


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What differs, each as [before, after]."""
    names = dict.fromkeys((*before, *after))
    return {
        name: [before.get(name), after.get(name)]
        for name in names
        if before.get(name) != after.get(name)
    }


def number_of(changes: Iterable[Change], wanted: str) -> int:
    return sum(one == wanted for one in changes)


def _measures(before: Asked, after: Asked) -> Iterator[tuple[float | None, float | None]]:
    one, other = before.result, after.result
    if one is None or other is None:
        return
    yield one.correctness, other.correctness
    yield one.faithfulness, other.faithfulness
    if is_expected(before) and is_expected(after):
        yield _found(one.rank), _found(other.rank)


def _found(rank: int | None) -> float:
    return 1 / rank if rank else 0.0


def _both(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> bool:
    return before[name] is not None and after[name] is not None
