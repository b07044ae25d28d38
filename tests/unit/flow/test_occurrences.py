"""When schedules are due: once, again and again, over the ends of months and summer time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.triggers import ScheduleTrigger
from flow.occurrences import next_occurrence

JAKARTA, BERLIN = ZoneInfo("Asia/Jakarta"), ZoneInfo("Europe/Berlin")
DAY_MS = 86_400_000
ZONES = st.sampled_from([JAKARTA, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("UTC")])
REPEATS = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {
            "every": st.integers(1, 365),
            "unit": st.sampled_from(["day", "week", "month"]),
            "days": st.lists(st.sampled_from(["mon", "wed", "sun"]), max_size=3, unique=True),
        }
    ),
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1))


def schedule(at: str, **repeat: Any) -> ScheduleTrigger:
    stored = {"type": "schedule", "id": "s", "segment_id": "all", "at": at}
    return ScheduleTrigger.model_validate({**stored, "repeat": repeat or None})


def ms(text: str, zone: ZoneInfo = JAKARTA) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


def moments(of: ScheduleTrigger, since: str, many: int, zone: ZoneInfo = JAKARTA) -> list[str]:
    found: list[str] = []
    at: int | None = ms(since, zone)
    while at is not None and len(found) < many:
        at = next_occurrence(of, zone, at)
        if at is not None:
            found.append(datetime.fromtimestamp(at / 1000, zone).strftime("%a %Y-%m-%d %H:%M"))
    return found


def test_once_is_once() -> None:
    one = schedule("2026-12-24T09:00")
    assert moments(one, "2026-11-01T00:00", 3) == ["Thu 2026-12-24 09:00"]
    assert moments(one, "2026-12-24T09:00", 3) == []


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        ({"unit": "day", "every": 2}, ["Wed 2026-11-25", "Fri 2026-11-27", "Sun 2026-11-29"]),
        ({"unit": "week"}, ["Wed 2026-11-25", "Wed 2026-12-02", "Wed 2026-12-09"]),
        (
            {"unit": "week", "every": 2, "days": ["mon", "thu"]},
            ["Thu 2026-11-26", "Mon 2026-12-07", "Thu 2026-12-10"],
        ),
        ({"unit": "month"}, ["Wed 2026-11-25", "Fri 2026-12-25", "Mon 2027-01-25"]),
        ({"unit": "day", "until": "2026-11-26"}, ["Wed 2026-11-25", "Thu 2026-11-26"]),
    ],
)
def test_again_and_again(repeat: dict[str, Any], expected: list[str]) -> None:
    found = moments(schedule("2026-11-25T08:30", **repeat), "2026-01-01T00:00", len(expected) + 0)
    assert found == [f"{day} 08:30" for day in expected]
    longer = moments(schedule("2026-11-25T08:30", **repeat), "2026-01-01T00:00", 3)
    assert longer == found


def test_the_last_of_a_month_stays_the_last() -> None:
    ends = moments(schedule("2027-01-31T08:00", unit="month"), "2027-01-01T00:00", 4)
    assert [one[4:14] for one in ends] == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


def test_the_wall_clock_counts_over_summer_time() -> None:
    daily = schedule("2027-03-27T09:00", unit="day")
    found = moments(daily, "2027-03-26T00:00", 3, BERLIN)
    assert [one[-5:] for one in found] == ["09:00"] * 3
    spring = next_occurrence(daily, BERLIN, ms("2027-03-27T09:00", BERLIN))
    assert spring == ms("2027-03-27T09:00", BERLIN) + DAY_MS - 3_600_000


@given(MOMENTS, REPEATS, ZONES, st.integers(-400, 4000))
def test_the_next_is_later_and_at_its_time_of_day(
    first: datetime, repeat: dict[str, Any] | None, zone: ZoneInfo, days: int
) -> None:
    at = first.strftime("%Y-%m-%dT%H:%M")
    one = schedule(at, **(repeat or {}))
    after = int(first.replace(tzinfo=zone).timestamp() * 1000) + days * DAY_MS
    found = next_occurrence(one, zone, after)
    if found is None:
        assert repeat is None
        return
    assert found > after
    there = datetime.fromtimestamp(found / 1000, zone)
    missing = timedelta(hours=1)  # an hour that the clock leaves out is taken an hour later
    wanted = there.replace(hour=first.hour, minute=first.minute, second=0, microsecond=0)
    assert abs(there - wanted) <= missing
    between = next_occurrence(one, zone, found - 1)
    assert between == found
