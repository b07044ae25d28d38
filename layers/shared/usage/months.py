"""Months in UTC, as "2026-11"."""

from __future__ import annotations

from datetime import UTC, datetime


def month_of(at: int) -> str:
    """Of a time in milliseconds."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m")


def starts_at(month: str) -> int:
    """The month's first millisecond."""
    return round(_first_day(month).timestamp() * 1000)


def after(month: str, months: int = 1) -> str:
    """The month that many months later; earlier when negative."""
    first = _first_day(month)
    whole = first.year * 12 + first.month - 1 + months
    return f"{whole // 12:04d}-{whole % 12 + 1:02d}"


def ends_at(month: str) -> int:
    """The next month's first millisecond."""
    return starts_at(after(month))


def _first_day(month: str) -> datetime:
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
