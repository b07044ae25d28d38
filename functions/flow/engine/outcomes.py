"""What a node's `enter` and `resume` say about how the run goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from flow.engine.session import Waiting

DEFAULT_EXIT: Final = "default"


@dataclass(frozen=True, slots=True)
class Leave:
    """By an exit, to where its edge leads."""

    exit: str = DEFAULT_EXIT


@dataclass(frozen=True, slots=True)
class Stay:
    """Until what is awaited comes."""

    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Call:
    """Run another flow from its start, and come back to this node when it ends."""

    flow: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go on at a node of this flow, or at the start of another flow, without coming back."""

    node: str | None = None
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The flow ends here; `returned` goes to the flow that called it."""

    returned: dict[str, Any] = field(default_factory=dict)


Outcome: TypeAlias = Leave | Stay | Call | GoTo | End
