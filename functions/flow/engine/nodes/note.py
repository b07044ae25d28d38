"""Leave a note about the contact, for people."""

from __future__ import annotations

from typing import Literal

from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Data, Text
from flow.engine.run import Run


class NoteData(Data):
    text: Text


class NoteNode(BaseNode):
    type: Literal["note"]
    data: NoteData

    def enter(self, run: Run) -> Outcome:
        text = run.text(self.data.text)
        if text.strip():
            run.update_contact(({"op": "note", "text": text},))
        return Leave()
