"""When a campaign stops by itself, and what is forgiven when people let it go on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from blast.circuit import marks, why_to_stop
from shared.campaigns.halts import Halt, because
from shared.campaigns.tallies import Tally
from shared.channels.cloud_api import Refused
from shared.channels.errors import Action
from shared.store.campaigns import FINISHED, PAUSED, RUNNING
from shared.store.channels import Channels
from shared.store.templates import Template, Templates
from tests.unit.blast.campaign_world import CampaignWorld

NEW = (0, 0, 0)
FEW_FAILED = {"failed": 15, "sent": 36}
MANY_FAILED = {"failed": 15, "delivered": 35}


def of(states: Mapping[str, int], opted_out: int = 0) -> Tally:
    return Tally(states=states, opted_out=opted_out)


@pytest.mark.parametrize("quality", ["RED", "LOW", "low", "FLAGGED"])
def test_a_quality_that_fell_stops_it_however_whatsapp_calls_it(quality: str) -> None:
    assert why_to_stop(of({}), NEW, quality) == because("quality")


@pytest.mark.parametrize("quality", ["", "GREEN", "YELLOW", "HIGH", "UNFLAGGED", "NA", "UNKNOWN"])
def test_any_other_quality_lets_it_run(quality: str) -> None:
    assert why_to_stop(of({}), NEW, quality) is None


@pytest.mark.parametrize(
    ("states", "why"),
    [
        ({"failed": 49}, None),  # too few to say
        (FEW_FAILED, None),
        (MANY_FAILED, because("failures", failed=15, told=50)),
        (
            {"failed": 15, "queued": 500, "skipped": 500, "sent": 35},
            because("failures", failed=15, told=50),
        ),
    ],
)
def test_a_spike_of_failures_stops_it(states: dict[str, int], why: Halt | None) -> None:
    assert why_to_stop(of(states), NEW, "GREEN") == why


def test_a_spike_of_opt_outs_stops_it() -> None:
    assert why_to_stop(of({"read": 50}, opted_out=2), NEW, "") is None
    assert why_to_stop(of({"read": 50}, opted_out=3), NEW, "") == because(
        "opt_outs", opted_out=3, accepted=50
    )


def test_what_was_before_people_let_it_go_on_is_forgiven() -> None:
    before = marks(of(MANY_FAILED, opted_out=9))
    assert why_to_stop(of(MANY_FAILED, opted_out=9), before, "") is None
    since = {"failed": 15 + 20, "delivered": 35 + 30}
    assert why_to_stop(of(since, opted_out=9), before, "") == because(
        "failures", failed=20, told=50
    )


def test_the_webhooks_word_pauses_a_campaign_within_a_minute(world: CampaignWorld) -> None:
    world.add_contacts(30)
    id_ = world.start()
    world.tick()
    channels = Channels(world.tenant, "workspaces", "directory", world.dynamodb)
    channels.set_health(world.channel, at=world.clock(), quality="FLAGGED")
    world.clock.advance(60)
    world.tick()
    campaign = world.campaigns.get(id_)
    assert campaign.status == PAUSED
    assert campaign.reason == because("quality")
    # WhatsApp may never say that it rose again: whoever lets the campaign go on knows.
    world.campaigns.move(id_, (PAUSED,), RUNNING, quality="FLAGGED")
    world.run_for(2)
    assert world.campaigns.get(id_).status == FINISHED


def test_failures_in_a_row_pause_a_campaign(world: CampaignWorld) -> None:
    world.add_contacts(90)
    world.meta.fate = lambda _: Refused(Action.PERMANENT, "Message undeliverable", 131026)
    id_ = world.start()
    world.tick()
    while world.total(id_).outcomes["failed"] < 50:
        world.deliver_next()
    failed = world.total(id_).outcomes["failed"]
    world.clock.advance(60)
    world.tick()
    campaign = world.campaigns.get(id_)
    assert (campaign.status, failed < 90) == (PAUSED, True)
    assert campaign.reason == because("failures", failed=failed, told=failed)


def test_a_paused_template_pauses_the_campaign_with_its_name(world: CampaignWorld) -> None:
    world.add_contacts(3)
    id_ = world.start()
    world.tick()
    parts = [{"type": "BODY", "text": "Hi {{1}}"}]
    paused = Template(
        f"waba{world.channel}", "sale", "id", "77", "MARKETING", "PAUSED", parts, details="Too many"
    )
    Templates(world.tenant, "workspaces", world.dynamodb).tell(paused, told_at=1, now=1)
    while world.deliver_next():
        pass
    campaign = world.campaigns.get(id_)
    assert (campaign.status, world.meta.accepted) == (PAUSED, [])
    assert campaign.reason == because(
        "template_because", template="sale", status="PAUSED", details="Too many"
    )
    assert campaign.reason.words == "The template sale is PAUSED at WhatsApp: Too many."
