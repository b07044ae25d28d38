"""How the engine finds flows: by a function that the host gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from flow.engine.definition import Flow


@dataclass(frozen=True, slots=True)
class FlowRef:
    """A version of a flow."""

    id: str
    version: int


Find: TypeAlias = Callable[[str, int | None], tuple[int, Flow] | None]
"""The flow of an id in a version (None: the published one), with its version; None when there is
none. It answers the same for the same version for ever."""
