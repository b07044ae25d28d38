"""A campaign with a picture: it is uploaded to WhatsApp once, and whoever comes meanwhile waits."""

from __future__ import annotations

from typing import Any

from shared.campaigns.halts import because
from shared.channels.cloud_api import Refused
from shared.channels.errors import Action
from shared.json_types import JsonObject
from shared.store.campaigns import PAUSED, RUNNING
from shared.store.media_copies import Copies
from shared.store.media_files import PREFIX
from tests.unit.blast.campaign_world import TEMPLATE, CampaignWorld

PICTURE = f"{PREFIX}9f86d081884c7d65"
OLDER, NEWER = "4490709327384033", "4490709327384034"


def with_picture() -> JsonObject:
    header = {"type": "header", "parameters": [{"type": "image", "image": {"id": PICTURE}}]}
    template = TEMPLATE["template"]
    return {**TEMPLATE, "template": {**template, "components": [header, *template["components"]]}}


def copies(world: CampaignWorld) -> Copies:
    return Copies(world.tenant, "workspaces", world.dynamodb)


def pictures_of(world: CampaignWorld) -> list[Any]:
    """The ids in what WhatsApp is sent from now on."""
    sent: list[Any] = []

    def fate(payload: JsonObject) -> str:
        header = payload["template"]["components"][0]
        sent.append(header["parameters"][0]["image"]["id"])
        return "ok"

    world.meta.fate = fate
    return sent


def test_everybody_gets_the_picture_by_whatsapps_id(world: CampaignWorld) -> None:
    world.add_contacts(3)
    copies(world).uploaded(PICTURE, world.channel, OLDER, world.clock())
    sent = pictures_of(world)
    world.start(message=with_picture())
    world.run_for(2)
    assert sent == [OLDER] * 3


def test_nobody_is_claimed_while_it_is_uploaded(world: CampaignWorld) -> None:
    world.add_contacts(3)
    assert copies(world).ask(PICTURE, world.channel, world.clock())  # somebody is at it
    sent = pictures_of(world)
    id_ = world.start(message=with_picture())
    world.tick()
    world.deliver_next()
    assert (sent, world.total(id_).outcomes["queued"]) == ([], 3)
    copies(world).uploaded(PICTURE, world.channel, OLDER, world.clock())
    world.run_for(2)
    assert len(sent) == 3


def test_a_file_that_whatsapp_refuses_pauses_the_campaign_with_the_reason(
    world: CampaignWorld,
) -> None:
    world.add_contacts(3)
    why = "The file is too large for WhatsApp."
    copies(world).failed(PICTURE, world.channel, why, world.clock(), held=False)
    sent = pictures_of(world)
    id_ = world.start(message=with_picture())
    world.tick()
    world.deliver_next()
    campaign = world.campaigns.get(id_)
    assert (campaign.status, campaign.reason) == (PAUSED, because("file", details=why))
    assert (sent, world.total(id_).outcomes["queued"]) == ([], 3)


def test_a_file_that_whatsapp_has_forgotten_is_uploaded_again_and_everybody_gets_it(
    world: CampaignWorld,
) -> None:
    world.add_contacts(30, in_one_block=True)
    copies(world).uploaded(PICTURE, world.channel, OLDER, world.clock())
    world.clock.advance(24 * 3600)
    sent: list[str] = []

    def fate(payload: JsonObject) -> str | Refused:
        id_ = payload["template"]["components"][0]["parameters"][0]["image"]["id"]
        sent.append(id_)
        return "ok" if id_ == NEWER else Refused(Action.PERMANENT, "No such media", code=100)

    world.meta.fate = fate
    id_ = world.start(message=with_picture())
    world.tick()
    copies(world).ask(PICTURE, world.channel, world.clock())
    world.deliver_next()
    assert (world.campaigns.get(id_).status, sent) == (RUNNING, [OLDER])
    assert world.total(id_).outcomes["queued"] == 30
    copies(world).uploaded(PICTURE, world.channel, NEWER, world.clock())
    world.run_for(3)
    assert sent == [OLDER] + [NEWER] * 30
    assert world.total(id_).outcomes["sent"] == 30
