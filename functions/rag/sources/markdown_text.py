"""Markdown, read as the page that it makes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

from rag.sources.blocks import Parsed
from rag.sources.html_page import parse_html
from rag.sources.texts import text_of

_FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def parse(path: Path) -> Parsed:
    """Raises UnreadableError."""
    text = _FRONT_MATTER.sub("", text_of(path.read_bytes()), count=1)
    return parse_html(MarkdownIt("commonmark").enable("table").render(text))
