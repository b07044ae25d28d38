"""What is found in a file, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from shared.json_types import JsonObject

MOST_CHARACTERS: Final = 5_000_000
MOST_PAGES: Final = 2_000


class UnreadableError(Exception):
    """The file cannot be read; the text says why, to the person who brought it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a row of a table with its header (`is_row`): rows are not torn apart.
    `headings` from the outermost in; `page` from 1."""

    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """`scanned_pages` are pictures without text; `pages` is 0 where a source has none."""

    blocks: tuple[Block, ...]
    pages: int = 0
    scanned_pages: tuple[int, ...] = ()


class Headings:
    """Where one is while a text is read from its beginning."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def enter(self, level: int, text: str) -> None:
        """A heading ends those of its own level and below it."""
        self._open = [one for one in self._open if one[0] < level]
        if text:
            self._open.append((level, text[:200]))

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._open)


def rows_of(
    header: Sequence[str], rows: Sequence[Sequence[str]], headings: tuple[str, ...]
) -> Iterator[Block]:
    """Each row as "name: value" pairs, so that it says by itself what its cells are."""
    for row in rows:
        cells = [
            f"{name}: {cell}" if name else cell
            for name, cell in zip(_padded(header, len(row)), row, strict=False)
            if cell
        ]
        if cells:
            yield Block("; ".join(cells), headings, is_row=True)


def _padded(header: Sequence[str], length: int) -> list[str]:
    return [*header, *([""] * max(0, length - len(header)))]


def to_json(parsed: Parsed) -> JsonObject:
    return asdict(parsed)


def from_json(raw: JsonObject) -> Parsed:
    return Parsed(
        tuple(
            Block(one["text"], tuple(one["headings"]), one["page"], one["is_row"])
            for one in raw["blocks"]
        ),
        raw["pages"],
        tuple(raw["scanned_pages"]),
    )
