"""Passages for tests that need some."""

from __future__ import annotations

from rag.chunks import Chunk
from rag.fusion import Candidate
from rag.passages import Passage


def chunk(text: str, no: int = 0, *, document: str = "doc", title: str = "Rules") -> Chunk:
    return Chunk("ws_shop", "kb", document, 1, no, text, title)


def candidate(text: str, no: int = 0, *, near: float = 0.0, named: bool = False) -> Candidate:
    return Candidate(chunk(text, no), near, 0.0, named, near)


def passage(text: str, no: int = 0, *, relevance: float = 0.9, title: str = "Rules") -> Passage:
    return Passage(chunk(text, no, title=title), relevance, 0.5, 1.0, 0.5, named=False)
