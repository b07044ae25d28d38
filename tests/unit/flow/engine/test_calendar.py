"""Time as people mean it, on the days when clocks change too."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.calendar import (
    DAYS,
    Hours,
    is_within,
    is_zone,
    local,
    milliseconds,
    moment_of,
    next_within,
    zone,
)

BERLIN = ZoneInfo("Europe/Berlin")
JAKARTA = ZoneInfo("Asia/Jakarta")
NINE_TO_FIVE = [Hours.model_validate({"from": "09:00", "to": "17:00"})]
EVERY_DAY = frozenset(DAYS)


def ms(moment: str) -> int:
    return milliseconds(datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("name", "contact", "workspace", "found"),
    [
        ("contact", {"fields": {"time_zone": "Asia/Makassar"}}, {}, "Asia/Makassar"),
        ("contact", {"time_zone": "Asia/Tokyo"}, {"time_zone": "Asia/Jakarta"}, "Asia/Tokyo"),
        (
            "contact",
            {"fields": {"time_zone": "Nowhere"}},
            {"time_zone": "Asia/Jakarta"},
            "Asia/Jakarta",
        ),
        ("contact", {"fields": None}, {}, "UTC"),
        ("workspace", {"time_zone": "Asia/Tokyo"}, {"time_zone": "Asia/Jakarta"}, "Asia/Jakarta"),
        ("Europe/Berlin", {}, {}, "Europe/Berlin"),
        ("../../etc/passwd", {}, {"time_zone": 5}, "UTC"),
    ],
)
def test_zones(
    name: str, contact: dict[str, object], workspace: dict[str, object], found: str
) -> None:
    assert zone(name, contact, workspace).key == found


def test_what_is_a_zone() -> None:
    assert is_zone("contact")
    assert is_zone("Asia/Jakarta")
    assert not is_zone("Mars/Base")


def test_the_wall_clock_counts_when_clocks_change() -> None:
    before = local(ms("2026-10-24T16:30:00+02:00"), BERLIN)
    opens = next_within(before + timedelta(hours=1), EVERY_DAY, NINE_TO_FIVE, frozenset())
    assert opens is not None
    assert milliseconds(opens) == ms("2026-10-25T09:00:00+01:00")


def test_a_time_that_a_spring_night_skips_is_a_moment_all_the_same() -> None:
    skipped = moment_of("2026-03-29T02:30", BERLIN)
    assert skipped is not None
    assert milliseconds(skipped) in {
        ms("2026-03-29T01:30:00+00:00"),
        ms("2026-03-29T00:30:00+00:00"),
    }


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-12-24", "2026-12-24T08:30:00+07:00"),
        (" 2026-12-24T10:00 ", "2026-12-24T10:00:00+07:00"),
        ("2026-12-24T10:00:00Z", "2026-12-24T17:00:00+07:00"),
    ],
)
def test_moments(text: str, at: str) -> None:
    found = moment_of(text, JAKARTA, "08:30")
    assert found is not None
    assert milliseconds(found) == ms(at)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01", "2026-02-30T10:00", "24/12/2026"])
def test_what_is_no_moment(text: str) -> None:
    assert moment_of(text, JAKARTA) is None


def test_hours_end_before_their_end() -> None:
    assert is_within(datetime(2026, 11, 25, 16, 59, tzinfo=JAKARTA), NINE_TO_FIVE)
    assert not is_within(datetime(2026, 11, 25, 17, 0, tzinfo=JAKARTA), NINE_TO_FIVE)
    night = [Hours.model_validate({"from": "22:00", "to": "24:00"})]
    assert is_within(datetime(2026, 11, 25, 23, 59, tzinfo=JAKARTA), night)


def test_hours_over_midnight_are_to_be_split() -> None:
    with pytest.raises(ValueError, match="split it"):
        Hours.model_validate({"from": "22:00", "to": "06:00"})


def test_days_that_never_come() -> None:
    moment = datetime(2026, 11, 25, 9, tzinfo=JAKARTA)
    assert next_within(moment, frozenset(), NINE_TO_FIVE, frozenset()) is None


@given(
    at=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),
    days=st.sets(st.sampled_from(DAYS), min_size=1).map(frozenset),
    name=st.sampled_from(["Asia/Jakarta", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"]),
)
def test_the_next_window_is_one_and_not_before(
    at: datetime, days: frozenset[str], name: str
) -> None:
    moment = at.replace(tzinfo=ZoneInfo(name))
    found = next_within(moment, days, NINE_TO_FIVE, frozenset())
    assert found is not None
    assert found.replace(tzinfo=None) >= moment.replace(tzinfo=None)
    assert DAYS[found.weekday()] in days
    assert is_within(found, NINE_TO_FIVE)
