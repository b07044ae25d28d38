"""PDF: the text of each page, under the entries of its outline; which pages are pictures."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from rag.sources.blocks import (
    MOST_CHARACTERS,
    MOST_PAGES,
    Block,
    Headings,
    Parsed,
    UnreadableError,
)

_LEAST_TEXT: Final = 20  # characters: scanners write a page number or a stamp
_BROKEN: Final = "The file is damaged, or no PDF."
_HEAD: Final = 1024


def parse(path: Path) -> Parsed:
    """Raises UnreadableError."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes what it reads
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(_HEAD):
            raise UnreadableError(_BROKEN)
    try:
        return _parsed(PdfReader(path))
    except UnreadableError:
        raise
    except DependencyError as error:
        raise UnreadableError("The file is protected by a password.") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableError(_BROKEN) from error


def _parsed(reader: PdfReader) -> Parsed:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("The file is protected by a password.")
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise UnreadableError(f"The file has {pages:,} pages; at most {MOST_PAGES:,} can be read.")
    outline = _outline(reader)
    headings = Headings()
    blocks: list[Block] = []
    scanned: list[int] = []
    length = 0
    for number, page in enumerate(reader.pages, 1):
        text = _text(page)
        if len(text) < _LEAST_TEXT and _has_picture(page):
            scanned.append(number)
            continue
        for level, title in outline.get(number, ()):
            headings.enter(level, title)
        length += len(text)
        if length > MOST_CHARACTERS:
            raise UnreadableError(f"The file has more than {MOST_CHARACTERS:,} characters of text.")
        if text:
            blocks.append(Block(text, headings.path, number))
    if scanned and not blocks:
        raise UnreadableError(
            "The pages are pictures without text, as scanners make them. Run text recognition "
            "(OCR) over the file, then upload it again."
        )
    return Parsed(tuple(blocks), pages, tuple(scanned))


def _text(page: PageObject) -> str:
    lines = (" ".join(line.split()) for line in page.extract_text().splitlines())
    return "\n".join(line for line in lines if line).replace("\x00", "")


def _has_picture(page: PageObject) -> bool:
    """Looked up without being decoded."""
    resources: Any = page.get("/Resources")
    objects: Any = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(
        one.get_object().get("/Subtype") in ("/Image", "/Form")
        for one in objects.get_object().values()
    )


def _outline(reader: PdfReader) -> dict[int, list[tuple[int, str]]]:
    """The entries that begin on each page, with their levels; nothing where it is damaged."""
    found: dict[int, list[tuple[int, str]]] = {}
    try:
        for level, entry in _entries(reader.outline, 1):
            number = reader.get_destination_page_number(entry)
            if number is not None and number >= 0:
                found.setdefault(number + 1, []).append((level, " ".join(entry.title.split())))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return found


def _entries(outline: Any, level: int) -> Iterator[tuple[int, Any]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry, level + 1)
        else:
            yield level, entry
