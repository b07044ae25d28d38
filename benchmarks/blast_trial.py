"""A campaign on the real handlers with a virtual clock, judged by what WhatsApp took and when.

WhatsApp misbehaves by a script: of a hundred messages it takes, it says nothing about one; one in a
hundred fails with 5xx and is not taken; one in two hundred is refused with 429; and every twenty
seconds the deliver worker dies after a message was taken. Statuses come for whatever it took. A
silence is settled by its status; what was not taken is sent again after the window of silence.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from shared.campaigns.outcomes import OUTCOMES
from shared.channels.cloud_api import Answer, Refused
from shared.channels.errors import classify
from shared.json_types import JsonObject
from tests.builders import sqs_record, status
from tests.unit.blast.campaign_world import CampaignWorld

SILENT: Final = 0.01
FAILING: Final = 0.01
THROTTLED: Final = 0.005
KILLED_EVERY_MS: Final = 20_000
PAIR_MS: Final = 6_000
_STEADY: Final = 0.95  # of the people: the rest waits for tries after a silence
_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Row:
    """`held` is the share of the campaign's allowed rate at which the steady part was sent, and
    `busiest` the most that WhatsApp took within any second."""

    case: str
    people: int
    per_second: int
    held: float
    busiest: int
    too_close: int
    twice: int
    lost: int
    minutes: float
    outcomes: dict[str, int]


@dataclass
class Faults:
    """What WhatsApp does with the next message."""

    clock: Callable[[], int]
    killed_every: int = KILLED_EVERY_MS
    random: random.Random = field(default_factory=lambda: random.Random(7))
    killed_at: int = 0

    def __call__(self, payload: JsonObject) -> str | Answer:
        del payload
        if not self.killed_at:
            self.killed_at = self.clock()
        if self.clock() - self.killed_at >= self.killed_every:
            self.killed_at = self.clock()
            return "dead"
        drawn = self.random.random()
        if drawn < SILENT:
            return "lost"
        if drawn < SILENT + FAILING:
            return "failing"
        if drawn < SILENT + FAILING + THROTTLED:
            code = classify(429, 130429)
            return Refused(code.action, code.words, 130429)
        return "ok"


def run(
    dynamodb: Any,
    people: int,
    per_second: int,
    *,
    allowed: float,
    killed_every: int = KILLED_EVERY_MS,
) -> Row:
    """`allowed` is what the pacer may use of `per_second`, room for customers left out."""
    world = CampaignWorld(dynamodb, per_second=per_second, limit="UNLIMITED")
    world.add_contacts(people)
    world.meta.fate = Faults(world.clock, killed_every)
    campaign = world.start()
    told = 0
    for _ in range(_MINUTES):
        world.run_for(1)
        told = _tell(world, told)
        if world.campaigns.get(campaign).status == "finished":
            break
    return _judged(world, campaign, people, per_second, allowed)


def _tell(world: CampaignWorld, told: int) -> int:
    """The statuses of what WhatsApp took since, in one batch as the receipts worker gets them."""
    new = [callback for callback, _ in world.meta.accepted[told:]]
    statuses = [[world.channel, status("delivered", callback=callback)] for callback in new]
    record = {"v": 1, "statuses": statuses, "kept": [], "at": world.clock()}
    assert world.receipts.run([sqs_record(record)]) == []
    return told + len(new)


def _judged(
    world: CampaignWorld, campaign: str, people: int, per_second: int, allowed: float
) -> Row:
    times = sorted(at for _, at in world.meta.accepted)
    steady = times[: max(2, round(len(times) * _STEADY))]
    seconds = (steady[-1] - steady[0]) / 1000
    outcomes = world.total(campaign).outcomes
    assert set(outcomes) == set(OUTCOMES)
    return Row(
        case=f"{people:,} people at {per_second}/s",
        people=people,
        per_second=per_second,
        held=(len(steady) - 1) / seconds / allowed,
        busiest=busiest(times),
        too_close=_too_close(world),
        twice=len(world.meta.twice()),
        lost=people - len({callback for callback, _ in world.meta.accepted}),
        minutes=(times[-1] - times[0]) / 60_000,
        outcomes={name: many for name, many in outcomes.items() if many},
    )


def busiest(times: list[int]) -> int:
    """The most that lie within one second, wherever it begins. `times` in order, milliseconds."""
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - 1000:
            first += 1
        most = max(most, last - first + 1)
    return most


def _too_close(world: CampaignWorld) -> int:
    """How often one person was sent two messages within the pair rate."""
    last: dict[str, int] = {}
    found: Counter[bool] = Counter()
    for phone, (_, at) in zip(world.meta.phones, world.meta.accepted, strict=True):
        found[phone in last and at - last[phone] < PAIR_MS] += 1
        last[phone] = at
    return found[True]
