"""How fast things may go: a bucket as one moment in time, the earliest at which the next would go
if all went at an even pace. Times in microseconds. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Pace:
    """One thing every `every`; `ahead` is how far the bucket may run ahead of the clock."""

    every: int
    ahead: int


class TooSoonError(Exception):
    """Nothing was drawn; there is room again after `wait`."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"{wait / SECOND:.1f} s too soon")
        self.wait = wait


def drawn(next_at: int | None, now: int, pace: Pace) -> tuple[int, int]:
    """When the thing may go, and the bucket's moment afterwards. Raises TooSoonError."""
    starts = now if next_at is None else max(next_at, now)
    if starts > now + pace.ahead:
        raise TooSoonError(starts - now - pace.ahead)
    return starts, starts + pace.every
