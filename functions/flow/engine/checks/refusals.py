"""Messages that WhatsApp would refuse whole, so that nothing would be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from flow.engine.checks.findings import Finding, error, warning
from flow.engine.contents import (
    ButtonsContent,
    Content,
    ListContent,
    LocationRequestContent,
)
from flow.engine.contents_rich import ProductContent, ProductsContent
from flow.engine.definition import Flow
from flow.engine.interactive import MOST_ROWS
from flow.engine.nodes.ask import AskNode
from flow.engine.nodes.message import MessageNode
from flow.engine.texts import LocalText

MOST_PRODUCTS: Final = 30


def refusal_findings(flow: Flow) -> Iterator[Finding]:
    for node in flow.nodes.values():
        if isinstance(node, MessageNode | AskNode):
            yield from _of_content(node.id, node.data.content)


def _of_content(node_id: str, content: Content) -> Iterator[Finding]:
    match content:
        case ButtonsContent():
            yield from _twice(node_id, "content.buttons", (one.title for one in content.buttons))
            yield from _ids_twice(node_id, "content.buttons", [one.id for one in content.buttons])
        case ListContent():
            rows = [row for section in content.sections for row in section.rows]
            yield from _too_many(node_id, len(rows), MOST_ROWS, "rows")
            yield from _ids_twice(node_id, "content.sections", [row.id for row in rows])
            if len(content.sections) > 1 and any(one.title is None for one in content.sections):
                words = "Each of several sections needs a title"
                yield error(node_id, "section_title", words, "content.sections")
        case ProductsContent():
            products = sum(len(section.product_ids) for section in content.sections)
            yield from _too_many(node_id, products, MOST_PRODUCTS, "products")
        case ProductContent() if content.header is not None:
            yield _not_shown(node_id, "header")
        case LocationRequestContent():
            for part in ("header", "footer"):
                if getattr(content, part) is not None:
                    yield _not_shown(node_id, part)


def _too_many(node_id: str, count: int, most: int, what: str) -> Iterator[Finding]:
    if count > most:
        words = f"{count} {what} in all, and WhatsApp takes {most}"
        yield error(node_id, f"too_many_{what}", words, "content.sections")


def _ids_twice(node_id: str, field: str, ids: list[str]) -> Iterator[Finding]:
    if len(set(ids)) < len(ids):
        yield error(node_id, "same_id", "Two options have the same id", field)


def _twice(node_id: str, field: str, titles: Iterable[LocalText]) -> Iterator[Finding]:
    """In one language; titles that are filled in may differ when they are."""
    seen: set[tuple[str, str]] = set()
    for title in titles:
        for language, template in title.by_language.items():
            if template.expressions:
                continue
            written = language, "".join(str(piece) for piece in template.pieces).strip()
            if written in seen:
                words = f"Two buttons are called {written[1]!r}"
                yield error(node_id, "same_title", words, field)
            seen.add(written)


def _not_shown(node_id: str, part: str) -> Finding:
    words = f"WhatsApp shows no {part} with this kind of message: it is left out"
    return warning(node_id, "not_shown", words, f"content.{part}")
