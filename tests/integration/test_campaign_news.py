"""What becomes of a campaign's messages, told to the shop's own address and shown in the inbox."""

from __future__ import annotations

import json
from typing import Final

import httpx

from local.stack import LocalStack
from tests import campaign_side
from tests.api_side import Api
from tests.meta_side import Meta
from tests.running import eventually

_PHONES: Final = [f"628139000{n:04d}" for n in range(3000, 3003)]


def test_webhooks_and_the_inbox_know_what_became_of_it(
    stack: LocalStack, meta: Meta, api: Api
) -> None:
    shop = f"{stack.addresses.shop_url.rstrip('/')}/webhooks"
    hook = {"url": shop, "types": ["message.delivered"]}
    webhook = api.post("webhooks", hook).raise_for_status().json()["id"]
    campaign = campaign_side.start(api, meta, _PHONES)

    def told() -> dict[str, str]:
        """The conversations of those whom the campaign reached, as the shop's address heard."""
        items = httpx.get(shop, trust_env=False).json()["items"]
        found = [json.loads(one["body"])["data"] for one in items]
        return {
            one["recipient_id"]: one["conversation_id"]
            for one in found
            if one.get("campaign_id") == campaign.id
        }

    conversations = eventually(told, lambda seen: len(seen) == len(_PHONES), seconds=180)

    def shown() -> list[tuple[str, str]]:
        place = f"conversations/{next(iter(conversations.values()))}/messages"
        items = api.get(place).json().get("items", [])
        return [(one["kind"], one["status"]) for one in items]

    eventually(shown, lambda lines: lines == [("campaign_sent", "delivered")])
    api.delete(f"webhooks/{webhook}").raise_for_status()
