"""What a block of recipients adds up to. Pure.

Nobody counts up or down: a tally is made from the recipients as they stand, so that it is right
whatever was done twice or died in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from shared.campaigns.outcomes import IN_FLIGHT, OUTCOMES, REACHED, WAITING, outcome_of
from shared.campaigns.prices import billed_as
from shared.delivery import FAILED
from shared.json_types import JsonObject

_NO: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """One recipient, as far as it is counted. `due_at` (milliseconds) is when somebody has to look
    at it again, None when nobody must."""

    state: str
    class_: str | None = None
    due_at: int | None = None
    opted_out: bool = False
    category: str | None = None
    billable: bool = False
    country: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """`states` as they are kept; `failures` and `skips` by class; `billable` by category and
    country (`prices.billed_as`); `free` what WhatsApp bills nothing for; `due_at` the earliest of
    its recipients, `due` how many have one."""

    states: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    skips: Mapping[str, int] = field(default_factory=dict)
    billable: Mapping[str, int] = field(default_factory=dict)
    free: int = 0
    opted_out: int = 0
    due: int = 0
    due_at: int | None = None

    @property
    def people(self) -> int:
        return sum(self.states.values())

    @property
    def in_flight(self) -> int:
        return sum(self.states.get(state, 0) for state in IN_FLIGHT)

    @property
    def waiting(self) -> int:
        return self.states.get(WAITING, 0)

    @property
    def outcomes(self) -> dict[str, int]:
        found = dict.fromkeys(OUTCOMES, 0)
        for state, number in self.states.items():
            found[outcome_of(state)] += number
        return found

    @property
    def funnel(self) -> dict[str, int]:
        outcomes = self.outcomes
        return {step: sum(outcomes[one] for one in those) for step, those in REACHED.items()}


def tally(standings: Iterable[Standing]) -> Tally:
    found = list(standings)
    due = [one.due_at for one in found if one.due_at is not None]
    return Tally(
        states=Counter(one.state for one in found),
        failures=Counter(one.class_ or "refused" for one in found if one.state == FAILED),
        skips=Counter(one.class_ or "refused" for one in found if one.state == "skipped"),
        billable=Counter(
            billed_as(one.category, one.country) for one in found if one.category and one.billable
        ),
        free=sum(1 for one in found if one.category and not one.billable),
        opted_out=sum(one.opted_out for one in found),
        due=len(due),
        due_at=min(due, default=None),
    )


def added(tallies: Iterable[Tally]) -> Tally:
    """Of several blocks."""
    states, failures, skips, billable = (
        Counter[str](),
        Counter[str](),
        Counter[str](),
        Counter[str](),
    )
    free = opted_out = due = 0
    due_at: int | None = None
    for one in tallies:
        states.update(one.states)
        failures.update(one.failures)
        skips.update(one.skips)
        billable.update(one.billable)
        free, opted_out, due = free + one.free, opted_out + one.opted_out, due + one.due
        if one.due_at is not None:
            due_at = one.due_at if due_at is None else min(due_at, one.due_at)
    return Tally(states, failures, skips, billable, free, opted_out, due, due_at)


def to_json(one: Tally) -> JsonObject:
    """Without what is empty."""
    told: JsonObject = {
        "states": dict(one.states),
        "failures": dict(one.failures),
        "skips": dict(one.skips),
        "billable": dict(one.billable),
        "free": one.free,
        "opted_out": one.opted_out,
        "due": one.due,
        "due_at": one.due_at,
    }
    return {name: value for name, value in told.items() if value}


def from_json(raw: JsonObject) -> Tally:
    return Tally(**raw)
