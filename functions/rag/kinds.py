"""The kinds of sources, as a table: what they are told by, and how large they may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_MB: Final = 1024 * 1024
FAQ: Final = "faq"
WEB_PAGE: Final = "web_page"


@dataclass(frozen=True, slots=True)
class Kind:
    id: str
    endings: tuple[str, ...]
    most_bytes: int


FILES: Final = (
    Kind("pdf", (".pdf",), 50 * _MB),
    Kind("docx", (".docx",), 25 * _MB),
    Kind("csv", (".csv",), 10 * _MB),
    Kind("html", (".html", ".htm"), 10 * _MB),
    Kind("markdown", (".md", ".markdown"), 10 * _MB),
    Kind("text", (".txt",), 10 * _MB),
)
ENDINGS: Final = tuple(ending for kind in FILES for ending in kind.endings)
MOST_BYTES: Final = {kind.id: kind.most_bytes for kind in FILES}


def kind_of(file_name: str) -> Kind | None:
    """By the ending of its name; None when it is no file that we read."""
    name = file_name.lower()
    return next((kind for kind in FILES if name.endswith(kind.endings)), None)
