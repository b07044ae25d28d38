"""Campaigns that are under way, of all workspaces, by the number that they are sent from: kept in
the directory, for whoever comes each minute and knows no tenant yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.store import campaign_keys, keys
from shared.store.partitions import items
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Active:
    channel: str
    tenant: Tenant
    campaign: str


class ActiveCampaigns:
    def __init__(self, table: str, dynamodb: Any) -> None:
        self._table = table
        self._dynamodb = dynamodb

    def add(self, one: Active) -> None:
        self._dynamodb.put_item(TableName=self._table, Item=_key(one))

    def remove(self, one: Active) -> None:
        self._dynamodb.delete_item(TableName=self._table, Key=_key(one))

    def all(self, channel: str = "") -> Iterator[Active]:
        """In the order of channels; of one, where it is named."""
        prefix = f"{channel}#" if channel else ""
        for item in items(self._dynamodb, self._table, campaign_keys.ACTIVE_CAMPAIGNS, prefix):
            channel_id, tenant, campaign = item["sk"]["S"].split("#")
            yield Active(channel_id, Tenant(tenant), campaign)


def _key(one: Active) -> Any:
    place = campaign_keys.active_campaign(one.channel, one.tenant.id, one.campaign)
    return keys.key(campaign_keys.ACTIVE_CAMPAIGNS, place)
