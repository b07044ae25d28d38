"""Segments ask who a campaign could not be sent to: also those whom WhatsApp refused at once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from shared.channels.cloud_api import Answer, Refused
from shared.channels.errors import Action
from shared.store.recipient_items import Recipient
from tests.unit.blast.campaign_workers import CONTACTS
from tests.unit.blast.campaign_world import CampaignWorld

REFUSED = Refused(Action.PERMANENT, "Message undeliverable", 131026)


def told(world: CampaignWorld) -> list[str]:
    """The states that contacts were told of."""
    bodies = [json.loads(one["MessageBody"]) for one in world.sqs.sent.pop(CONTACTS, [])]
    return [change["state"] for body in bodies for _, _, change in body["changes"]]


def only(world: CampaignWorld, id_: str) -> Recipient:
    (one,) = world.recipients(id_)
    return one


def test_whom_whatsapp_refused_at_once(world: CampaignWorld) -> None:
    world.add_contacts(2)
    fates: Iterator[str | Answer] = iter([REFUSED, "ok"])
    world.meta.fate = lambda _: next(fates)
    world.start()
    world.run_for(2)
    assert told(world) == ["failed"]


def test_who_waits_for_another_try_has_not_failed(world: CampaignWorld) -> None:
    world.add_contacts(1)
    world.meta.fate = lambda _: Refused(Action.PERMANENT, "Held back", 131049)
    world.start()
    world.run_for(2)
    assert told(world) == []


def test_a_worker_that_died_before_it_told_is_made_up_for(world: CampaignWorld) -> None:
    world.add_contacts(2, in_one_block=True)
    fates: Iterator[str | Answer] = iter([REFUSED, "dead"])
    world.meta.fate = lambda _: next(fates, "ok")
    world.start()
    world.tick()
    world.deliver_next()
    assert told(world) == []
    world.deliver_next()
    assert told(world) == ["failed"]


@pytest.mark.parametrize("refused_at_once", [True, False])
def test_another_try_that_arrives_makes_up_for_it(
    world: CampaignWorld, *, refused_at_once: bool
) -> None:
    world.add_contacts(1)
    fates: Iterator[str | Answer] = iter([REFUSED if refused_at_once else "ok"])
    world.meta.fate = lambda _: next(fates, "ok")
    id_ = world.start()
    world.run_for(1)
    if not refused_at_once:
        world.tell(world.meta.accepted[0][0], "failed", errors=[{"code": 131026}])
    assert told(world) == ["failed"]
    world.bench.recipients(id_).reopen(only(world, id_).ref(id_), world.clock())
    world.bench.tallies(id_).recount([only(world, id_).block])
    world.run_for(2)
    world.tell(world.meta.accepted[-1][0], "delivered")
    assert told(world) == ["delivered"]
