"""What the platform's own people see and tenants do not."""

from __future__ import annotations

from local.stack import LocalStack
from shared.store.inspection import Inspection, Kept

_PAGE = 100


def kept_of_the_platform(stack: LocalStack) -> list[Kept]:
    """Everything that no tenant's number explains, newest first."""
    inspection = Inspection(None, stack.outputs["InspectionTableName"], stack.aws("dynamodb"))
    found: list[Kept] = []
    cursor: str | None = None
    while True:
        page, cursor = inspection.newest(_PAGE, cursor)
        found += [kept for _, kept in page]
        if cursor is None:
            return found
