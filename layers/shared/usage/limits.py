"""What a plan refuses, in words that say what is used up and when there is more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from shared.clock import Clock, now_ms
from shared.store.directory import Directory
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache
from shared.usage.meters import Meter
from shared.usage.months import ends_at, month_of
from shared.usage.plans import Plan, plan_of

_PLAN_REMEMBER_SECONDS: Final = 60
_USED_REMEMBER_SECONDS: Final = 30


class LimitReachedError(Exception):
    """The workspace's plan allows no more. `resets_at` in milliseconds, None for what does not
    begin anew by itself."""

    def __init__(self, plan: Plan, meter: Meter, now: int) -> None:
        self.meter = meter.id
        self.limit = plan.limits[meter.id]
        self.resets_at = None if meter.level else ends_at(month_of(now))
        super().__init__(_words(plan, meter, self.limit, self.resets_at))


def check(plan: Plan, meter: Meter, used: int, now: int, wanted: int = 1) -> None:
    """Raises LimitReachedError when `wanted` more would be more than the plan allows."""
    limit = plan.limits.get(meter.id)
    if limit is not None and used + wanted > limit:
        raise LimitReachedError(plan, meter, now)


class Limits:
    """For workers, which ask all the time: what is counted meanwhile is seen within 30 seconds."""

    def __init__(
        self, directory: Directory, usage_table: str, dynamodb: Any, clock: Clock = now_ms
    ) -> None:
        self._directory = directory
        self._table = usage_table
        self._dynamodb = dynamodb
        self._clock = clock
        self._plans: TtlCache[str, Plan] = TtlCache(_PLAN_REMEMBER_SECONDS, clock)
        self._used: TtlCache[tuple[str, str], int] = TtlCache(_USED_REMEMBER_SECONDS, clock)

    def check(self, tenant: Tenant, meter: Meter, wanted: int = 1) -> None:
        """Raises LimitReachedError."""
        plan = self._plans.get(tenant.id, lambda: self._plan(tenant))
        if meter.id not in plan.limits:
            return
        now = self._clock()
        usage = Usage(tenant, self._table, self._dynamodb)
        used = self._used.get((tenant.id, meter.id), lambda: usage.used(meter, month_of(now)))
        check(plan, meter, used, now, wanted)

    def _plan(self, tenant: Tenant) -> Plan:
        record = self._directory.tenant_record(tenant.id)
        return plan_of(record.plan if record else None)


def _words(plan: Plan, meter: Meter, limit: int, resets_at: int | None) -> str:
    allowed = f"The plan {plan.name} allows {limit:,} {meter.words}"
    if resets_at is None:
        return f"{allowed}. Make room, or choose a larger plan."
    day = datetime.fromtimestamp(resets_at / 1000, UTC)
    when = f"{day.day} {day:%B %Y} (UTC)"
    return f"{allowed}, and they are used up until {when}. A larger plan allows more at once."
