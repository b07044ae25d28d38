"""Between the freezing of an audience and the send days may pass: what people wish, and who they
are, is asked again."""

from __future__ import annotations

import pytest

from shared.contacts.record import OptIn
from shared.delivery import UNSETTLED
from shared.json_types import JsonObject
from shared.store import campaign_keys, keys
from shared.store.contact_merges import ContactMerges
from tests.unit.blast.campaign_world import CampaignWorld

OUT = {"marketing": OptIn("out", "import", 2)}


def place(world: CampaignWorld, id_: str) -> JsonObject:
    (one,) = world.recipients(id_)
    pk = campaign_keys.recipients(world.tenant, id_, one.block)
    return {"TableName": "campaigns", "Key": keys.key(pk, campaign_keys.recipient(one.number))}


@pytest.mark.parametrize("wish", [{"opt_ins": OUT}, {"blocked": True}])
def test_whoever_became_a_contact_meanwhile_is_heeded(
    world: CampaignWorld, wish: dict[str, object]
) -> None:
    """A file's people need not be contacts; a list of those who want nothing is imported later."""
    (record,) = world.add_contacts(1)
    id_ = world.start()
    world.dynamodb.update_item(**place(world, id_), UpdateExpression="REMOVE contact_id")
    assert world.recipients(id_)[0].contact_id is None
    world.change(record.id, **wish)
    world.run_for(2)
    assert world.meta.accepted == []
    assert world.total(id_).outcomes["skipped"] == 1


def test_whoever_was_merged_into_another_is_heeded(world: CampaignWorld) -> None:
    (kept,) = world.add_contacts(1, opt_ins=OUT)
    (gone,) = world.add_contacts(1)
    id_ = world.start()
    merges = ContactMerges(world.tenant, "contacts", world.dynamodb)
    merges.merge(kept.id, gone.id, world.clock())
    world.run_for(2)
    assert world.meta.accepted == []
    assert world.total(id_).outcomes["skipped"] == 2


def test_a_silence_about_somebody_who_was_forgotten_is_ended(world: CampaignWorld) -> None:
    world.add_contacts(1)
    world.meta.fate = lambda _: "failing"
    id_ = world.start()
    world.run_for(1)
    assert world.recipients(id_)[0].state == UNSETTLED
    world.dynamodb.update_item(
        **place(world, id_),
        UpdateExpression="SET lane = :nobody REMOVE phone, contact_id",
        ExpressionAttributeValues={":nobody": {"S": "-"}},
    )
    world.meta.fate = lambda _: "ok"
    world.run_for(8)
    assert world.meta.accepted == []
    assert dict(world.total(id_).failures) == {"no_word": 1}
