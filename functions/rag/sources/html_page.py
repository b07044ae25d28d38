"""HTML: what a reader reads, under the headings it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString

from rag.sources.blocks import Block, Headings, Parsed, UnreadableError, rows_of
from rag.sources.texts import text_of

_HEADING: Final = re.compile(r"h([1-6])")
_LEFT_OUT: Final = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "canvas", "iframe", "object"),
        *("nav", "footer", "aside", "button", "select", "textarea", "datalist", "head"),
    }
)
_BLOCKS: Final = frozenset(
    {
        *("p", "div", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "pre", "blockquote", "figure", "figcaption", "address", "details", "summary"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "body", "html", "fieldset", "caption"),
        "form",  # some pages are one form from end to end
    }
)
_MOST_DEPTH: Final = 200
_HEAD: Final = 4096  # bytes that a page names its encoding in
_SPACE: Final = re.compile(r"\s+")


def parse(path: Path) -> Parsed:
    """Raises UnreadableError."""
    content = path.read_bytes()
    declared = EncodingDetector.find_declared_encoding(content[:_HEAD], is_html=True)
    return parse_html(text_of(content, declared))


def parse_html(html: str) -> Parsed:
    """Raises UnreadableError."""
    soup = BeautifulSoup(html, "lxml")
    reader = _Reader()
    blocks = tuple(reader.blocks(soup.body or soup))
    return Parsed(blocks)


class _Reader:
    def __init__(self) -> None:
        self._headings = Headings()

    def blocks(self, element: Tag, depth: int = 0) -> Iterator[Block]:
        """In the order of the page: text between block elements is a block of its own."""
        if depth > _MOST_DEPTH:
            raise UnreadableError("The page is nested too deeply.")
        words: list[str] = []
        for child in element.children:
            if isinstance(child, Tag) and child.name in _LEFT_OUT:
                continue
            if isinstance(child, Tag) and (child.name in _BLOCKS or _has_blocks(child)):
                yield from self._paragraph(words)
                words = []
                yield from self._block(child, depth)
            else:
                words.append(_text(child))
        yield from self._paragraph(words)

    def _block(self, element: Tag, depth: int) -> Iterator[Block]:
        heading = _HEADING.fullmatch(element.name)
        if heading:
            self._headings.enter(int(heading[1]), _clean(element.get_text(" ")))
        elif element.name == "table" and not element.find("table"):
            yield from self._table(element)
        elif element.name == "pre":
            text = element.get_text().strip()
            if text:
                yield Block(text, self._headings.path)
        else:
            yield from self.blocks(element, depth + 1)

    def _table(self, table: Tag) -> Iterator[Block]:
        rows = [
            [_clean(cell.get_text(" ")) for cell in row.find_all(["td", "th"])]
            for row in table.find_all("tr")
        ]
        rows = [row for row in rows if any(row)]
        caption = table.find("caption")
        if isinstance(caption, Tag):
            yield from self._paragraph([caption.get_text(" ")])
        if len(rows) == 1:
            yield from self._paragraph([" ".join(rows[0])])
        elif rows:
            yield from rows_of(rows[0], rows[1:], self._headings.path)

    def _paragraph(self, words: list[str]) -> Iterator[Block]:
        text = _clean("".join(words))
        if text:
            yield Block(text, self._headings.path)


def _has_blocks(element: Tag) -> bool:
    return element.find(list(_BLOCKS)) is not None


def _text(element: PageElement) -> str:
    if isinstance(element, Tag):
        if element.name == "br":
            return "\n"
        return "".join(
            _text(child)
            for child in element.children
            if not (isinstance(child, Tag) and child.name in _LEFT_OUT)
        )
    if isinstance(element, PreformattedString) or not isinstance(element, NavigableString):
        return ""  # comments, declarations
    return str(element)


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
