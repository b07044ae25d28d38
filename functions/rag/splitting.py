"""Blocks to passages: short enough to mean one thing, and never across a heading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from langchain_text_splitters import RecursiveCharacterTextSplitter

from rag.sources.blocks import Block

PASSAGE_CHARACTERS: Final = 1000
OVERLAP_CHARACTERS: Final = 150
_BETWEEN: Final = "\n\n"
_ROWS_BETWEEN: Final = "\n"
# Paragraphs, lines, sentences, words.
_SEPARATORS: Final = ["\n\n", "\n", ". ", "? ", "! ", "; ", ", ", " ", ""]


@dataclass(frozen=True, slots=True)
class Passage:
    """`page` is the one it begins on."""

    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None


def split(
    blocks: Iterable[Block], size: int = PASSAGE_CHARACTERS, overlap: int = OVERLAP_CHARACTERS
) -> list[Passage]:
    """In order. `size` and `overlap` in characters; a passage is never longer than `size`."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size,
        chunk_overlap=overlap,
        separators=_SEPARATORS,
        keep_separator="end",
        add_start_index=True,
    )
    return [
        passage
        for (headings, is_row), group in groupby(blocks, lambda one: (one.headings, one.is_row))
        for passage in (
            _rows(list(group), headings, size, splitter)
            if is_row
            else _texts(list(group), headings, splitter)
        )
    ]


def _texts(
    blocks: Sequence[Block], headings: tuple[str, ...], splitter: RecursiveCharacterTextSplitter
) -> Iterator[Passage]:
    """The text under one heading as a whole: where a passage begins says which page it is on."""
    starts, length = [], 0
    for block in blocks:
        starts.append(length)
        length += len(block.text) + len(_BETWEEN)
    whole = _BETWEEN.join(block.text for block in blocks)
    for document in splitter.create_documents([whole]):
        text = document.page_content.strip()
        if text:
            place = bisect_right(starts, max(0, document.metadata["start_index"])) - 1
            yield Passage(text, headings, blocks[place].page)


def _rows(
    blocks: Sequence[Block],
    headings: tuple[str, ...],
    size: int,
    splitter: RecursiveCharacterTextSplitter,
) -> Iterator[Passage]:
    """As many whole rows as fit; each says by itself what its cells are."""
    together: list[str] = []
    for block in blocks:
        if not block.text.strip():
            continue
        if len(block.text) > size:
            yield from _joined(together, headings)
            together = []
            yield from _texts([block], headings, splitter)
        elif len(_ROWS_BETWEEN.join([*together, block.text])) > size:
            yield from _joined(together, headings)
            together = [block.text]
        else:
            together.append(block.text)
    yield from _joined(together, headings)


def _joined(rows: list[str], headings: tuple[str, ...]) -> Iterator[Passage]:
    if rows:
        yield Passage(_ROWS_BETWEEN.join(rows), headings)
