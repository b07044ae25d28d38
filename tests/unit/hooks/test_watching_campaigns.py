"""What happens to campaigns' messages is told from their recipients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from hooks.watching_campaigns import CampaignNotices, Channels
from shared.json_types import JsonObject
from shared.notices import MESSAGE_DELIVERED, MESSAGE_FAILED, MESSAGE_READ, MESSAGE_SENT, Notice
from shared.store import campaign_keys
from shared.store.campaigns import DRAFT, Campaign, Campaigns
from shared.store.recipient_items import Recipient
from shared.store.recipients import Recipients
from shared.store.transactions import Write
from shared.tenancy import Tenant
from tests.fakes import FakeClock

TENANT, CHANNEL = Tenant("ws_campaigns"), "200300"
ONE = Recipient(0, 7, "lane", phone="62811000001")


@dataclass
class World:
    dynamodb: Any
    campaign: str
    before: JsonObject | None = None

    def __post_init__(self) -> None:
        self.recipients = Recipients(TENANT, self.campaign, "campaigns", self.dynamodb)
        self.notices = CampaignNotices(Channels("campaigns", self.dynamodb, FakeClock()).of)

    def look(self) -> Notice | None:
        """What the newest change of the recipient is worth."""
        pk = campaign_keys.recipients(TENANT, self.campaign, 0)
        key = {"pk": {"S": pk}, "sk": {"S": campaign_keys.recipient(7)}}
        now = self.dynamodb.get_item(TableName="campaigns", Key=key)["Item"]
        change = {"Keys": key, "NewImage": now, "ApproximateCreationDateTime": 1.5}
        if self.before is not None:
            change["OldImage"] = self.before
        self.before = now
        told = self.notices.notice(change)
        assert told is None or told[0] == TENANT
        return told[1] if told else None

    def sends(self, wamid: str) -> Notice | None:
        (one,) = self.recipients.block(0)
        assert self.recipients.claim(one, 9) is not None
        assert self.look() is None, "being sent is not told"
        self.recipients.sent(ONE.ref(self.campaign), wamid, 2)
        return self.look()

    def hears(self, state: str, **details: str) -> Notice | None:
        self.recipients.receipt(ONE.ref(self.campaign), state, details, 3)
        return self.look()


@pytest.fixture
def world(dynamodb: Any, request: pytest.FixtureRequest) -> World:
    name = request.node.name.replace("_", "")[-30:]
    plan = {"channel_id": CHANNEL, "message": {}, "variables": {}, "audience": {}}
    made = Campaign(id=name, name="Sale", status=DRAFT, plan=plan)
    mark = {"Put": {"TableName": "campaigns", "Item": {"pk": {"S": name}, "sk": {"S": "mark"}}}}
    Campaigns(TENANT, "campaigns", dynamodb).create(made, Write(mark))
    found = World(dynamodb, name)
    found.recipients.add(0, [ONE])
    assert found.look() is None
    return found


def test_each_step_is_told_once(world: World) -> None:
    sent = world.sends("wamid.1")
    assert sent is not None
    assert (sent.type, sent.at, sent.contact) == (MESSAGE_SENT, 1500, "lane")
    assert sent.data == {
        "conversation_id": f"{CHANNEL}.lane",
        "campaign_id": world.campaign,
        "recipient_id": "0-7",
        "wamid": "wamid.1",
    }
    steps = [world.hears("delivered"), world.hears("read"), world.hears("read")]
    assert [one.type if one else None for one in steps] == [MESSAGE_DELIVERED, MESSAGE_READ, None]


def test_a_failure_says_why(world: World) -> None:
    world.sends("wamid.1")
    failed = world.hears("failed", code="131026", reason="Not on WhatsApp", wamid="wamid.1")
    assert failed is not None
    assert (failed.type, failed.data["reason"]) == (MESSAGE_FAILED, "Not on WhatsApp")


def test_another_try_is_told_as_another_message(world: World) -> None:
    first = world.sends("wamid.1")
    world.hears("failed", code="131047", reason="Too late", wamid="wamid.1")
    world.recipients.reopen(ONE.ref(world.campaign), 4)
    assert world.look() is None
    again = world.sends("wamid.2")
    assert first is not None
    assert again is not None
    assert first.id != again.id


def test_what_waits_for_another_try_has_not_failed(world: World) -> None:
    world.sends("wamid.1")
    assert world.hears("failed", code="131049", reason="Held back", wamid="wamid.1") is None


def test_a_deleted_campaign_is_silent(world: World, dynamodb: Any) -> None:
    key = {"pk": {"S": campaign_keys.campaigns(TENANT)}, "sk": {"S": world.campaign}}
    dynamodb.delete_item(TableName="campaigns", Key=key)
    assert world.sends("wamid.1") is None


@pytest.mark.parametrize("pk", ["t#CAMPAIGNS", "t#CAMPAIGN#sale#TALLY#3", "t#TIER", "t#RATES"])
def test_only_recipients_are_told_of(pk: str) -> None:
    notices = CampaignNotices(lambda *_: CHANNEL)
    change = {"Keys": {"pk": {"S": pk}, "sk": {"S": "0"}}, "NewImage": {"state": {"S": "sent"}}}
    assert notices.notice(change) is None
