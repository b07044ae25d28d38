"""Leave by `open` within business hours, by `closed` outside and on holidays."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from flow.engine.calendar import DAYS, Day, Hours, is_within, local, zone
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Data, ZoneName
from flow.engine.run import Run

OPEN = "open"
CLOSED = "closed"


class HoursData(Data):
    """A day that `week` leaves out is closed. Holidays are dates, `2026-12-25`."""

    zone: ZoneName = "workspace"
    week: dict[Day, list[Hours]] = Field(min_length=1)
    holidays: list[str] = Field(default_factory=list, max_length=400)


class HoursNode(BaseNode):
    EXITS: ClassVar[tuple[str, ...]] = (OPEN, CLOSED)

    type: Literal["hours"]
    data: HoursData

    def enter(self, run: Run) -> Outcome:
        now = local(run.now, zone(self.data.zone, run.contact, run.workspace))
        hours = self.data.week.get(DAYS[now.weekday()], [])
        is_holiday = now.date().isoformat() in self.data.holidays
        return Leave(OPEN if not is_holiday and is_within(now, hours) else CLOSED)
