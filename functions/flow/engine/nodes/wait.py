"""Wait: for a time, until a moment, until a window of the day; and no longer than until the
contact writes, if that is wanted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from flow.engine.calendar import (
    DAYS,
    Clock,
    Day,
    Hours,
    local,
    milliseconds,
    moment_of,
    next_within,
    zone,
)
from flow.engine.effects import WakeAt
from flow.engine.events import EngineEvent, Said
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import DEFAULT_EXIT, Leave, Outcome, Stay
from flow.engine.parts import Data, Duration, Filled, ZoneName
from flow.engine.run import Run
from flow.engine.session import TIME

REPLIED = "replied"
INVALID = "invalid"


class Window(Data):
    """On these days (all, if none is named) within these hours, except on the holidays."""

    days: list[Day] = Field(default_factory=list, max_length=7)
    hours: list[Hours] = Field(min_length=1, max_length=10)
    holidays: list[str] = Field(default_factory=list, max_length=400)


class WaitData(Data):
    """`for` a time from now, or `until` a date or time (ISO; a date alone at `at`), minus `before`;
    then, if a `window` is given, until it is open. In the time zone `zone`."""

    duration: Duration | None = Field(default=None, alias="for")
    until: Filled | None = None
    before: Duration | None = None
    at: Clock = "09:00"
    window: Window | None = None
    zone: ZoneName = "contact"
    or_reply: bool = False

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.duration is not None and self.until is not None:
            raise ValueError("Either for or until")
        if self.duration is None and self.until is None and self.window is None:
            raise ValueError("One of for, until and window")
        return self


class WaitNode(BaseNode):
    """Left by `default` when the time has come (at once, if it is past), by `replied` when the
    contact wrote before and `or_reply` is set, by `invalid` when `until` is no date."""

    EXITS: ClassVar[tuple[str, ...]] = (DEFAULT_EXIT, REPLIED, INVALID)
    WAITS: ClassVar[bool] = True

    type: Literal["wait"]
    data: WaitData

    def exits(self) -> tuple[str, ...]:
        unused = {REPLIED} if not self.data.or_reply else set()
        unused |= {INVALID} if self.data.until is None else set()
        return tuple(exit_ for exit_ in self.EXITS if exit_ not in unused)

    def enter(self, run: Run) -> Outcome:
        moment = self._moment(run)
        if moment is None:
            return Leave(INVALID if self.data.until is not None else DEFAULT_EXIT)
        seconds = (milliseconds(moment) - run.now) / 1000
        if seconds <= 0:
            return Leave()
        waiting = run.waits(TIME, seconds)
        assert waiting.deadline is not None
        run.want(WakeAt(waiting.correlation, waiting.deadline), None)
        return Stay(waiting)

    def resume(self, run: Run, event: EngineEvent) -> Outcome:
        if not isinstance(event, Said):
            return Leave()
        if self.data.or_reply:
            return Leave(REPLIED)
        assert run.waiting is not None
        return Stay(run.waiting)

    def _moment(self, run: Run) -> datetime | None:
        data = self.data
        zone_ = zone(data.zone, run.contact, run.workspace)
        moment: datetime | None = local(run.now, zone_)
        if data.duration is not None:
            later = run.now + data.duration.seconds * 1000
            moment = local(later, zone_)
        if data.until is not None:
            moment = moment_of(run.fill(data.until), zone_, data.at)
        if moment is not None and data.before is not None:
            moment -= timedelta(seconds=data.before.seconds)
        if moment is None or data.window is None:
            return moment
        moment = max(moment, local(run.now, zone_)).astimezone(zone_)
        days = frozenset(data.window.days or DAYS)
        return next_within(moment, days, data.window.hours, frozenset(data.window.holidays))
