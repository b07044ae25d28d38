"""Send an approved template, which also reaches a contact who has been silent for a day."""

from __future__ import annotations

from typing import Literal

from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.run import Run
from flow.engine.template_content import TemplateContent


class TemplateNode(BaseNode):
    type: Literal["template"]
    data: TemplateContent

    def enter(self, run: Run) -> Outcome:
        message = self.data.message(run)
        if message is not None:
            run.send(message)
        return Leave()
