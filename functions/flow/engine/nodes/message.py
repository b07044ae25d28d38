"""Send a message of any kind that WhatsApp takes while its window is open."""

from __future__ import annotations

from typing import Literal

from flow.engine.contents import Content
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Data
from flow.engine.run import Run


class MessageData(Data):
    content: Content


class MessageNode(BaseNode):
    type: Literal["message"]
    data: MessageData

    def enter(self, run: Run) -> Outcome:
        message = self.data.content.message(run)
        if message is not None:
            run.send(message)
        return Leave()
