"""Time as people mean it: zones, days of the week, opening hours. Times are milliseconds since 1970
(UTC) outside, wall clocks inside."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Final, Literal, Self, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, model_validator

from flow.engine.parts import Data
from shared.json_types import JsonObject

CONTACT: Final = "contact"
WORKSPACE: Final = "workspace"
Clock: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")
]
Day: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Hours(Data):
    """From a time up to another of the same day. "24:00" is the day's end."""

    since: Clock = Field(alias="from")
    until: Clock = Field(alias="to")

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.since >= self.until:
            raise ValueError(f"{self.since} is not before {self.until}; split it at midnight")
        return self


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return None


def is_zone(name: str) -> bool:
    return name in (CONTACT, WORKSPACE) or _zone(name) is not None


def zone(name: str, contact: JsonObject, workspace: JsonObject) -> ZoneInfo:
    """By name, or the contact's or the workspace's. What is not known gives way to the workspace's,
    and that to UTC."""
    fields = contact.get("fields") or {}
    of_contact = contact.get("time_zone") or fields.get("time_zone")
    of_workspace = workspace.get("time_zone")
    wanted = {CONTACT: (of_contact, of_workspace), WORKSPACE: (of_workspace,)}.get(name, (name,))
    for one in (*wanted, of_workspace):
        if isinstance(one, str) and (found := _zone(one)) is not None:
            return found
    return ZoneInfo("UTC")


def local(at: int, zone_: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone_)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def is_within(moment: datetime, hours: list[Hours]) -> bool:
    clock = moment.strftime("%H:%M")
    return any(span.since <= clock < span.until for span in hours)


def next_within(
    moment: datetime, days: frozenset[str], hours: list[Hours], holidays: frozenset[str]
) -> datetime | None:
    """The moment itself when it is within the hours of one of the days, else the first after it.
    None when there is none within a year."""
    day = moment.date()
    for _ in range(367):
        if DAYS[day.weekday()] in days and day.isoformat() not in holidays:
            for span in sorted(hours, key=lambda one: one.since):
                begin, end = _at(day, span.since, moment), _at(day, span.until, moment)
                if moment < end:
                    return max(moment, begin)
        day += timedelta(days=1)
    return None


def _at(day: date, clock: str, like: datetime) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), like.tzinfo)


def moment_of(text: str, zone_: ZoneInfo, at: str = "09:00") -> datetime | None:
    """An ISO date or time; without a zone it is the wall clock's, a bare date at the time `at`.
    None when it is neither."""
    text = text.strip()
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time.fromisoformat(at), zone_)
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=zone_)
