"""What every node is: a stored shape, its exits, and what it does when a run comes to it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from flow.engine.errors import FlowInvalidError
from flow.engine.events import EngineEvent
from flow.engine.outcomes import DEFAULT_EXIT, Outcome
from flow.engine.parts import Id
from flow.engine.run import Run


class BaseNode(BaseModel):
    """`enter` is called when a run comes to the node; `resume` when what it stays for has come, or
    when its deadline has passed (a TimerFired event); `returned` when the flow it called has ended.

    `EXITS` are those that every node of the type has; `exits()` adds those that its data name. One
    that the data name falls back to `default` when no edge leaves by it. `WAITS`: a run may stay
    here, so a circle through it is no endless one.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)
    EXITS: ClassVar[tuple[str, ...]] = (DEFAULT_EXIT,)
    WAITS: ClassVar[bool] = False

    id: Id
    title: str = ""

    def exits(self) -> tuple[str, ...]:
        return self.EXITS

    def enter(self, run: Run) -> Outcome:
        raise NotImplementedError

    def resume(self, run: Run, event: EngineEvent) -> Outcome:
        raise NotImplementedError

    def returned(self, run: Run, values: dict[str, object]) -> Outcome:
        raise NotImplementedError

    def unique(self, names: list[str], what: str) -> None:
        """Raises FlowInvalidError when two of the node's own parts have one name."""
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise FlowInvalidError(f"There are two {what} {twice!r}")
