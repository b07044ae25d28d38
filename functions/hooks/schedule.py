"""When a delivery that failed is tried again, and when it is given up. Pure."""

from __future__ import annotations

from typing import Final

GIVE_UP_AFTER_MS: Final = 24 * 3600 * 1000
DISABLE_AFTER_MS: Final = 48 * 3600 * 1000
"""A webhook that has answered nothing well for so long is told nothing more."""

_WAITS_SECONDS: Final = (10, 30, 120, 300, 900, 1800, 3600)
_LONGEST_WAIT_SECONDS: Final = 2 * 3600
_SPREAD: Final = 0.2  # of a wait, so that what failed together does not return together


def next_try(now: int, tries: int, give_up_at: int, random: float) -> int | None:
    """When to try again, in milliseconds, after so many tries; None when it is given up. `random`
    from 0 to 1."""
    waits = _WAITS_SECONDS
    seconds = waits[tries - 1] if tries <= len(waits) else _LONGEST_WAIT_SECONDS
    at = now + round(seconds * 1000 * (1 - _SPREAD / 2 + _SPREAD * random))
    return at if at < give_up_at else None


def is_long_dead(failing_since: int | None, now: int) -> bool:
    return failing_since is not None and now - failing_since >= DISABLE_AFTER_MS
