"""Leave by the first case whose rule holds."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Condition, Data, ExitName
from flow.engine.run import Run


class Case(Data):
    """Leave by `exit` when `rule` (JsonLogic) holds."""

    exit: ExitName
    rule: Condition


class ConditionData(Data):
    """The first case that holds decides; none leaves by `default`."""

    cases: list[Case] = Field(min_length=1, max_length=50)


class ConditionNode(BaseNode):
    type: Literal["condition"]
    data: ConditionData

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        self.unique([case.exit for case in self.data.cases], "cases")
        return self

    def exits(self) -> tuple[str, ...]:
        return (*self.EXITS, *(case.exit for case in self.data.cases))

    def enter(self, run: Run) -> Outcome:
        for case in self.data.cases:
            if run.holds(case.rule):
                return Leave(case.exit)
        return Leave()
