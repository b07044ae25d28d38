"""Meta's times."""

from __future__ import annotations

_MILLISECONDS_FROM = 10**12  # Meta's times are seconds; larger ones have been seen in milliseconds
_NOT_A_TIME_FROM = 10**14  # milliseconds in the year 5138; DynamoDB has no numbers of any length


def milliseconds(timestamp: object, otherwise: int) -> int:
    """Meta's time, text or number, seconds or milliseconds, as milliseconds."""
    try:
        number = int(str(timestamp))
    except ValueError:
        return otherwise
    if not 0 < number < _NOT_A_TIME_FROM:
        return otherwise
    return number if number >= _MILLISECONDS_FROM else number * 1000
