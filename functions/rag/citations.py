"""The numbers in an answer, and the passages they stand for. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CITED: Final = re.compile(r"(?:[ \t]*\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\])+")
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Cited:
    """`text` with numbers that begin at 1 in the order of their first use; `passages` are the
    places (from 0) in the list that the model was given, in that order."""

    text: str
    passages: tuple[int, ...]


def cited(text: str, given: int) -> Cited:
    """Numbers that none of the `given` passages has are invented and left out."""
    order: dict[int, int] = {}

    def renumbered(match: re.Match[str]) -> str:
        known = dict.fromkeys(
            int(number) for number in _NUMBER.findall(match.group()) if 1 <= int(number) <= given
        )
        shown = dict.fromkeys(order.setdefault(number, len(order) + 1) for number in known)
        marks = "".join(f"[{number}]" for number in shown)
        return f" {marks}" if marks else ""

    clean = _CITED.sub(renumbered, text).strip()
    return Cited(clean, tuple(number - 1 for number in order))


def without_marks(text: str) -> str:
    """The answer as somebody reads it who does not want to look anything up."""
    return _CITED.sub("", text).strip()
