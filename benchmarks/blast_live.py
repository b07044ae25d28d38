"""A campaign on the local stack, in real time, judged by what reached the stand-in for Meta.

The number is used on the phone's app as well: 20 messages a second, which the stand-in enforces, as
it does Meta's pair rate. A small campaign goes before: what is measured is a stack in use. (On a
machine of two cores a dozen functions that start cold take the time of those that send, which on
Lambda have their own.) It misbehaves at random as in the trials by virtual time, and every twenty
seconds one of the processes that send is killed. A silence is settled by its status.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from benchmarks.blast_trial import busiest, held
from benchmarks.worker_deaths import Deaths
from local.stack import ROOT, LocalStack
from shared.channels.throughput import COEXISTENCE
from shared.clock import now_ms
from shared.json_types import JsonObject
from shared.store.audit import Actor
from shared.store.channels import Channels, Secrets
from shared.store.directory import Directory
from shared.tenancy import Tenant
from tests import campaign_side
from tests.api_side import Api, demo_token
from tests.campaign_side import Campaign
from tests.deployed import DELIVERER, Deployed
from tests.meta_side import Meta
from tests.running import eventually
from tests.unit.blast.virtual_meta import Faults, Seen

THROUGHPUT_REACHED: Final = 130429
_STATE_DIR: Final = ROOT / ".kabar" / "bench"
_LIMIT: Final = "TIER_10K"
_SPARE: Final = (
    1.5  # as many faults are planned as there would be sends of so many times the people
)
_PATIENCE_SECONDS: Final = 15 * 60
_LOOK_SECONDS: Final = 5
_WARMED_BY: Final = 100  # people
_FULL: Final = ("delivered", "read")
_TAKEN: Final = ("sent", *_FULL)
Show = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """As `blast_trial.Row`. `refused` counts those that the number's throughput did not let pass
    at the stand-in, besides the faults; `outcomes` is what the campaign's report says."""

    case: str
    at: str
    people: int
    per_second: int
    held: float
    busiest: int
    too_close: int
    twice: int
    lost: int
    refused: int
    minutes: float
    kills: int
    faults: dict[str, int]
    outcomes: dict[str, int]


def run(people: int, shown: Show, faults: Faults | None = None) -> Row:
    """Raises LocalRunError when the stack does not start."""
    faults = faults or Faults()
    shown("the local stack starts")
    with (
        LocalStack(state_dir=_STATE_DIR) as stack,
        Meta(stack.addresses) as meta,
        Api(stack.addresses.api_url, demo_token(stack)) as api,
    ):
        _make_coexistent(stack)
        meta.enforces(throughput=COEXISTENCE)
        shown("a small campaign goes before")
        _warm(api, meta)
        phones = [f"62813{n:08d}" for n in range(people)]
        meta.misbehaves(*script(faults, people))
        campaign = campaign_side.start(api, meta, phones)
        deaths = Deaths(stack.pids()["local AWS"], Deployed(stack).name(DELIVERER))
        kills, outcomes = _watch(campaign, people, deaths, faults.killed_every, shown)
        return judged(campaign.sends(), people, kills, outcomes)


def _warm(api: Api, meta: Meta) -> None:
    campaign = campaign_side.start(api, meta, [f"62814{n:08d}" for n in range(_WARMED_BY)])
    eventually(
        lambda: campaign.report().get("outcomes", {}),
        lambda outcomes: _delivered(outcomes) == _WARMED_BY,
    )


def _delivered(outcomes: JsonObject) -> int:
    return sum(outcomes.get(name, 0) for name in _FULL)


def _make_coexistent(stack: LocalStack) -> None:
    """The demo's number, with a tier that is no limit here."""
    channel = stack.addresses.phone_number_id
    dynamodb, outputs = stack.aws("dynamodb"), stack.outputs
    tables = outputs["WorkspacesTableName"], outputs["DirectoryTableName"]
    number = Directory(tables[1], dynamodb).number(channel)
    assert number is not None
    channels = Channels(Tenant(stack.addresses.workspace_id), *tables, dynamodb)
    known = channels.get(channel)
    wanted = replace(known, coexistence=True, health=replace(known.health, messaging_limit=_LIMIT))
    secrets = Secrets(token=number.sealed_token)
    channels.connect(wanted, secrets, by=Actor("bench", "Bench"), at=now_ms())


def script(faults: Faults, people: int, seed: int = 7) -> Iterator[JsonObject]:
    """What the stand-in does to one send after the other."""
    drawn = random.Random(seed)
    modes = [_mode(faults, drawn) for _ in range(round(people * _SPARE))]
    for mode, some in groupby(modes):
        yield {**dict(mode), "times": len(list(some))}


def _mode(faults: Faults, drawn: random.Random) -> tuple[tuple[str, str | int], ...]:
    at = drawn.random()
    if at < faults.failing:
        return (("mode", "error"), ("http_status", drawn.choice((500, 502, 503))))
    if at < faults.failing + faults.throttled:
        return (("mode", "error"), ("http_status", 429), ("code", THROUGHPUT_REACHED))
    is_silent = drawn.random() < faults.silent
    return (("mode", "drop_answer" if is_silent else "ok"),)


def _watch(
    campaign: Campaign, people: int, deaths: Deaths, every: float, shown: Show
) -> tuple[int, dict[str, int]]:
    """Until everybody is told of. Answers the kills and the outcomes."""
    kills, taken, began = 0, 0, time.monotonic()
    kill_at = look_at = began
    while time.monotonic() - began < _PATIENCE_SECONDS:
        now = time.monotonic()
        if taken and now >= kill_at:
            kills += deaths.kill_one()
            kill_at = now + every
        if now >= look_at:
            # Seldom, and not at the stand-in: while it tells all that it saw, it sees nothing.
            look_at = now + _LOOK_SECONDS
            outcomes = campaign.report().get("outcomes", {})
            taken = sum(outcomes.get(name, 0) for name in _TAKEN)
            shown(f"{taken:,} of {people:,} were sent to, {kills} workers killed")
            if _delivered(outcomes) == people:
                break
        if not taken:
            kill_at = now + every
        time.sleep(0.2)
    found = campaign.report()["outcomes"]
    return kills, {name: many for name, many in found.items() if many}


def judged(sends: Sequence[JsonObject], people: int, kills: int, outcomes: dict[str, int]) -> Row:
    """`sends` as the stand-in's journal has them."""
    seen, faults, refused = Seen(), dict[str, int](), 0
    for one in sends:
        phone, at = one["body"]["to"], one["at"] * 1000
        seen.request(phone, at)
        if one["wamid"]:
            seen.accept(phone, phone, at)
        refused += one["error_code"] == THROUGHPUT_REACHED and not one["fault"]
        if one["fault"]:
            name = f"{one['fault']} {one['status'] or ''}".strip()
            faults[name] = faults.get(name, 0) + 1
    return Row(
        case=f"{people:,} people at {COEXISTENCE}/s",
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        people=people,
        per_second=COEXISTENCE,
        held=held(seen, people, COEXISTENCE),
        busiest=busiest(seen.requests),
        too_close=seen.too_close,
        twice=seen.twice,
        lost=people - len(seen.accepted),
        refused=refused,
        minutes=(seen.accepted_at[-1] - seen.requests[0]) / 60_000_000,
        kills=kills,
        faults=faults,
        outcomes=outcomes,
    )
