"""What happens to campaigns' messages, told to webhooks from what the campaigns table tells of
itself, as `hooks.watching` tells of all other messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from hooks.watching import STATES, TOLD, Watching, watching
from hooks.watching import Settings as WatchingSettings
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.notices import Notice, notice_id
from shared.observability import counted
from shared.settings import load
from shared.store import campaign_keys
from shared.store.campaigns import CampaignNotFoundError, Campaigns
from shared.store.recipient_items import recipient_of
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache

_REMEMBERED_SECONDS: Final = 600  # of a campaign that was started the number does not change


@dataclass(frozen=True, slots=True)
class Settings(WatchingSettings):
    campaigns_table: str


@dataclass(slots=True)
class CampaignNotices:
    """`channel_of` answers the number of a workspace's campaign, None where it was deleted."""

    channel_of: Callable[[Tenant, str], str | None]

    def notice(self, change: JsonObject) -> tuple[Tenant, Notice] | None:
        """What one change of an item is worth telling. `change` is a stream record's `dynamodb`."""
        place = campaign_keys.recipient_place(change["Keys"]["pk"]["S"])
        new, old = change.get("NewImage", {}), change.get("OldImage", {})
        state = new.get("state", {}).get("S")
        if place is None or state not in STATES or state == old.get("state", {}).get("S"):
            return None
        channel = self.channel_of(place.tenant, place.campaign)
        if channel is None:
            return None
        one = recipient_of(place.block, new)
        data = {
            "conversation_id": f"{channel}.{one.lane}",
            "campaign_id": place.campaign,
            "recipient_id": one.ref(place.campaign).id,
            **{name: new[name]["S"] for name in TOLD if name in new},
        }
        # A message that is tried again after a failure is told of again.
        tries = one.wamid or f"{one.rounds}.{one.attempts}"
        parts = (place.campaign, one.ref(place.campaign).id, tries)
        type_, at = STATES[state], round(change["ApproximateCreationDateTime"] * 1000)
        id_ = notice_id(place.tenant, type_, *parts)
        return place.tenant, Notice(id_, type_, at, data, contact=one.lane)


@dataclass(slots=True)
class Channels:
    """Remembers which numbers campaigns are sent from."""

    table: str
    dynamodb: Any
    clock: Clock = now_ms
    _cache: TtlCache[tuple[str, str], str | None] = field(init=False)

    def __post_init__(self) -> None:
        self._cache = TtlCache(_REMEMBERED_SECONDS, self.clock)

    def of(self, tenant: Tenant, campaign: str) -> str | None:
        return self._cache.get((tenant.id, campaign), lambda: self._load(tenant, campaign))

    def _load(self, tenant: Tenant, campaign: str) -> str | None:
        try:
            return Campaigns(tenant, self.table, self.dynamodb).get(campaign).channel
        except CampaignNotFoundError:
            return None


@lru_cache(maxsize=1)
def _watching() -> Watching:
    settings, dynamodb = load(Settings), client("dynamodb")
    channels = Channels(settings.campaigns_table, dynamodb)
    return watching(settings, dynamodb, client("sqs"), notice=CampaignNotices(channels.of).notice)


@counted
def handler(event: JsonObject, context: object) -> None:  # noqa: ARG001
    """A batch of the campaigns table's stream."""
    _watching().run(event["Records"])
