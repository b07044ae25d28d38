"""The price list of a workspace: one item."""

from __future__ import annotations

import json
from typing import Any

from shared.campaigns.prices import CATEGORIES, NONE_YET, RateCard
from shared.json_types import JsonObject
from shared.store import campaign_keys
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant


class RateCardChangedError(Exception):
    """It was changed since it was read."""


class RateCards:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._key = campaign_keys.rate_card(tenant)
        self._table = table
        self._dynamodb = dynamodb

    def get(self) -> RateCard | None:
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key, ConsistentRead=True
        ).get("Item")
        if item is None:
            return None
        prices = {name: float(item[name]["N"]) for name in CATEGORIES if name in item}
        # One that was entered before there were countries has one price for all.
        countries = json.loads(item["countries"]["S"]) if "countries" in item else {}
        return RateCard(item["currency"]["S"], prices, int(item["revision"]["N"]), countries)

    def put(self, card: RateCard, beside: Write) -> None:
        """In the place of the revision before it. Raises RateCardChangedError."""
        prices: JsonObject = {name: {"N": str(price)} for name, price in card.prices.items()}
        revision = {"N": str(card.revision)}
        item = {
            **self._key,
            "currency": {"S": card.currency},
            "revision": revision,
            "countries": {"S": json.dumps(card.countries, separators=(",", ":"))},
            **prices,
        }
        condition: JsonObject = {"ConditionExpression": "attribute_not_exists(pk)"}
        if card.revision > NONE_YET + 1:
            before = {":before": {"N": str(card.revision - 1)}}
            condition = {
                "ConditionExpression": "revision = :before",
                "ExpressionAttributeValues": before,
            }
        put = {"Put": {"TableName": self._table, "Item": item, **condition}}
        commit(self._dynamodb, [Write(put, RateCardChangedError()), beside])
