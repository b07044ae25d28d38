"""Leave by the case that lists a value."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import (
    Field,
    PrivateAttr,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    model_validator,
)

from flow.engine.filters import shown
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import DEFAULT_EXIT, Leave, Outcome
from flow.engine.parts import Data, ExitName, Value
from flow.engine.run import Run


class SwitchCase(Data):
    exit: ExitName
    values: list[StrictStr | StrictBool | StrictInt | StrictFloat] = Field(
        min_length=1, max_length=100
    )


class SwitchData(Data):
    """Values are compared as they are shown, and texts without regard to case and surrounding
    space unless `exact`. The first case that lists the value decides; none leaves by `default`."""

    on: Value
    cases: list[SwitchCase] = Field(min_length=1, max_length=100)
    exact: bool = False


class SwitchNode(BaseNode):
    type: Literal["switch"]
    data: SwitchData
    _exits: dict[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        self.unique([case.exit for case in self.data.cases], "cases")
        for case in self.data.cases:
            for value in case.values:
                self._exits.setdefault(self._key(value), case.exit)
        return self

    def exits(self) -> tuple[str, ...]:
        return (*self.EXITS, *(case.exit for case in self.data.cases))

    def enter(self, run: Run) -> Outcome:
        key = self._key(run.value(self.data.on))
        return Leave(self._exits.get(key, DEFAULT_EXIT))

    def _key(self, value: Any) -> str:
        text = shown(value)
        return text if self.data.exact else text.strip().casefold()
