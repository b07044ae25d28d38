"""CSV as people have it: in some encoding, with some delimiter, with or without a first line of
names; and CSV as we write it. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final

HEAD_BYTES: Final = 256 * 1024
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 5000
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE_LINES: Final = 50
_NUMBER: Final = re.compile(r"\+?[\d\s().-]{8,20}")
# A spreadsheet takes what begins like this for a formula, wherever the file came from.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?")


class NotCsvError(ValueError):
    """The file holds no table; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is to be read; `columns` are its names, made up where the file has none."""

    encoding: str
    delimiter: str
    has_header: bool
    columns: tuple[str, ...]


def dialect_of(head: bytes) -> Dialect:
    """From the first HEAD_BYTES (or all, if fewer). Raises NotCsvError."""
    if not head.strip(b"\x00\r\n\t "):
        raise NotCsvError("The file is empty.")
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotCsvError("This is a spreadsheet, not a CSV file: save it as CSV first.")
    encoding = _encoding(head)
    text = head.decode(encoding, errors="replace")
    delimiter = _delimiter(text)
    first = next((row for row in _parsed(io.StringIO(text, newline=""), delimiter) if any(row)), [])
    if len(first) > MOST_COLUMNS:
        raise NotCsvError(f"The file has more than {MOST_COLUMNS} columns.")
    has_header = not any(_NUMBER.fullmatch(cell.strip()) for cell in first)
    names = first if has_header else [""] * len(first)
    return Dialect(encoding, delimiter, has_header, _names(names))


def rows(stream: IO[bytes], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers as a spreadsheet counts them (the first line is 1), without the line
    of names and empty lines; each as long as there are columns."""
    text = io.TextIOWrapper(stream, dialect.encoding, errors="replace", newline="")
    width, wants_header = len(dialect.columns), dialect.has_header
    for number, cells in enumerate(_parsed(text, dialect.delimiter), 1):
        if not any(cells):
            continue
        if wants_header:
            wants_header = False
            continue
        yield number, [*cells[:width], *[""] * (width - len(cells))]


def written(lines: Iterable[Sequence[str]]) -> str:
    """As CSV that spreadsheets run nothing of."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([neutral(cell) for cell in line] for line in lines)
    return text.getvalue()


def neutral(cell: str) -> str:
    """What a spreadsheet would take for a formula, with an apostrophe before it, so that it shows
    as it is. Numbers stay as they are, phone numbers with their plus too."""
    if cell.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def as_it_was(cell: str) -> str:
    """Without the apostrophe of `neutral`, which people write themselves, too."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _parsed(text: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    try:
        for row in csv.reader(text, delimiter=delimiter):
            yield [cell.replace("\x00", "")[:LONGEST_CELL].strip() for cell in row]
    except csv.Error as error:
        raise NotCsvError("A cell is longer than a file like this should have.") from error


def _encoding(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    try:
        # The head may end within a letter.
        head[: max(len(head) - 3, 1)].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            return "cp1252"
    return "utf-8"


def _delimiter(text: str) -> str:
    """The one that makes most columns of most lines."""

    def score(delimiter: str) -> tuple[int, int]:
        sample = islice(_parsed(io.StringIO(text, newline=""), delimiter), _SAMPLE_LINES)
        widths = [len(row) for row in sample if any(row)]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(_DELIMITERS, key=score)


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """Each another: nameless ones are called by their place, later ones of a name are counted."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = base = cell[:100] or f"Column {place}"
        count = 2
        while name in names:
            name, count = f"{base} ({count})", count + 1
        names.append(name)
    return tuple(names)
