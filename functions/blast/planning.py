"""What a number's campaigns may let go in the next minute. Pure.

The queue holds work for HORIZON_SECONDS at the number's pace: enough until the next look, and
little enough that a pause bites. What is released and not sent yet counts against it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from shared.campaigns.outcomes import QUEUED
from shared.campaigns.tallies import Tally
from shared.json_types import JsonObject
from shared.store.recipients import BLOCK

HORIZON_SECONDS: Final = 90
STALLED_MS: Final = 20 * 60_000  # longer than a queue keeps a chunk of a worker that died
_LEAD_SECONDS: Final = 1
_LEAD_CHUNKS: Final = 1
_ROOM: Final = 0.05  # of a number's throughput, for whoever writes while a campaign runs
_INBOUND_ROOM: Final = 1.5  # of what customers wrote lately
_LEAST: Final = 0.2  # of the throughput, however much is written
_LOWEST_TIER: Final = 250
_UNLIMITED: Final = frozenset({"TIER_UNLIMITED", "UNLIMITED", "-1"})
_TIER: Final = re.compile(r"(?:TIER_)?([0-9]+)(K?)")


@dataclass(frozen=True, slots=True)
class Share:
    """A campaign that runs on the number. `cursor` is the block and the number in it that goes
    next; `tallies` by block; `metered` says that its people count towards the tier; `seconds` for
    how long it may send from now on."""

    id: str
    weight: int
    cursor: tuple[int, int]
    tallies: Mapping[int, Tally]
    metered: bool = True
    seconds: int = HORIZON_SECONDS

    @property
    def backlog(self) -> int:
        """What was released and is not being sent yet."""
        block, _ = self.cursor
        return sum(_queued(one) for at, one in self.tallies.items() if at < block)

    @property
    def ahead(self) -> int:
        """What is still to be released."""
        block, number = self.cursor
        return sum(
            min(_queued(one), one.people - (number if at == block else 0))
            for at, one in self.tallies.items()
            if at >= block
        )

    def due(self, now: int) -> list[tuple[int, Tally]]:
        """Blocks with somebody who is to be looked at again."""
        return [
            (at, one)
            for at, one in self.tallies.items()
            if one.due_at is not None and one.due_at <= now
        ]

    @property
    def is_over(self) -> bool:
        return not any(_queued(one) or one.due for one in self.tallies.values())


@dataclass(frozen=True, slots=True)
class Planned:
    """Chunks for the queue: {"block", "first", "last", "delay"} or {"block", "due", "delay"};
    `people` counts towards the tier."""

    chunks: tuple[JsonObject, ...]
    cursor: tuple[int, int]
    people: int


def rate(per_second: int, inbound: float) -> float:
    """How many messages a second campaigns may send together, of a number that takes `per_second`
    in both directions and is written `inbound` a second."""
    room = max(per_second * _ROOM, inbound * _INBOUND_ROOM)
    return max(per_second * _LEAST, per_second - room)


def tier_of(limit: str) -> int | None:
    """How many people may be written to in 24 hours, by WhatsApp's name for it; None: any number.
    Where WhatsApp has not said, it is the lowest."""
    if limit.upper() in _UNLIMITED:
        return None
    found = _TIER.fullmatch(limit.upper())
    if found is None:
        return _LOWEST_TIER
    return int(found[1]) * (1000 if found[2] else 1)


def is_quiet(now: int, begin: str, end: str, zone: str) -> bool:
    """Whether `now` (milliseconds) is between the two, "21:00" and "08:00" of a time zone."""
    at = f"{datetime.fromtimestamp(now / 1000, ZoneInfo(zone)):%H:%M}"
    return begin <= at < end if begin < end else at >= begin or at < end


def seconds_to_quiet(now: int, begin: str, end: str, zone: str) -> int:
    """As far as it matters here."""
    within = range(HORIZON_SECONDS)
    quiet = (one for one in within if is_quiet(now + one * 1000, begin, end, zone))
    return next(quiet, HORIZON_SECONDS)


def plan(
    shares: Sequence[Share], per_second: float, tier_left: int | None, now: int, busy: int = 0
) -> dict[str, Planned]:
    """By campaign; `per_second` is the pace of all of them together, `busy` what the number has
    still to send for others."""
    room = math.ceil(per_second * HORIZON_SECONDS) - busy - sum(one.backlog for one in shares)
    wanted = {one.id: one.ahead + _people_due(one, now) for one in shares}
    parts = divided(max(0, room), {one.id: one.weight for one in shares}, wanted)
    weights = sum(one.weight for one in shares if wanted[one.id])
    planned: dict[str, Planned] = {}
    for one in shares:
        own = per_second * one.weight / weights if wanted[one.id] else per_second
        tier = tier_left if one.metered and tier_left is not None else math.inf
        most = parts[one.id]
        if one.seconds < HORIZON_SECONDS:
            most = min(most, max(0, math.floor(own * one.seconds) - one.backlog))
        planned[one.id] = _planned(one, most, tier, own, now)
        if one.metered and tier_left is not None:
            tier_left -= planned[one.id].people
    return planned


def divided(room: int, weights: Mapping[str, int], wanted: Mapping[str, int]) -> dict[str, int]:
    """Room by weight; what one does not want is the others'."""
    given = dict.fromkeys(weights, 0)
    while room > 0:
        open_ = {name: weight for name, weight in weights.items() if given[name] < wanted[name]}
        if not open_:
            break
        total, left = sum(open_.values()), room
        for name, weight in open_.items():
            part = min(left, max(1, room * weight // total), wanted[name] - given[name])
            given[name] += part
            left -= part
        room = left
    return given


def _planned(share: Share, most: int, tier: float, per_second: float, now: int) -> Planned:
    chunks: list[JsonObject] = []
    people, before = 0, share.backlog
    for block, one in share.due(now):
        # Those who only wait for WhatsApp's word cost nothing, and never wait for room. Others are
        # looked at a block at a time: some room is enough, but never more than the tier.
        if one.waiting and (people >= most or people + one.waiting > tier):
            continue
        chunks.append({"block": block, "due": True, "delay": _delay(before, per_second)})
        people += one.waiting
        before += one.waiting
    left = int(min(most, tier)) - people
    block, number = share.cursor
    for at, one in share.tallies.items():
        if at < block or left <= 0:
            continue
        first = number if at == block else 0
        take = min(left, one.people - first)
        if not _queued(one) or take <= 0:
            continue
        last = first + take - 1
        delay = _delay(before, per_second)
        chunks.append({"block": at, "first": first, "last": last, "delay": delay})
        going = min(take, _queued(one))
        left -= going
        people += going
        before += going
        block, number = (at, last + 1) if last + 1 < one.people else (at + 1, 0)
    return Planned(tuple(chunks), (block, number), people)


def _delay(before: int, per_second: float) -> int:
    """A chunk may be taken from the queue while the one before it is sent: where its worker dies
    it is there, and more of them would only stand in each other's way."""
    lead = _LEAD_SECONDS + _LEAD_CHUNKS * BLOCK / per_second
    return max(0, int(before / per_second - lead))


def _people_due(share: Share, now: int) -> int:
    return sum(max(1, one.waiting) for _, one in share.due(now))


def _queued(one: Tally) -> int:
    return one.states.get(QUEUED, 0)
