"""Tell the workspace's own programs that something has happened."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flow.engine.effects import EmitWebhook
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Data, Id, Name, Value
from flow.engine.run import Run


class WebhookData(Data):
    event: Id
    data: dict[Name, Value] = Field(default_factory=dict, max_length=50)


class WebhookNode(BaseNode):
    type: Literal["webhook"]
    data: WebhookData

    def enter(self, run: Run) -> Outcome:
        data = {name: run.value(value) for name, value in self.data.data.items()}
        run.want(EmitWebhook(self.data.event, data), data)
        return Leave()
