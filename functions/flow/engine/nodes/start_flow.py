"""Start a flow for another contact."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field

from flow.engine.effects import StartFlow
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import DEFAULT_EXIT, Leave, Outcome
from flow.engine.parts import Data, Filled, Id, Name, Value
from flow.engine.run import Run

FAILED = "failed"


class StartFlowData(Data):
    """`contact` is a contact's id or a number in E.164."""

    flow: Id
    contact: Filled
    parameters: dict[Name, Value] = Field(default_factory=dict, max_length=50)


class StartFlowNode(BaseNode):
    """Left by `failed` when `contact` names nobody. So that flows which start flows do not grow
    without end, a session starts only so many, and a started flow is as many starts away from a
    person's doing as `Limits.generation` admits."""

    EXITS: ClassVar[tuple[str, ...]] = (DEFAULT_EXIT, FAILED)

    type: Literal["start_flow"]
    data: StartFlowData

    def enter(self, run: Run) -> Outcome:
        who = run.fill(self.data.contact).strip()
        if not who or len(who) > 200:
            return Leave(FAILED)
        run.count_start()
        is_phone = re.fullmatch(r"\+[1-9][0-9]{7,14}", who) is not None
        parameters = {name: run.value(value) for name, value in self.data.parameters.items()}
        start = StartFlow(
            flow=self.data.flow,
            contact_id=None if is_phone else who,
            phone=who if is_phone else None,
            parameters=parameters,
            generation=run.generation + 1,
        )
        run.want(start, parameters)
        return Leave()
