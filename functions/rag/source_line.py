"""The line below an answer that says where it is from. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rag.refusing import sources_word
from shared.json_types import JsonObject

_BETWEEN: Final = " · "
_LONGEST_NAME: Final = 120
_SHORTEST_NAME: Final = 6  # of which less tells nothing
_ELLIPSIS: Final = "…"


def source_line(sources: Sequence[JsonObject], language: str, room: int) -> str:
    """At most `room` characters, names cut alike where they are too long; empty where so little is
    left of them that they say nothing."""
    if not sources:
        return ""
    head, tail = f"\n\n_{sources_word(language)}: ", "_"
    marks = [f"[{source['number']}] " for source in sources]
    fixed = len(head) + len(tail) + len(_BETWEEN) * (len(marks) - 1) + sum(map(len, marks))
    each = min(_LONGEST_NAME, (room - fixed) // len(sources))
    if each < _SHORTEST_NAME:
        return ""
    names = (_cut(_name(source), each) for source in sources)
    return head + _BETWEEN.join(map("".join, zip(marks, names, strict=True))) + tail


def _name(source: JsonObject) -> str:
    place = " > ".join([source["title"], *source["headings"][-1:]])
    return f"{place}, p. {source['page']}" if source["page"] else place


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + _ELLIPSIS
