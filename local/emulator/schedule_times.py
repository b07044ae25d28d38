"""A schedule's time is of its own zone, and it is looked at each second.

The emulator takes `at(…)` for UTC whatever the schedule's zone, and looks every ten seconds.
"""

from __future__ import annotations

import re
from datetime import datetime
from types import FunctionType, SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from ministack.services import scheduler

_LOOK_SECONDS = 1
_AT = re.compile(r"at\((.+)\)")


class _Zoned:
    """The emulator's schedules, as their zones have them."""

    def items(self) -> list[tuple[Any, Any]]:
        return [(key, _zoned(one)) for key, one in list(scheduler._schedules._data.items())]

    def pop(self, key: Any, default: Any) -> Any:
        return scheduler._schedules._data.pop(key, default)


def apply() -> None:
    scheduler._SCHEDULE_TICK_INTERVAL = _LOOK_SECONDS
    scope = {**vars(scheduler), "_schedules": SimpleNamespace(_data=_Zoned())}
    scheduler._tick_schedules = FunctionType(scheduler._tick_schedules.__code__, scope)


def _zoned(schedule: dict[str, Any]) -> dict[str, Any]:
    at = _AT.fullmatch(schedule.get("ScheduleExpression", ""))
    if at is None:
        return schedule
    zone = ZoneInfo(schedule.get("ScheduleExpressionTimezone") or "UTC")
    moment = datetime.fromisoformat(at[1]).replace(tzinfo=zone)
    return {**schedule, "ScheduleExpression": f"at({moment.isoformat()})"}
