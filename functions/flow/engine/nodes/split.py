"""Send a share of the contacts each way, at random."""

from __future__ import annotations

import hashlib
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Data, ExitName
from flow.engine.run import Run


class Branch(Data):
    exit: ExitName
    weight: int = Field(ge=1, le=1000)


class SplitData(Data):
    """`stable`: a contact goes the same way each time, in every version of the flow that keeps the
    node and its branches. Without it each visit is drawn anew."""

    branches: list[Branch] = Field(min_length=2, max_length=20)
    stable: bool = True


class SplitNode(BaseNode):
    EXITS: ClassVar[tuple[str, ...]] = ()

    type: Literal["split"]
    data: SplitData

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        self.unique([branch.exit for branch in self.data.branches], "branches")
        return self

    def exits(self) -> tuple[str, ...]:
        return tuple(branch.exit for branch in self.data.branches)

    def enter(self, run: Run) -> Outcome:
        drawn_by = str(run.contact.get("id", "")) if self.data.stable else run.mark() + run.seed
        digest = hashlib.sha256(f"{run.flow}\n{self.id}\n{drawn_by}".encode()).digest()
        left = int.from_bytes(digest[:8]) % sum(branch.weight for branch in self.data.branches)
        for branch in self.data.branches:
            left -= branch.weight
            if left < 0:
                return Leave(branch.exit)
        raise AssertionError("less than the sum of the weights is left")
