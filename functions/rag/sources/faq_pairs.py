"""Questions with their answers: each is found by its question."""

from __future__ import annotations

import json
from pathlib import Path

from rag.sources.blocks import Block, Parsed


def parse(path: Path) -> Parsed:
    pairs = json.loads(path.read_bytes())
    return Parsed(tuple(Block(answer, (question,)) for question, answer in pairs))
