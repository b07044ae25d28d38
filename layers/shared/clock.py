"""Time as a function that tests replace."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Answers the milliseconds since 1970-01-01 UTC."""


def now_ms() -> int:
    return time.time_ns() // 1_000_000
