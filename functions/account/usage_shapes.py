"""What goes out of the routes of usage. Times are milliseconds, months as "2026-11" in UTC."""

from __future__ import annotations

from shared.api import Output


class PlanShape(Output):
    id: str
    name: str


class Used(Output):
    meter: str
    used: int
    unit: str


class MeterShape(Used):
    """`limit` is null where the plan sets none, `resets_at` where it does not begin anew."""

    limit: int | None
    resets_at: int | None


class UsageShape(Output):
    month: str
    plan: PlanShape
    meters: list[MeterShape]


class MonthShape(Output):
    month: str
    meters: list[Used]


class UsageHistory(Output):
    months: list[MonthShape]
