"""Texts that will not look as they are written: too long for their place, or in other languages
than the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flow.engine.answers import ChoiceAnswer
from flow.engine.checks.contents_of import parts_of
from flow.engine.checks.findings import Finding, warning
from flow.engine.contents import ButtonsContent, LinkContent, ListContent
from flow.engine.definition import Flow
from flow.engine.interactive import MOST_BUTTONS, MOST_ROWS, ROW_TITLE, TITLE
from flow.engine.nodes import BaseNode
from flow.engine.nodes.ask import AskNode
from flow.engine.nodes.message import MessageNode
from flow.engine.texts import LocalText, underscored

_ONE_LANGUAGE: Final = {""}


def wording_findings(flow: Flow) -> Iterator[Finding]:
    for node in flow.nodes.values():
        yield from _languages(node, flow.definition.language)
        for field, text, most in _short_texts(node):
            longest = max(_characters(text), default=0)
            if longest > most:
                words = f"{longest} characters, and WhatsApp shows {most}: it will be cut"
                yield warning(node.id, "too_long", words, field)


def _languages(node: BaseNode, default: str) -> Iterator[Finding]:
    for field, part in parts_of(getattr(node, "data", None)):
        if not isinstance(part, LocalText):
            continue
        languages = set(part.by_language)
        if languages != _ONE_LANGUAGE and underscored(default) not in languages:
            words = f"There is no text in {default!r}, the language that the flow falls back to"
            yield warning(node.id, "missing_language", words, field)


def _short_texts(node: BaseNode) -> Iterator[tuple[str, LocalText, int]]:
    content = node.data.content if isinstance(node, MessageNode | AskNode) else None
    match content:
        case ButtonsContent():
            for place, option in enumerate(content.buttons):
                yield f"content.buttons.{place}.title", option.title, TITLE
        case ListContent():
            yield "content.button", content.button, TITLE
            for section_place, section in enumerate(content.sections):
                for place, option in enumerate(section.rows):
                    field = f"content.sections.{section_place}.rows.{place}.title"
                    yield field, option.title, ROW_TITLE
        case LinkContent():
            yield "content.label", content.label, TITLE
    if isinstance(node, AskNode) and isinstance(node.data.answer, ChoiceAnswer):
        options, show = node.data.answer.options, node.data.answer.show
        if len(options) <= MOST_ROWS and show != "numbers":
            most = TITLE if len(options) <= MOST_BUTTONS and show != "list" else ROW_TITLE
            for place, option in enumerate(options):
                yield f"answer.options.{place}.title", option.title, most


def _characters(text: LocalText) -> Iterator[int]:
    """Of what stands there; what is filled in is not known yet."""
    for template in text.by_language.values():
        yield sum(len(piece) for piece in template.pieces if isinstance(piece, str))
