"""What can happen to a session, as the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Said:
    """The customer said something. `text` is empty for what has no words (a picture, a place)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class HttpAnswered:
    """`outcome` is "success", "failure" or "timeout"; `status` None when there was no answer."""

    id: str
    correlation: str
    outcome: str
    status: int | None = None
    body: Any = None


EngineEvent: TypeAlias = Said | HttpAnswered
