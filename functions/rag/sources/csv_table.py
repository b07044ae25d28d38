"""A table as CSV: its first line names the columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from rag.sources.blocks import Parsed, UnreadableError, rows_of
from rag.sources.texts import text_of

_DELIMITERS: Final = ",;\t|"
_MOST_ROWS: Final = 50_000


def parse(path: Path) -> Parsed:
    """Raises UnreadableError."""
    text = text_of(path.read_bytes())
    csv.field_size_limit(1_000_000)
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text))
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise UnreadableError(f"The file is no CSV ({error}).") from error
    if len(rows) > _MOST_ROWS:
        raise UnreadableError(f"The table has more than {_MOST_ROWS:,} rows.")
    return Parsed(tuple(rows_of(rows[0], rows[1:], ()))) if rows else Parsed(())


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line."""
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)
