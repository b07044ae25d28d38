"""What else is claimed of campaigns, on the same stack by virtual time: many numbers at once, a
tier that spreads a campaign over days, and a pause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from benchmarks.blast_trial import busiest, held
from shared.campaigns.halts import because
from shared.store.campaigns import BEGINNING, FINISHED, PAUSED, RUNNING
from tests.unit.blast.campaign_world import CampaignWorld
from tests.unit.blast.virtual_meta import NONE, Faults
from tests.unit.blast.virtual_stack import VirtualStack

_SECOND: Final = 1_000_000
_DAY: Final = 24 * 3600 * _SECOND
_DAYS: Final = 8
_A_WHILE: Final = 3  # minutes in which a paused campaign is watched


@dataclass(frozen=True, slots=True)
class Together:
    """`slowest` is how fast the slowest number was, as a share of one alone."""

    numbers: int
    people: int
    per_second: int
    alone: float
    slowest: float
    twice: int
    lost: int
    workers: int


@dataclass(frozen=True, slots=True)
class Spread:
    """`busiest_day` is the most people that were written to within any 24 hours."""

    people: int
    tier: int
    days: float
    busiest_day: int
    twice: int
    lost: int


@dataclass(frozen=True, slots=True)
class Paused:
    """`bites_after` is how many seconds after the pause the last message reached WhatsApp."""

    people: int
    per_second: int
    before: int
    bites_after: float
    twice: int
    lost: int


def together(numbers: int, people: int, per_second: int) -> Together:
    alone, _ = _together(1, people, per_second)
    many, stack = _together(numbers, people, per_second)
    seen = stack.meta.seen.values()
    return Together(
        numbers,
        people,
        per_second,
        alone[0],
        min(many) / alone[0],
        sum(one.twice for one in seen),
        sum(people - len(one.accepted) for one in seen),
        stack.chunks.longest,
    )


def _together(numbers: int, people: int, per_second: int) -> tuple[list[float], VirtualStack]:
    """How much of its rate each number held."""
    stack = VirtualStack(NONE)
    worlds = [
        CampaignWorld(
            stack.tables, per_second=per_second, limit="UNLIMITED", place=place, clock=stack.clock
        )
        for place in range(numbers)
    ]
    started = []
    for world in worlds:
        world.add_contacts(people)
        started.append((world, world.start()))
    stack.run(60, lambda: all(_is_over(world, id_) for world, id_ in started))
    return [held(stack.meta.seen[one.channel], people, per_second) for one in worlds], stack


def spread(people: int, tier: int) -> Spread:
    """At 80/s."""
    stack = VirtualStack(NONE)
    world = CampaignWorld(stack.tables, limit=f"TIER_{tier}", clock=stack.clock)
    world.add_contacts(people)
    campaign = world.start()
    stack.run(_DAYS * 24 * 60, lambda: _is_over(world, campaign))
    seen = stack.meta.seen[world.channel]
    times = seen.accepted_at
    return Spread(
        people,
        tier,
        (times[-1] - times[0]) / _DAY,
        busiest(times, _DAY),
        seen.twice,
        people - len(seen.accepted),
    )


def paused(people: int, per_second: int) -> Paused:
    """At half of the people; after a while it is let go on."""
    stack = VirtualStack(Faults())
    world = CampaignWorld(stack.tables, per_second=per_second, limit="UNLIMITED", clock=stack.clock)
    world.add_contacts(people)
    campaign = world.start()
    seen = stack.meta.seen[world.channel]
    stack.run(60, lambda: len(seen.accepted) >= people // 2, within=True)
    at, before = stack.time.now, len(seen.accepted)
    world.campaigns.move(campaign, (RUNNING,), PAUSED, reason=because("by_hand", name="Ana"))
    stack.run(_A_WHILE)
    last = seen.requests[-1]
    epoch = world.campaigns.get(campaign).epoch + 1
    world.campaigns.move(
        campaign, (PAUSED,), RUNNING, cursor=list(BEGINNING), epoch=epoch, outbox=None, paced_at=0
    )
    stack.run(60, lambda: _is_over(world, campaign))
    return Paused(
        people,
        per_second,
        before,
        max(0.0, (last - at) / _SECOND),
        seen.twice,
        people - len(seen.accepted),
    )


def _is_over(world: CampaignWorld, campaign: str) -> bool:
    return world.campaigns.get(campaign).status == FINISHED
