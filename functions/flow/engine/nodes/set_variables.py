"""Set variables, each of a type."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from flow.engine.conversions import converted
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Data, Kind, Name, Value
from flow.engine.run import Run


class Assignment(Data):
    """`to` as `kind`; what is missing or cannot be of the kind is `otherwise`."""

    variable: Name
    to: Value
    kind: Kind | None = None
    otherwise: Any = None


class SetData(Data):
    """In order: a later one sees the earlier."""

    assignments: list[Assignment] = Field(min_length=1, max_length=50)


class SetNode(BaseNode):
    type: Literal["set"]
    data: SetData

    def enter(self, run: Run) -> Outcome:
        for assignment in self.data.assignments:
            value = converted(run.value(assignment.to), assignment.kind)
            run.set(assignment.variable, assignment.otherwise if value is None else value)
        return Leave()
