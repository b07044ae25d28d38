"""A set of numbers that are nearly all neighbours, small enough to stand in one item."""

from __future__ import annotations

from collections.abc import Iterable


def with_numbers(text: str, numbers: Iterable[int]) -> tuple[str, frozenset[int]]:
    """The set with these numbers in it, and those that are new to it.

    A set is written as "1-57,59": ranges in order, no two of which touch. "" is the empty one.
    """
    ranges = _read(text)
    fresh = frozenset(
        number for number in numbers if not any(low <= number <= high for low, high in ranges)
    )
    return _written([*ranges, *((number, number) for number in fresh)]), fresh


def _read(text: str) -> list[tuple[int, int]]:
    parts = (part.partition("-") for part in text.split(",") if part)
    return [(int(low), int(high or low)) for low, _, high in parts]


def _written(ranges: list[tuple[int, int]]) -> str:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in merged)
