"""Run another flow, and go on here with what it returns."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Call, Leave, Outcome
from flow.engine.parts import Data, Id, Name, Value
from flow.engine.run import Run


class SubflowData(Data):
    """`parameters` become the called flow's variables, and its `returns` variables of this one:
    {"our name": "its name"}."""

    flow: Id
    parameters: dict[Name, Value] = Field(default_factory=dict, max_length=50)
    returns: dict[Name, Name] = Field(default_factory=dict, max_length=50)


class SubflowNode(BaseNode):
    type: Literal["subflow"]
    data: SubflowData

    def enter(self, run: Run) -> Outcome:
        parameters = {name: run.value(value) for name, value in self.data.parameters.items()}
        return Call(self.data.flow, parameters)

    def returned(self, run: Run, values: dict[str, object]) -> Outcome:
        for ours, its in self.data.returns.items():
            run.set(ours, values.get(its))
        return Leave()
