"""What of a filter the store itself can hold against a record, before it hands it out. Pure.

A record's body is one JSON text. Many a condition can only hold where a certain piece of text is
in it: the tag in its quotes, the name of the field. What lacks the piece need not be read and
taken apart. A sieve lets too many through, never too few; who is meant, the filter alone decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from shared.contacts.record import text_of
from shared.segments.filters import LAST, Condition, Filter


@dataclass(frozen=True, slots=True)
class Sieve:
    """The pieces of which all or any (`match`) are in the body of everybody who is meant."""

    match: str
    pieces: tuple[str, ...]


def sieve(filter_: Filter) -> Sieve | None:
    """None where everybody must be looked at."""
    found = [_piece(condition) for condition in filter_.conditions]
    pieces = tuple(dict.fromkeys(piece for piece in found if piece is not None))
    if not pieces or (filter_.match == "any" and None in found):
        return None
    return Sieve(filter_.match, pieces)


def _piece(condition: Condition) -> str | None:
    return _PIECES.get((condition.on, condition.op), _anything)(condition)


def _anything(condition: Condition) -> None:
    del condition


def _value(condition: Condition) -> str:
    return text_of(condition.value)


def _named(condition: Condition) -> str:
    return f"{text_of(condition.name)}:"


def _known(condition: Condition) -> str:
    return f'"{condition.on}":'


def _opt_state(condition: Condition) -> str | None:
    if condition.value == "unknown":
        return None  # so is whoever never said anything
    return f"{_named(condition)}[{_value(condition)}"


def _blocked(condition: Condition) -> str | None:
    return f"{_known(condition)}true" if condition.value else None


def _campaign(condition: Condition) -> str:
    return '"campaigns":' if condition.name == LAST else _named(condition)


_OF_TEXTS: Final = ("is", "contains", "begins_with", "set")
_PIECES: Final[dict[tuple[str, str], Callable[[Condition], str | None]]] = {
    ("tag", "has"): _value,
    ("opt_in", "is"): _opt_state,
    ("blocked", "is"): _blocked,
    **{("field", op): _named for op in ("is", "contains", "gt", "lt", "set")},
    **{("campaign", op): _campaign for op in ("received", "read", "replied")},
    **{(on, op): _known for on in ("name", "phone", "email", "language") for op in _OF_TEXTS},
}
