"""End a takeover from within the flow."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flow.engine.effects import HandBack
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Data
from flow.engine.run import Run


class HandBackNode(BaseNode):
    type: Literal["hand_back"]
    data: Data = Field(default_factory=Data)

    def enter(self, run: Run) -> Outcome:
        run.silenced = False
        run.want(HandBack(), None)
        return Leave()
