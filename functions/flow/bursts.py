"""Short messages within a pause are read as one. Pure.

The parts are kept with the conversation's state and a timer comes for them, so whatever is killed
or delivered twice, each is in exactly one answer.
"""

from __future__ import annotations

from typing import Final

from flow.engine.events import Said
from shared.handling import Burst

_MOST_PARTS: Final = 20
_MOST_CHARACTERS: Final = 8_000  # of a merged text; it is kept in the conversation's item


def held(before: Burst | None, said: Said, correlation: str, now: int) -> Burst:
    """The burst with one more part, and a new wait."""
    part = {"id": said.id, "text": said.text[:_MOST_CHARACTERS]}
    if before is None:
        return Burst(correlation, now, (part,), said.message)
    return Burst(correlation, before.since, (*before.parts, part), said.message)


def is_full(burst: Burst) -> bool:
    """Whether it is answered now, whatever else comes."""
    size = sum(len(part["text"]) for part in burst.parts)
    return len(burst.parts) >= _MOST_PARTS or size >= _MOST_CHARACTERS


def merged(burst: Burst, id_: str, payload: str | None) -> Said:
    """All of it as one message: the words in the order they came, the rest of the last one."""
    texts = [part["text"] for part in burst.parts if part["text"].strip()]
    return Said(id_, "\n".join(texts), payload=payload, message=burst.message)
