"""Campaigns on the real handlers by virtual time, judged by what reached WhatsApp and when.

What is simulated are the tables, queues, Lambda's workers and WhatsApp, each with its latency;
workers and their threads interleave at every call. WhatsApp misbehaves: of a hundred messages it
takes, one is never answered; one in a hundred requests fails with 5xx and is not taken; one in two
hundred is refused with 429. Every twenty seconds a deliver worker dies with all its threads, after
a message of it was taken. Statuses come a second after whatever was taken. A silence is settled by
its status; what was not taken is sent again after the window of silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from blast.planning import rate
from tests.unit.blast.campaign_world import CampaignWorld
from tests.unit.blast.virtual_meta import Faults, Seen
from tests.unit.blast.virtual_stack import VirtualStack

# Of the people have had their first try. The others wait out a silence; and what a worker that dies
# in the last seconds leaves over comes when there is nothing else to send meanwhile.
_STEADY: Final = 0.95
_MINUTES: Final = 24 * 60
_SECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """`held` is the share of the campaign's allowed rate that reached WhatsApp until 95 % of the
    people had their first try, and `busiest` the most requests within any second; `worker_seconds`
    what Lambda bills of those that send."""

    case: str
    people: int
    per_second: int
    held: float
    busiest: int
    too_close: int
    twice: int
    lost: int
    minutes: float
    kills: int
    worker_seconds: float
    outcomes: dict[str, int]


def run(
    people: int,
    per_second: int,
    faults: Faults | None = None,
    *,
    seed: int = 7,
    before_the_minute: int = 60,
    shown: Callable[[str], None] = lambda _: None,
) -> Row:
    """It starts so many seconds before the next minute's look. `shown` is told how far it is."""
    stack = VirtualStack(faults or Faults(), seed)
    world = CampaignWorld(stack.tables, per_second=per_second, limit="UNLIMITED", clock=stack.clock)
    world.add_contacts(people)
    shown("its audience is frozen")
    campaign = world.start()

    def is_over() -> bool:
        tried = len(stack.meta.seen[world.channel].firsts)
        shown(f"{tried:,} were sent to in {stack.minutes} minutes")
        return world.campaigns.get(campaign).status == "finished"

    stack.first_look(before_the_minute)
    stack.run(_MINUTES, is_over)
    seen = stack.meta.seen[world.channel]
    return Row(
        case=f"{people:,} people at {per_second}/s",
        people=people,
        per_second=per_second,
        held=held(seen, people, per_second),
        busiest=busiest(seen.requests),
        too_close=seen.too_close,
        twice=seen.twice,
        lost=people - len(seen.accepted),
        minutes=(seen.accepted_at[-1] - seen.requests[0]) / 60 / _SECOND,
        kills=stack.meta.kills,
        worker_seconds=stack.chunks.worked / _SECOND,
        outcomes={name: many for name, many in world.total(campaign).outcomes.items() if many},
    )


def held(seen: Seen, people: int, per_second: int) -> float:
    """Of what the pacer may use of the number's throughput, room for customers left out."""
    first, last = seen.firsts[0], seen.firsts[round(people * _STEADY) - 1]
    requests = sum(at <= last for at in seen.requests) - 1
    return requests / ((last - first) / _SECOND) / rate(per_second, 0)


def busiest(times: Sequence[int], within: int = _SECOND) -> int:
    """The most that lie within a second, or another span, wherever it begins. `times` in order,
    microseconds."""
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - within:
            first += 1
        most = max(most, last - first + 1)
    return most
