"""The plans that workspaces can have. An operator changes the table and deploys; which plan a
workspace has is an attribute of its record (see `account/set_plan.py`). Payment is not ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from shared.usage.meters import AI_ANSWERS, AI_TOKENS, MESSAGES_OUT, METERS, PEOPLE, STORAGE_BYTES


class PlanUnknownError(ValueError):
    """The table has no plan of that id."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`limits` by the meter's id; what has none is unlimited."""

    id: str
    name: str
    limits: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for meter, limit in self.limits.items():
            if meter not in METERS or not METERS[meter].limited or limit < 0:
                raise ValueError(f"plan {self.id!r} cannot limit {meter!r} to {limit}")


DEFAULT: Final = Plan("unlimited", "Unlimited")

PLANS: Final = {
    plan.id: plan
    for plan in (
        DEFAULT,
        Plan(
            "starter",
            "Starter",
            {
                MESSAGES_OUT.id: 1_000,
                AI_ANSWERS.id: 200,
                AI_TOKENS.id: 500_000,
                STORAGE_BYTES.id: 1_000_000_000,
                PEOPLE.id: 3,
            },
        ),
        Plan(
            "team",
            "Team",
            {
                MESSAGES_OUT.id: 25_000,
                AI_ANSWERS.id: 5_000,
                AI_TOKENS.id: 10_000_000,
                STORAGE_BYTES.id: 20_000_000_000,
                PEOPLE.id: 15,
            },
        ),
    )
}


def plan_named(plan_id: str) -> Plan:
    """Raises PlanUnknownError."""
    try:
        return PLANS[plan_id]
    except KeyError:
        raise PlanUnknownError(f"{plan_id!r} is none of {', '.join(PLANS)}") from None


def plan_of(plan_id: str | None) -> Plan:
    """Of a workspace's record. One whose plan left the table is not cut off for it."""
    return PLANS.get(plan_id or DEFAULT.id, DEFAULT)
