"""CPU time of a call, as the best of several rounds: other work on the machine only adds."""

from __future__ import annotations

import time
from collections.abc import Callable

ROUNDS = 7
ROUND_SECONDS = 0.3


def cpu_microseconds(call: Callable[[], object]) -> float:
    """CPU microseconds of one call on this machine."""
    repeats = _repeats(call)
    return min(_round(call, repeats) for _ in range(ROUNDS)) * 1e6


def _repeats(call: Callable[[], object]) -> int:
    call()
    once = max(_round(call, 5), 1e-7)
    return max(5, int(ROUND_SECONDS / once))


def _round(call: Callable[[], object], repeats: int) -> float:
    start = time.process_time()
    for _ in range(repeats):
        call()
    return (time.process_time() - start) / repeats
