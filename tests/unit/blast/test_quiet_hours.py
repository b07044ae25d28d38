"""Nothing is sent in a campaign's quiet hours: not what was let go before they begin, not over
midnight, and not where the clocks change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from blast.planning import HORIZON_SECONDS, is_quiet, seconds_to_quiet
from shared.store.campaigns import FINISHED
from tests.unit.blast.campaign_world import CampaignWorld

MakeWorld = Callable[..., CampaignWorld]
NIGHT = {"begin": "21:00", "end": "08:00"}
NOON = {"begin": "12:00", "end": "13:00"}


def moment(text: str, zone: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("zone", "begins", "quiet", "hours"),
    [
        ("Asia/Jakarta", "2027-01-05T20:59:40", NIGHT, 11),
        ("Asia/Jakarta", "2027-01-05T11:59:40", NOON, 1),
        ("Europe/Berlin", "2027-03-27T20:59:40", NIGHT, 10),  # the clocks go forward
        ("Europe/Berlin", "2027-10-30T20:59:40", NIGHT, 12),  # and back
    ],
)
def test_nothing_is_sent_in_them(
    make_world: MakeWorld, zone: str, begins: str, quiet: dict[str, str], hours: int
) -> None:
    world = make_world(per_second=20)
    world.add_contacts(600)
    world.clock.ms = now = moment(begins, zone)
    id_ = world.start(quiet_hours=quiet, time_zone=zone)
    world.run_for(2)
    before = len(world.meta.accepted)
    assert 300 <= before <= 380
    world.clock.ms = now + hours * 3_600_000 - 60_000
    world.run_for(3)
    assert len(world.meta.accepted) == 600
    assert not [
        at for _, at in world.meta.accepted if is_quiet(at, quiet["begin"], quiet["end"], zone)
    ]
    world.run_for(1)
    assert world.campaigns.get(id_).status == FINISHED


def test_how_long_it_may_send() -> None:
    now = moment("2027-01-05T20:59:40", "Asia/Jakarta")
    assert seconds_to_quiet(now, "21:00", "08:00", "Asia/Jakarta") == 20
    assert seconds_to_quiet(now, "22:00", "08:00", "Asia/Jakarta") == HORIZON_SECONDS
