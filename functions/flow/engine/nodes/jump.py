"""Go on at another node of this flow, or at the start of another flow, without coming back."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import GoTo, Outcome
from flow.engine.parts import Data, Id
from flow.engine.run import Run


class JumpData(Data):
    """Exactly one of the two."""

    node: Id | None = None
    flow: Id | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if (self.node is None) == (self.flow is None):
            raise ValueError("A jump leads to either a node or a flow")
        return self


class JumpNode(BaseNode):
    EXITS: ClassVar[tuple[str, ...]] = ()

    type: Literal["jump"]
    data: JumpData

    def enter(self, run: Run) -> Outcome:  # noqa: ARG002
        return GoTo(self.data.node, self.data.flow)
