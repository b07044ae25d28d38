"""A date, as people type it in English or Indonesian."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, Literal

from flow.engine.calendar import CONTACT, local, zone
from flow.engine.events import Said
from flow.engine.parts import Data, Duration
from flow.engine.run import Run

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?")
_NAMED = re.compile(r"(\d{1,2})\s+([a-z]{3,12})\.?,?(?:\s+(\d{4}))?")
_NAMED_FIRST = re.compile(r"([a-z]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?")
_MONTHS: Final = (
    *(("jan",), ("feb",), ("mar",), ("apr",), ("may", "mei"), ("jun",), ("jul",)),
    *(("aug", "agu"), ("sep",), ("oct", "okt"), ("nov",), ("dec", "des")),
)
_NEAR: Final = {
    "today": 0,
    "hari ini": 0,
    "tomorrow": 1,
    "besok": 1,
    "lusa": 2,
    "day after tomorrow": 2,
    "yesterday": -1,
    "kemarin": -1,
}


class DateAnswer(Data):
    """Kept as `2026-12-31`. `order` decides what 3/4 is. Without a year, the next such date. The
    earliest and latest are counted from today in the contact's zone."""

    kind: Literal["date"]
    order: Literal["day_month", "month_day"] = "day_month"
    not_before: int | None = None
    """Days from today: 0 admits today, 1 tomorrow at the earliest."""
    within: Duration | None = None

    def read(self, said: Said, run: Run) -> str | None:
        today = local(run.now, zone(CONTACT, run.contact, run.workspace)).date()
        found = date_in(said.text, today, self.order == "month_day")
        if found is None:
            return None
        if self.not_before is not None and found < today + timedelta(days=self.not_before):
            return None
        if self.within is not None and found > today + timedelta(seconds=self.within.seconds):
            return None
        return found.isoformat()


def date_in(text: str, today: date, month_first: bool = False) -> date | None:
    text = " ".join(text.lower().split())
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if found := _ISO.fullmatch(text):
        return _date(found[1], found[2], found[3], today)
    if found := _NUMBERS.fullmatch(text):
        day, month = (found[2], found[1]) if month_first else (found[1], found[2])
        return _date(found[3], month, day, today)
    if found := _NAMED.fullmatch(text):
        return _date(found[3], _month(found[2]), found[1], today)
    if found := _NAMED_FIRST.fullmatch(text):
        return _date(found[3], _month(found[1]), found[2], today)
    return None


def _month(name: str) -> int:
    for place, names in enumerate(_MONTHS, start=1):
        if name.startswith(names):
            return place
    return 0


def _date(year: str | None, month: str | int, day: str, today: date) -> date | None:
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        found = date(today.year, int(month), int(day))
        return found if found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None
