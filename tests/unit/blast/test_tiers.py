"""WhatsApp's messaging limit: counted by business portfolio, however many accounts it has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.store import campaign_keys, keys
from shared.store.campaigns import FINISHED
from shared.store.channels import Channels
from tests.unit.blast.campaign_world import CampaignWorld

MakeWorld = Callable[..., CampaignWorld]
LIMIT = "TIER_250"


@pytest.fixture
def world(make_world: MakeWorld) -> CampaignWorld:
    """A number of an account, from which 150 of the 250 were written to."""
    found = make_world(limit=LIMIT)
    found.add_contacts(150)
    return found


def spend(world: CampaignWorld) -> int:
    """A campaign to all 150; answers how many it wrote to."""
    before = len(world.meta.accepted)
    world.start()
    world.run_for(5)
    return len(world.meta.accepted) - before


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ("777", "777", 100),  # two accounts of one business
        ("777", "888", 150),
        ("", "", 150),  # WhatsApp has not said: each account for itself
        ("777", "", 150),
    ],
)
def test_accounts_share_the_limit_of_their_portfolio(
    world: CampaignWorld, first: str, second: str, left: int
) -> None:
    world.connect(80, LIMIT, first)
    assert spend(world) == 150
    world.channel = "915"
    world.connect(80, LIMIT, second)
    assert spend(world) == left


def test_two_numbers_of_one_account_share_it(world: CampaignWorld) -> None:
    assert spend(world) == 150
    channels = Channels(world.tenant, "workspaces", "directory", world.dynamodb)
    account = channels.get(world.channel).waba_id
    world.channel = "915"
    world.connect(80, LIMIT)
    for table, key in (
        ("workspaces", keys.key(world.tenant.id, keys.channel("915"))),
        ("directory", keys.key(keys.number("915"), keys.NUMBER)),
    ):
        world.dynamodb.update_item(
            TableName=table,
            Key=key,
            UpdateExpression="SET waba_id = :account",
            ExpressionAttributeValues={":account": {"S": account}},
        )
    assert spend(world) == 100


def test_what_was_counted_before_the_portfolio_was_known_counts(world: CampaignWorld) -> None:
    assert spend(world) == 150
    channels = Channels(world.tenant, "workspaces", "directory", world.dynamodb)
    channels.set_health(world.channel, at=world.clock(), portfolio="777")
    assert spend(world) == 100


def test_what_was_counted_of_the_whole_workspace_counts(world: CampaignWorld) -> None:
    assert spend(world) == 150
    place = campaign_keys.tier(world.tenant)
    key = keys.key(place, f"ACCOUNT#waba{world.channel}")
    item = world.dynamodb.get_item(TableName="campaigns", Key=key)["Item"]
    world.dynamodb.delete_item(TableName="campaigns", Key=key)
    old = {**item, **keys.key(place, "PORTFOLIO")}
    world.dynamodb.put_item(TableName="campaigns", Item=old)
    assert spend(world) == 100


def test_two_numbers_that_release_at_once_do_not_both_take_the_rest(world: CampaignWorld) -> None:
    world.connect(80, LIMIT, "777")
    first, first_id = world.channel, world.start()
    world.channel = "915"
    world.connect(80, LIMIT, "777")
    second_id = world.start()
    other = world.channel
    world.channel = first
    world.between_look_and_release(lambda: world.pacer.pace(other))
    for channel in (first, other):
        world.channel = channel
        world.run_for(5)
    assert len(world.meta.accepted) == 250
    ends = {world.campaigns.get(one).status for one in (first_id, second_id)}
    assert FINISHED in ends


def test_who_was_let_go_already_does_not_hold_up_the_others(world: CampaignWorld) -> None:
    """Another number takes of the tier between two campaigns of this one."""
    world.connect(80, "TIER_2K", "777")
    mine = [world.start() for _ in range(2)]
    number = world.channel
    world.channel = "915"
    world.connect(80, "TIER_2K", "777")
    world.start()
    world.channel = number
    commit, turns = world.dynamodb.transact_write_items, iter(range(9))

    def disturbed(**params: object) -> object:
        done = commit(**params)
        if next(turns) == 0:
            world.pacer.pace("915")
        return done

    world.dynamodb.transact_write_items = disturbed
    world.tick()
    assert [world.campaigns.get(one).paces for one in mine] == [1, 1]
