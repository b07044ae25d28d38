"""While a campaign runs people write to the workspace, and its numbers leave them room."""

from __future__ import annotations

import pytest

from blast.planning import rate
from shared.pacing import SECOND
from shared.store import keys
from shared.store.inbound_rates import InboundRates
from shared.store.usage import Usage
from shared.usage.meters import MESSAGES_IN
from shared.usage.months import month_of
from tests.unit.blast.campaign_world import CampaignWorld

OTHER = "915"


def write(world: CampaignWorld, messages: int) -> None:
    """So many customers' messages."""
    world.dynamodb.update_item(
        TableName="usage",
        Key=keys.key(keys.usage(world.tenant), month_of(world.clock())),
        UpdateExpression="ADD #in :many",
        ExpressionAttributeNames={"#in": MESSAGES_IN.id},
        ExpressionAttributeValues={":many": {"N": str(messages)}},
    )


def look(world: CampaignWorld) -> float:
    rates = InboundRates(world.tenant, "usage", "campaigns")
    return rates.look(world.dynamodb, world.clock())


def test_how_fast_it_is_written_to(world: CampaignWorld) -> None:
    write(world, 500)
    assert look(world) == 0.0  # the first look knows no time before
    world.clock.advance(60)
    write(world, 1200)
    assert Usage(world.tenant, "usage", world.dynamodb).used(MESSAGES_IN, month_of(world.clock()))
    assert look(world) == 20.0
    world.clock.advance(60)
    assert look(world) == 0.0


@pytest.mark.parametrize("seconds", [0, 1, 20])
def test_whoever_looks_soon_after_finds_the_same(world: CampaignWorld, seconds: int) -> None:
    look(world)
    world.clock.advance(60)
    write(world, 1200)
    first = look(world)
    world.clock.advance(seconds)
    assert look(world) == first


def test_every_number_leaves_room(world: CampaignWorld) -> None:
    world.add_contacts(30)
    numbers = world.channel, OTHER
    for world.channel in numbers:
        if world.channel == OTHER:
            world.connect(80, "TIER_100K")
        world.start()
    look(world)
    world.clock.advance(60)
    write(world, 1200)
    for world.channel in numbers:
        world.tick()
    paces = {chunk["every"] for chunk in world.chunks()}
    assert paces == {round(SECOND / rate(80, 20.0))}
