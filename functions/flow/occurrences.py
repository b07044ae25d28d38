"""When a schedule is due: moments of the wall clock in a zone, once or again and again. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flow.engine.calendar import DAYS, milliseconds
from flow.engine.triggers import Repeat, ScheduleTrigger

_LAST: Final = date(2100, 1, 1)


def next_occurrence(schedule: ScheduleTrigger, zone: ZoneInfo, after: int) -> int | None:
    """The first moment after `after`, in milliseconds; None when there is none any more."""
    first = datetime.fromisoformat(schedule.at)
    since = datetime.fromtimestamp(after / 1000, UTC).astimezone(zone).date()
    until = schedule.repeat.until if schedule.repeat else None
    last = date.fromisoformat(until) if until else _LAST
    for day in _days(schedule.repeat, first.date(), since):
        if day > last:
            return None
        at = milliseconds(datetime.combine(day, first.time(), zone))
        if at > after:
            return at
    return None


def _days(repeat: Repeat | None, first: date, since: date) -> Iterator[date]:
    """In their order, beginning before `since` so that none is left out."""
    if repeat is None:
        yield first
        return
    for step in _steps(repeat, first, since):
        if step < _LAST:
            yield from _within(repeat, first, step)
        else:
            return


def _steps(repeat: Repeat, first: date, since: date) -> Iterator[date]:
    """The days from which each repetition is reckoned."""
    if repeat.unit == "month":
        months = (since.year - first.year) * 12 + since.month - first.month
        number = max(0, months // repeat.every - 1)
        while True:
            yield _months_later(first, number * repeat.every)
            number += 1
    length = timedelta(days=repeat.every * (7 if repeat.unit == "week" else 1))
    begin = first - timedelta(days=first.weekday()) if repeat.unit == "week" else first
    step = begin + max(0, (since - begin) // length - 1) * length
    while True:
        yield step
        step += length


def _within(repeat: Repeat, first: date, step: date) -> Iterator[date]:
    if repeat.unit != "week":
        yield step
        return
    wanted = repeat.days or [DAYS[first.weekday()]]
    for place, name in enumerate(DAYS):
        day = step + timedelta(days=place)
        if name in wanted and day >= first:
            yield day


def _months_later(first: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, last))
