"""What became of campaigns: sums, people, files, and one beside another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from aws_lambda_powertools.event_handler.openapi.params import Query

from blast import place
from blast.ahead import tier_shown
from blast.app import api, told
from blast.drafts import shown
from blast.prices import billed
from blast.shapes import (
    CampaignExportShown,
    ComparedShown,
    Comparison,
    FunnelShown,
    Outcome,
    OutcomesShown,
    ReasonShown,
    RecipientPage,
    RecipientShown,
    ReportShown,
)
from blast.workbench import EXPORT, Workbench, export_path
from shared.api import Cursor, Limit
from shared.campaigns.outcomes import CLASSES, outcome_of
from shared.campaigns.tallies import Tally, added
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.job_queue import work_entry
from shared.permissions import Permission
from shared.store import cursors
from shared.store.campaigns import RUNNING, Campaign
from shared.store.imports import DONE, Job, JobNotFoundError
from shared.store.imports import RUNNING as EXPORTING
from shared.store.recipient_items import Recipient
from shared.tenancy import Tenant

_MOST_COMPARED: Final = 10
_MOST_BLOCKS: Final = 50  # that one page of recipients looks through

Ids = Annotated[str, Query(max_length=700, description="Campaigns' ids with commas between")]
OutcomeWanted = Annotated[Outcome | None, Query(description="Only those")]
ClassWanted = Annotated[
    str | None,
    Query(alias="class", pattern=r"^[a-z_]{1,40}$", description="Only those of this class"),
]


@api.endpoint("GET", "/v1/campaigns/{campaign_id}/report", permission=Permission.READ_CAMPAIGNS)
def get_campaign_report(campaign_id: str) -> ReportShown:
    """Get a campaign's sums as they are now."""
    tenant, now = api.caller.workspace, now_ms()
    bench = place.bench(tenant)
    campaign = bench.campaigns.get(campaign_id)
    total = added(bench.tallies(campaign_id).all().values())
    pace = _per_second(campaign, total, now)
    queued = total.outcomes["queued"]
    is_moving = campaign.status == RUNNING and pace > 0
    return ReportShown(
        campaign=shown(campaign),
        people=total.people,
        outcomes=OutcomesShown(**total.outcomes),
        funnel=FunnelShown(**total.funnel),
        failures=_reasons(total.failures),
        skips=_reasons(total.skips),
        opted_out=total.opted_out,
        waiting=total.waiting,
        in_flight=total.in_flight,
        next_try_at=total.due_at if total.waiting else None,
        per_second=round(pace, 2),
        seconds_left=round((queued - total.waiting) / pace) if is_moving else None,
        tier=tier_shown(tenant, campaign, now),
        cost=billed(place.rate_cards(tenant).get(), total.billable, total.free),
    )


@api.endpoint("GET", "/v1/campaigns/{campaign_id}/recipients", permission=Permission.READ_CAMPAIGNS)
def list_campaign_recipients(
    campaign_id: str,
    limit: Limit = 50,
    cursor: Cursor = None,
    outcome: OutcomeWanted = None,
    class_: ClassWanted = None,
) -> RecipientPage:
    """List a campaign's people, with what became of each."""
    bench = place.bench(api.caller.workspace)
    campaign = bench.campaigns.get(campaign_id)
    block, after = 0, -1
    if cursor is not None:
        first, second = cursors.decode(cursor, cursors.NUMBER, cursors.NUMBER)
        block, after = int(first), int(second)
    found: list[Recipient] = []
    last: tuple[int, int] | None = None
    looked = 0
    for at, tally in bench.tallies(campaign_id).all().items():
        if at < block or not _may_hold(tally, outcome, class_):
            continue
        if looked == _MOST_BLOCKS:
            return _page(campaign, found, (at, 0) if last is None else last)
        looked += 1
        for one in bench.recipients(campaign_id).block(at):
            if at == block and one.number <= after:
                continue
            if len(found) == limit:
                return _page(campaign, found, last)
            if _is_wanted(one, outcome, class_):
                found.append(one)
            last = at, one.number
    return _page(campaign, found, None)


