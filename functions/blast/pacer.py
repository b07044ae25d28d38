"""Each minute, for each number: let go of its campaigns what it may send until the next look.

What is released is committed together with how far the campaign came and what it took of the tier;
then it is handed to the queue. A pacer that died in between is followed by one that hands the same
over again, and of two at once only one commits. Chunks that come twice find their recipients
claimed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from blast.chunks import entry
from blast.circuit import why_to_stop
from blast.planning import (
    STALLED_MS,
    Planned,
    Share,
    is_quiet,
    plan,
    rate,
    seconds_to_quiet,
    tier_of,
)
from shared.aws import client
from shared.campaigns.halts import because
from shared.campaigns.outcomes import QUEUED
from shared.campaigns.tallies import Tally, added
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.pacing import SECOND
from shared.queues import Entry, encode, send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.active_campaigns import Active, ActiveCampaigns
from shared.store.campaigns import (
    BEGINNING,
    CANCELLED,
    FINISHED,
    PAUSED,
    RUNNING,
    AlreadyPacedError,
    Campaign,
    CampaignNotFoundError,
    Campaigns,
    CampaignStateError,
    Release,
)
from shared.store.channels import ChannelNotFoundError, Channels, Health
from shared.store.directory import Directory, Number
from shared.store.inbound_rates import InboundRates
from shared.store.tallies import Tallies
from shared.store.tiers import TierChangedError, Tiers
from shared.store.transactions import Write
from shared.tenancy import Tenant

# A second look so soon is somebody else's first. What is let go lasts longer than this and the
# minute to the next look.
_TWICE_MS: Final = 10_000
_HANDED_OVER_MS: Final = 30_000  # by whoever released it, or never
_SAMPLES: Final = 5
_LOOKED_AFTER_MS: Final = 2 * 24 * 3_600_000
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Settings:
    campaigns_table: str
    directory_table: str
    workspaces_table: str
    usage_table: str
    campaign_paces_queue_url: str
    campaign_chunks_queue_url: str


@dataclass(frozen=True, slots=True)
class Running:
    campaign: Campaign
    tallies: Mapping[int, Tally]
    total: Tally

    @property
    def is_open(self) -> bool:
        """Whether anybody is to be sent to, or looked at again."""
        return self.total.due > 0 or self.total.states.get(QUEUED, 0) > 0


@dataclass(frozen=True, slots=True)
class _Going:
    """What is let go of one campaign; `beside` is written in the same transaction."""

    running: Running
    share: Share
    planned: Planned
    beside: Sequence[Write]


@dataclass(frozen=True, slots=True)
class Pacer:
    settings: Settings
    directory: Directory
    actives: ActiveCampaigns
    dynamodb: Any
    sqs: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: a minute has begun, or one number is to be looked at."""
        body = json.loads(record["body"])
        if "channel" in body:
            self.pace(body["channel"])
            return
        channels = [name for name, _ in groupby(self.actives.all(), lambda one: one.channel)]
        entries = [Entry(encode({"v": 1, "channel": name}), group=name) for name in channels]
        send_all(self.sqs, self.settings.campaign_paces_queue_url, entries)
        count("NumbersPaced", len(entries))

    def pace(self, channel: str) -> None:
        actives = list(self.actives.all(channel))
        number = self.directory.number(channel)
        for tenant, those in groupby(actives, lambda one: one.tenant):
            owned = number if number is not None and number.tenant == tenant else None
            self._pace_tenant(tenant, channel, owned, list(those))

    def _pace_tenant(
        self, tenant: Tenant, channel: str, number: Number | None, actives: Sequence[Active]
    ) -> None:
        health = self._health(tenant, channel)
        running: list[Running] = []
        for one in actives:
            found = self._look(one)
            if found is not None and self._goes_on(tenant, found, number, health):
                running.append(found)
        if number is None or not running:
            return
        busy = 0
        for _ in range(_TRIES):
            busy += self._release(tenant, number, health, running, busy)
            if not running:
                return

    def _look(self, active: Active) -> Running | None:
        """A campaign that is under way; one that is over is forgotten here."""
        campaigns = self._campaigns(active.tenant)
        try:
            campaign = campaigns.get(active.campaign)
        except CampaignNotFoundError:
            self.actives.remove(active)
            return None
        tallies = self._tallies(active.tenant, campaign.id).all()
        running = Running(campaign, tallies, added(tallies.values()))
        if campaign.status == RUNNING and running.is_open:
            return running
        if campaign.status == RUNNING:
            self._finish(active, campaign)
        elif campaign.status == FINISHED:
            self._look_after(active, campaign, running.total)
        elif campaign.status == CANCELLED and running.is_open:
            self._settle_cancelled(active.tenant, campaign, tallies)
        elif (
            campaign.status == CANCELLED
            and self.clock() - (campaign.finished_at or 0) > _LOOKED_AFTER_MS
        ):
            # Until then WhatsApp may say that it held a message back, who is cancelled then.
            self.actives.remove(active)
        return None

    def _finish(self, active: Active, campaign: Campaign) -> None:
        try:
            self._campaigns(active.tenant).move(
                campaign.id, (RUNNING,), FINISHED, finished_at=self.clock(), reason=None
            )
        except CampaignStateError:
            return
        count("CampaignsFinished")

    def _look_after(self, active: Active, campaign: Campaign, total: Tally) -> None:
        """WhatsApp may say for days that it held a message back: it runs again for those."""
        now, finished_at = self.clock(), campaign.finished_at or 0
        if total.waiting and (total.due_at or now) <= now:
            try:
                self._campaigns(active.tenant).move(
                    campaign.id, (FINISHED,), RUNNING, finished_at=None
                )
            except CampaignStateError:
                return
        elif not total.waiting and now - finished_at > _LOOKED_AFTER_MS:
            self.actives.remove(active)

    def _goes_on(
        self, tenant: Tenant, running: Running, number: Number | None, health: Health
    ) -> bool:
        campaign, now = running.campaign, self.clock()
        reason = (
            because("number_gone")
            if number is None
            else because("number_held", details=number.held)
            if number.held
            else why_to_stop(running.total, campaign.baseline, health.quality, campaign.quality)
        )
        if reason:
            try:
                self._campaigns(tenant).move(campaign.id, (RUNNING,), PAUSED, reason=reason)
            except CampaignStateError:
                return False
            count("CampaignsStopped")
            return False
        since = now - campaign.paced_at
        if since < (_HANDED_OVER_MS if campaign.outbox else _TWICE_MS):
            return False
        if campaign.outbox:
            # Whoever released it died before it was in the queue.
            self._hand_over(tenant, campaign, campaign.outbox, self._every(number, 0.0))
        quiet = campaign.plan.get("quiet_hours")
        zone = campaign.plan["time_zone"]
        return not (quiet and is_quiet(now, quiet["begin"], quiet["end"], zone))

    def _release(
        self, tenant: Tenant, number: Number, health: Health, waiting: list[Running], busy: int
    ) -> int:
        """Those that wait are let go, and wait no more, until another number of the business takes
        of the tier; answers how many people of the number's minute they have now. `busy` are those
        of campaigns that were let go before."""
        now = self.clock()
        inbound = InboundRates(tenant, self.settings.usage_table, self.settings.campaigns_table)
        pace = rate(number.per_second, inbound.look(self.dynamodb, now))
        table = self.settings.campaigns_table
        tiers = Tiers(tenant, health.portfolio, number.waba_id, table, self.dynamodb)
        limit, used = tier_of(health.messaging_limit), tiers.used()
        left = None if limit is None else max(0, limit - used.in_a_day(now))
        shares = [_share(one, now) for one in waiting]
        planned = plan(shares, pace, left, now, busy)
        taken = 0
        for share in shares:
            own = planned[share.id]
            more = used.with_more(own.people, now) if own.people and share.metered else None
            beside = [tiers.put(more, now)] if more else []
            going = _Going(waiting[0], share, own, beside)
            try:
                self._let_go(tenant, going, round(SECOND / pace), now)
            except TierChangedError:
                return taken
            except AlreadyPacedError:
                pass  # another pacer has let go of it, or it runs no more
            else:
                used = replace(more, version=used.version + 1) if more else used
                taken += share.backlog + own.people
            waiting.pop(0)
        return taken

    def _let_go(self, tenant: Tenant, going: _Going, every: int, now: int) -> None:
        campaign, planned = going.running.campaign, going.planned
        samples = [*campaign.samples, [now, going.running.total.funnel["sent"]]][-_SAMPLES:]
        epoch = campaign.epoch + (going.share.cursor == BEGINNING != campaign.cursor)
        release = Release(planned.chunks, planned.cursor, epoch, samples)
        self._campaigns(tenant).release(campaign, release, now, going.beside)
        after = replace(campaign, epoch=epoch, paces=campaign.paces + 1)
        self._hand_over(tenant, after, planned.chunks, every)
        count("RecipientsReleased", planned.people)

    def _hand_over(
        self, tenant: Tenant, campaign: Campaign, chunks: Sequence[JsonObject], every: int
    ) -> None:
        entries = [entry(tenant, campaign.id, campaign.epoch, every, one) for one in chunks]
        send_all(self.sqs, self.settings.campaign_chunks_queue_url, entries)
        self._campaigns(tenant).handed_over(campaign.id, campaign.paces)

    def _settle_cancelled(
        self, tenant: Tenant, campaign: Campaign, tallies: Mapping[int, Tally]
    ) -> None:
        """What was in flight when it was cancelled has WhatsApp's word by now, or never will."""
        now = self.clock()
        due = [block for block, one in tallies.items() if one.due_at and one.due_at <= now]
        chunks = [{"block": block, "due": True, "delay": 0} for block in due]
        entries = [entry(tenant, campaign.id, campaign.epoch, SECOND, one) for one in chunks]
        send_all(self.sqs, self.settings.campaign_chunks_queue_url, entries)

    def _every(self, number: Number | None, inbound: float) -> int:
        return round(SECOND / rate(number.per_second if number else 1, inbound))

    def _health(self, tenant: Tenant, channel: str) -> Health:
        channels = Channels(
            tenant,
            self.settings.workspaces_table,
            self.settings.directory_table,
            self.dynamodb,
        )
        try:
            return channels.get(channel).health
        except ChannelNotFoundError:
            return Health()

    def _campaigns(self, tenant: Tenant) -> Campaigns:
        return Campaigns(tenant, self.settings.campaigns_table, self.dynamodb)

    def _tallies(self, tenant: Tenant, campaign: str) -> Tallies:
        return Tallies(tenant, campaign, self.settings.campaigns_table, self.dynamodb)


def _share(running: Running, now: int) -> Share:
    """A campaign whose last release lies so far back that nobody can be at it any more begins at
    its first recipient again: those who are not queued are passed over."""
    campaign, quiet = running.campaign, running.campaign.plan.get("quiet_hours")
    zone = campaign.plan["time_zone"]
    share = Share(
        campaign.id,
        campaign.weight,
        campaign.cursor,
        running.tallies,
        metered=campaign.plan["message"].get("type") == "template",
    )
    if quiet:
        left = seconds_to_quiet(now, quiet["begin"], quiet["end"], zone)
        share = replace(share, seconds=left)
    is_stalled = share.backlog and not share.ahead and now - campaign.released_at > STALLED_MS
    return replace(share, cursor=BEGINNING) if is_stalled else share


@lru_cache(maxsize=1)
def _pacer() -> Pacer:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    return Pacer(
        settings,
        Directory(settings.directory_table, dynamodb),
        ActiveCampaigns(settings.directory_table, dynamodb),
        dynamodb,
        client("sqs"),
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _pacer().run)
