"""EventBridge Scheduler, as far as one-time schedules go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from shared.json_types import JsonObject


class FakeScheduler:
    """Keeps schedules by name and fires them up to a minute late, as the service does."""

    class exceptions:  # noqa: N801
        class ConflictException(Exception):  # noqa: N818
            pass

    def __init__(self) -> None:
        self.schedules: dict[str, JsonObject] = {}
        self.made = 0

    def create_schedule(self, *, Name: str, **request: Any) -> None:
        if Name in self.schedules:
            raise self.exceptions.ConflictException(Name)
        self.made += 1
        self.schedules[Name] = request

    def due(self, now: int, late_seconds: int) -> list[str]:
        """Inputs of the schedules that fire by now; they are deleted by it."""
        fired = []
        for name, request in list(self.schedules.items()):
            at = request["ScheduleExpression"].removeprefix("at(").removesuffix(")")
            assert request["ScheduleExpressionTimezone"] == "UTC"
            if _epoch_ms(at) + late_seconds * 1000 <= now:
                assert request["ActionAfterCompletion"] == "DELETE"
                fired.append(request["Target"]["Input"])
                del self.schedules[name]
        return fired


def _epoch_ms(at: str) -> int:
    return round(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() * 1000)
