"""Give the conversation to people: the bot is silent until they hand it back."""

from __future__ import annotations

from typing import ClassVar, Literal

from flow.engine.effects import Assign, HandBack, WakeAt
from flow.engine.events import EngineEvent, HandedBack
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import DEFAULT_EXIT, Leave, Outcome, Stay
from flow.engine.parts import Data, Duration, Id, Text
from flow.engine.run import Run
from flow.engine.session import PERSON

TIMEOUT = "timeout"


class AssignData(Data):
    """To a team, to a person, or (neither) to whoever is free. With `silent` the flow waits for the
    hand-back, at most as long as `timeout`; without it the bot goes on at once."""

    team: Id | None = None
    person: Id | None = None
    note: Text | None = None
    silent: bool = True
    timeout: Duration | None = None


class AssignNode(BaseNode):
    """Left by `default` when the conversation is handed back, by `timeout` when it is not in
    time: the bot is heard again."""

    EXITS: ClassVar[tuple[str, ...]] = (DEFAULT_EXIT, TIMEOUT)
    WAITS: ClassVar[bool] = True

    type: Literal["assign"]
    data: AssignData

    def exits(self) -> tuple[str, ...]:
        may_be_late = self.data.silent and self.data.timeout is not None
        return self.EXITS if may_be_late else (DEFAULT_EXIT,)

    def enter(self, run: Run) -> Outcome:
        data = self.data
        note = run.text(data.note) if data.note else ""
        run.want(Assign(data.team, data.person, note, data.silent), note)
        if not data.silent:
            return Leave()
        run.silenced = True
        waiting = run.waits(PERSON, data.timeout.seconds if data.timeout else None)
        if waiting.deadline is not None:
            run.want(WakeAt(waiting.correlation, waiting.deadline), None)
        return Stay(waiting)

    def resume(self, run: Run, event: EngineEvent) -> Outcome:
        run.silenced = False
        if isinstance(event, HandedBack):
            return Leave()
        run.want(HandBack(), None)
        return Leave(TIMEOUT)
