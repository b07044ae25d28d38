"""Plain text: paragraphs, with an empty line between them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from rag.sources.blocks import Block, Parsed
from rag.sources.texts import text_of

_GAP: Final = re.compile(r"\n\s*\n")


def parse(path: Path) -> Parsed:
    parts = _GAP.split(text_of(path.read_bytes()))
    return Parsed(tuple(Block(part.strip()) for part in parts if part.strip()))
