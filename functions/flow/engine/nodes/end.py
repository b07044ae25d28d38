"""End the flow, and answer the flow that called it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import End, Outcome
from flow.engine.parts import Data, Name, Value
from flow.engine.run import Run


class EndData(Data):
    returns: dict[Name, Value] = Field(default_factory=dict, max_length=50)


class EndNode(BaseNode):
    EXITS: ClassVar[tuple[str, ...]] = ()

    type: Literal["end"]
    data: EndData = Field(default_factory=EndData)

    def enter(self, run: Run) -> Outcome:
        return End({name: run.value(value) for name, value in self.data.returns.items()})