@api.endpoint(
    "POST",
    "/v1/campaigns/{campaign_id}/exports",
    permission=Permission.READ_CAMPAIGNS,
    status=201,
)
def create_campaign_export(campaign_id: str) -> CampaignExportShown:
    """Write a campaign's people, with what became of each, into a CSV file."""
    tenant, now = api.caller.workspace, now_ms()
    bench = place.bench(tenant)
    bench.campaigns.get(campaign_id)
    job = Job(contact_id_at(now), EXPORTING, now, detail={"campaign": campaign_id})
    # Handed over before it is written: the work waits for that, and no crash leaves it without.
    bench.hand_over(work_entry(tenant, "export", job.id))
    bench.jobs(EXPORT).create(job, told("campaign.exported", campaign_id, now))
    return _export(tenant, bench, job)


@api.endpoint(
    "GET",
    "/v1/campaigns/{campaign_id}/exports/{campaign_export_id}",
    permission=Permission.READ_CAMPAIGNS,
)
def get_campaign_export(campaign_id: str, campaign_export_id: str) -> CampaignExportShown:
    """Get an export: how far it is, and a link that is good for an hour once it is done."""
    tenant = api.caller.workspace
    bench = place.bench(tenant)
    job = bench.jobs(EXPORT).get(campaign_export_id)
    if job.detail["campaign"] != campaign_id:
        raise JobNotFoundError(campaign_export_id)
    return _export(tenant, bench, job)


@api.endpoint("GET", "/v1/campaign-comparison", permission=Permission.READ_CAMPAIGNS)
def compare_campaigns(ids: Ids = "") -> Comparison:
    """Set up to ten campaigns beside each other."""
    tenant = api.caller.workspace
    bench, card = place.bench(tenant), place.rate_cards(tenant).get()
    items = []
    for id_ in list(dict.fromkeys(filter(None, ids.split(","))))[:_MOST_COMPARED]:
        campaign = bench.campaigns.get(id_)
        total = added(bench.tallies(id_).all().values())
        items.append(
            ComparedShown(
                campaign=shown(campaign),
                people=total.people,
                outcomes=OutcomesShown(**total.outcomes),
                funnel=FunnelShown(**total.funnel),
                opted_out=total.opted_out,
                cost=billed(card, total.billable, total.free),
            )
        )
    return Comparison(items=items)


def _per_second(campaign: Campaign, total: Tally, now: int) -> float:
    """Since the newest sample that is old enough to say anything."""
    known = [one for one in campaign.samples if now - one[0] >= 10_000]
    if not known:
        return 0.0
    at, accepted = known[-1]
    return max(0, total.funnel["sent"] - accepted) / ((now - at) / 1000)


def _reasons(counts: Mapping[str, int]) -> list[ReasonShown]:
    """Most first."""
    return [
        ReasonShown(
            class_=name,
            words=CLASSES[name].words,
            count=number,
            retryable=CLASSES[name].retryable,
        )
        for name, number in sorted(counts.items(), key=lambda one: -one[1])
    ]


def _may_hold(tally: Tally, outcome: str | None, class_: str | None) -> bool:
    if class_ is not None and class_ not in {*tally.failures, *tally.skips}:
        # Those who wait for another try have a class too, which no tally counts.
        return bool(tally.waiting)
    return outcome is None or tally.outcomes[outcome] > 0


def _is_wanted(one: Recipient, outcome: str | None, class_: str | None) -> bool:
    return outcome in (None, outcome_of(one.state)) and class_ in (None, one.class_)


def _page(
    campaign: Campaign, found: list[Recipient], last: tuple[int, int] | None
) -> RecipientPage:
    items = [_recipient(campaign, one) for one in found]
    next_cursor = cursors.encode(str(last[0]), str(last[1])) if last else None
    return RecipientPage(items=items, next_cursor=next_cursor)


def _recipient(campaign: Campaign, one: Recipient) -> RecipientShown:
    return RecipientShown(
        id=f"{one.block}-{one.number}",
        contact_id=one.contact_id,
        name=one.name,
        phone=f"+{one.phone}" if one.phone else None,
        outcome=outcome_of(one.state),
        class_=one.class_,
        reason=one.reason,
        tries=one.attempts + one.rounds,
        conversation_id=f"{campaign.channel}.{one.lane}" if one.told else None,
        wamid=one.wamid,
        values=dict(one.values),
        sent_at=one.sent_at or None,
        updated_at=one.updated_at,
    )


def _export(tenant: Tenant, bench: Workbench, job: Job) -> CampaignExportShown:
    del tenant
    url = None
    if job.status == DONE:
        url = bench.files.link(export_path(job.id), f"campaign-{job.detail['campaign']}.csv")
    return CampaignExportShown(
        id=job.id, status=job.status, done=job.done or 0, total=job.total, url=url
    )
