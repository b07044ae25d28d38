"""WhatsApp's words come late and in any order: each is about one try of a message, and none about
an earlier try undoes what a later one came to."""

from __future__ import annotations

from typing import Any
from unittest import mock

from shared.campaigns.outcomes import WAITING
from shared.store import campaign_keys, keys
from shared.store.recipient_items import Recipient
from tests.unit.blast.campaign_world import CampaignWorld

HOUR = 3600
DAY = 24 * HOUR
HELD_BACK = [{"code": 131049}]


def only(world: CampaignWorld, id_: str) -> Recipient:
    (one,) = world.recipients(id_)
    return one


def sent_once(world: CampaignWorld, fate: str = "ok") -> tuple[str, str]:
    """A campaign of one person whom WhatsApp took the message for; its id and the callback."""
    world.add_contacts(1)
    world.meta.fate = lambda _: fate
    id_ = world.start()
    world.run_for(1)
    ((callback, _),) = world.meta.accepted
    return id_, callback


def test_that_it_was_sent_comes_after_that_it_was_held_back(world: CampaignWorld) -> None:
    id_, callback = sent_once(world)
    world.tell(callback, "failed", errors=HELD_BACK)
    world.tell(callback, "sent")
    assert only(world, id_).state == WAITING
    world.clock.advance(DAY)
    world.run_for(3)
    assert len(world.meta.accepted) == 2


def test_that_the_first_try_was_sent_says_nothing_of_the_second(world: CampaignWorld) -> None:
    id_, callback = sent_once(world)
    world.tell(callback, "failed", errors=HELD_BACK)
    fates = iter(["failing", "ok"])
    world.meta.fate = lambda _: next(fates)
    world.clock.advance(DAY)
    world.run_for(3)
    assert world.total(id_).in_flight == 1
    world.tell(callback, "sent", id="wamid.1")
    assert world.total(id_).in_flight == 1
    world.run_for(8)
    assert len(world.meta.accepted) == 2


def test_that_the_first_try_arrived_after_all_spares_another(world: CampaignWorld) -> None:
    id_, callback = sent_once(world)
    world.tell(callback, "failed", errors=HELD_BACK)
    world.tell(callback, "delivered")
    world.clock.advance(DAY)
    world.run_for(3)
    assert (only(world, id_).state, len(world.meta.accepted)) == ("delivered", 1)


def test_that_a_try_in_silence_was_sent_settles_the_next_which_was_put_off(
    world: CampaignWorld,
) -> None:
    """Nobody knows by which name WhatsApp took it, so its word is heeded whenever it comes."""
    id_, callback = sent_once(world, "lost")
    recipients, before = world.bench.recipients(id_), only(world, id_)
    claimed = recipients.claim(before, before.since + 300_000)
    assert claimed is not None
    recipients.again(claimed.ref(id_), world.clock() + DAY, "Slow down", "too_fast", world.clock())
    world.tell(callback, "sent")
    assert only(world, id_).state == "sent"


def test_that_a_try_in_silence_failed_says_nothing_of_the_next(world: CampaignWorld) -> None:
    world.add_contacts(1)
    fates = iter(["lost", "ok", "ok"])
    world.meta.fate = lambda _: next(fates)
    id_ = world.start()
    world.run_for(8)
    (callback, _), _ = world.meta.accepted
    assert only(world, id_).wamid == "wamid.2"
    world.tell(callback, "failed", errors=HELD_BACK, id="wamid.1")
    assert only(world, id_).state == "sent"
    world.tell(callback, "failed", errors=HELD_BACK, id="wamid.2")
    assert only(world, id_).state == WAITING


def test_whom_nobody_would_try_again_has_failed(world: CampaignWorld) -> None:
    """The pacer looks after a campaign for two days only."""
    id_, callback = sent_once(world)
    world.clock.advance(3 * DAY)
    world.run_for(2)
    world.tell(callback, "failed", errors=HELD_BACK)
    assert dict(world.total(id_).failures) == {"frequency_capped": 1}


def test_that_it_failed_comes_while_its_sender_writes_that_it_was_sent(
    world: CampaignWorld,
) -> None:
    id_, callback = sent_once(world, "lost")
    ref, read, first = only(world, id_).ref(id_), world.dynamodb.get_item, iter([True])

    def disturbed(**request: Any) -> Any:
        found = read(**request)
        if request["Key"]["pk"]["S"].endswith(f"{id_}#{ref.block:07d}") and next(first, False):
            world.bench.recipients(id_).sent(ref, "wamid.1", world.clock())
        return found

    with mock.patch.object(world.dynamodb, "get_item", disturbed):
        world.tell(callback, "failed", errors=[{"code": 131026}])
    assert next(first, None) is None
    assert dict(world.total(id_).failures) == {"undeliverable": 1}


def test_whoever_was_forgotten_is_not_tried_again(world: CampaignWorld) -> None:
    """Neither by itself nor by people's wish."""
    id_, callback = sent_once(world)
    recipients, ref = world.bench.recipients(id_), only(world, id_).ref(id_)
    world.dynamodb.update_item(
        TableName="campaigns",
        Key=keys.key(campaign_keys.recipients(world.tenant, id_, ref.block), "000"),
        UpdateExpression="SET lane = :nobody REMOVE phone, contact_id",
        ExpressionAttributeValues={":nobody": {"S": "-"}},
    )
    world.tell(callback, "failed", errors=HELD_BACK)
    assert dict(world.total(id_).failures) == {"frequency_capped": 1}
    assert not recipients.reopen(ref, world.clock())
