"""How many messages a second Meta takes from a number, inbound ones included."""

from __future__ import annotations

from typing import Final

STANDARD: Final = 80
HIGH: Final = 1000
COEXISTENCE: Final = 20


def per_second(level: str, *, coexistence: bool) -> int:
    """`level` as Meta names it: STANDARD, HIGH, NOT_APPLICABLE. A number that is used in the
    phone's app as well has a rate of its own."""
    if coexistence:
        return COEXISTENCE
    return HIGH if level == "HIGH" else STANDARD
