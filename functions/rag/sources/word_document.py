"""DOCX: paragraphs and tables in their order, under the headings that the author set."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from rag.sources.blocks import MOST_CHARACTERS, Block, Headings, Parsed, UnreadableError, rows_of

_MOST_UNPACKED: Final = 200 * 1024 * 1024
_MOST_ENTRIES: Final = 5_000
_MOST_RATIO: Final = 200  # of text that repeats itself; bombs have a thousand and more
_SMALL: Final = 1024 * 1024
_MAIN: Final = "word/document.xml"
_HEADING: Final = re.compile(r"(?:heading|title) ?([1-9]?)", re.IGNORECASE)
# A damaged document is a SyntaxError to lxml.
_DAMAGES: Final = (PackageNotFoundError, SyntaxError, KeyError, ValueError, zipfile.BadZipFile)
_BROKEN: Final = "The file is damaged, or no Word document (.docx)."


def parse(path: Path) -> Parsed:
    """Raises UnreadableError."""
    check_archive(path)
    try:
        document = Document(str(path))
        blocks = tuple(_blocks(document))
    except _DAMAGES as error:
        raise UnreadableError(_BROKEN) from error
    if sum(len(block.text) for block in blocks) > MOST_CHARACTERS:
        raise UnreadableError(f"The file has more than {MOST_CHARACTERS:,} characters of text.")
    return Parsed(blocks)


def check_archive(path: Path) -> None:
    """Before anything is unpacked: what the archive says of itself must be modest. What says less
    than it holds is cut off by zipfile where it said. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableError(_BROKEN) from error
    if _MAIN not in {entry.filename for entry in entries}:
        raise UnreadableError(_BROKEN)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableError("The file is protected by a password.")
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    is_bomb = unpacked > _SMALL and unpacked / packed > _MOST_RATIO
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or is_bomb:
        raise UnreadableError("The file unpacks to far more than a document holds.")


def _blocks(document: WordDocument) -> Iterator[Block]:
    headings = Headings()
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from _rows(item, headings.path)
            continue
        text = item.text.strip()
        if not text:
            continue
        level = _level(item)
        if level is None:
            yield Block(text, headings.path)
        else:
            headings.enter(level, text)


def _level(paragraph: Paragraph) -> int | None:
    style = paragraph.style
    found = _HEADING.fullmatch(style.name or "") if style is not None else None
    return int(found[1] or 0) if found else None


def _rows(table: Table, headings: tuple[str, ...]) -> Iterator[Block]:
    rows = [_cells(row) for row in table.rows]
    if len(rows) == 1:
        yield Block("; ".join(cell for cell in rows[0] if cell), headings)
    elif rows:
        yield from rows_of(rows[0], rows[1:], headings)


def _cells(row: object) -> list[str]:
    """A merged cell is there once for each column that it covers; its text is wanted once."""
    cells = getattr(row, "cells", ())
    seen: set[int] = set()
    texts = []
    for cell in cells:
        element = id(cell._tc)
        texts.append("" if element in seen else " ".join(cell.text.split()))
        seen.add(element)
    return texts
