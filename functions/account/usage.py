"""What the workspace uses, of what its plan allows."""

from __future__ import annotations

from typing import Annotated, Final

from aws_lambda_powertools.event_handler.openapi.params import Query

from account.app import api
from account.place import dynamodb, tables
from account.usage_shapes import MeterShape, MonthShape, PlanShape, UsageHistory, UsageShape, Used
from shared.clock import now_ms
from shared.permissions import Permission
from shared.store.lifecycle import Lifecycle
from shared.store.usage import Usage, used_in
from shared.usage.meters import METERS
from shared.usage.months import after, ends_at, month_of
from shared.usage.plans import plan_of

_SHOWN_MONTHS: Final = 12
Month = Annotated[
    str | None,
    Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description='In UTC, as "2026-11"'),
]


@api.endpoint("GET", "/v1/usage", permission=Permission.READ_USAGE)
def get_usage(month: Month = None) -> UsageShape:
    """What was used in a month, and what the plan allows.

    Months are those of UTC; without one it is the current. Messages are counted within about a
    minute. `resets_at` is when a meter begins anew; levels (people, storage) do not.
    """
    shown = month or month_of(now_ms())
    tenant = api.caller.workspace
    plan = plan_of(Lifecycle(tenant, tables(), dynamodb(tenant)).get().plan)
    months = _usage().months()
    return UsageShape(
        month=shown,
        plan=PlanShape(id=plan.id, name=plan.name),
        meters=[
            MeterShape(
                meter=meter.id,
                used=used_in(months, meter, shown),
                limit=plan.limits.get(meter.id),
                unit=meter.unit,
                resets_at=None if meter.level else ends_at(shown),
            )
            for meter in METERS.values()
        ],
    )


@api.endpoint("GET", "/v1/usage/history", permission=Permission.READ_USAGE)
def get_usage_history() -> UsageHistory:
    """What was used in each of the last twelve months, newest first."""
    this_month = month_of(now_ms())
    months = _usage().months()
    return UsageHistory(
        months=[
            MonthShape(
                month=month,
                meters=[
                    Used(meter=meter.id, used=used_in(months, meter, month), unit=meter.unit)
                    for meter in METERS.values()
                ],
            )
            for month in (after(this_month, -back) for back in range(_SHOWN_MONTHS))
        ]
    )


def _usage() -> Usage:
    tenant = api.caller.workspace
    return Usage(tenant, tables().usage, dynamodb(tenant))
