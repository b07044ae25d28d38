"""Campaigns are started, paused, let go on, cancelled and tried again."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from blast import place
from blast.app import api, told
from blast.audience_files import audience_file, gone_at
from blast.circuit import marks
from blast.closing import CANCELLABLE, retryable
from blast.drafts import with_revision
from blast.planning import is_quiet
from blast.readiness import errors_of
from blast.refusals import FILE_GONE_BY_THEN, NO_SUCH_TIME, NOT_READY, TIME_IS_PAST, TIME_IS_QUIET
from blast.shapes import CampaignShown, CampaignToStart, Retried, ToRetry
from blast.starting import begin
from blast.workbench import Workbench
from shared.api import ProblemError
from shared.campaigns.halts import because
from shared.campaigns.tallies import added
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.job_queue import work_entry
from shared.permissions import Permission
from shared.queues import encode
from shared.store.campaigns import (
    BEGINNING,
    CANCELLED,
    DRAFT,
    FINISHED,
    PAUSED,
    RUNNING,
    SCHEDULED,
    Campaign,
    CampaignStateError,
)
from shared.store.imports import READY
from shared.tenancy import Tenant

_SOONEST_MS: Final = 60_000


@api.endpoint("POST", "/v1/campaigns/{campaign_id}/start", permission=Permission.SEND_CAMPAIGNS)
def start_campaign(campaign_id: str, body: CampaignToStart) -> CampaignShown:
    """Start a draft, now or at a time. The audience and its values are frozen when it starts."""
    tenant, now = api.caller.workspace, now_ms()
    bench = place.bench(tenant)
    campaign = bench.campaigns.get(campaign_id)
    if campaign.status != DRAFT:
        raise CampaignStateError(campaign_id)
    _check(bench, campaign)
    if body.at is not None:
        _schedule(bench, campaign, body.at, now)
        return with_revision(campaign_id)
    entry = told("campaign.started", campaign_id, now, name=campaign.name)
    begin(bench, campaign, beside=entry, unchanged=campaign.revision)
    return with_revision(campaign_id)


@api.endpoint("POST", "/v1/campaigns/{campaign_id}/pause", permission=Permission.SEND_CAMPAIGNS)
def pause_campaign(campaign_id: str) -> CampaignShown:
    """Pause a campaign. What is being sent in this moment is."""
    campaigns = place.bench(api.caller.workspace).campaigns
    campaigns.get(campaign_id)
    entry = told("campaign.paused", campaign_id, now_ms())
    reason = because("by_hand", name=api.actor.name)
    campaigns.move(campaign_id, (RUNNING,), PAUSED, beside=entry, reason=reason)
    return with_revision(campaign_id)


@api.endpoint("POST", "/v1/campaigns/{campaign_id}/resume", permission=Permission.SEND_CAMPAIGNS)
def resume_campaign(campaign_id: str) -> CampaignShown:
    """Let a paused campaign go on. What has stopped it, and failures and opt-outs until now, do
    so no more."""
    bench, now = place.bench(api.caller.workspace), now_ms()
    campaign = bench.campaigns.get(campaign_id)
    total = added(bench.tallies(campaign_id).all().values())
    bench.campaigns.move(
        campaign_id,
        (PAUSED,),
        RUNNING,
        beside=told("campaign.resumed", campaign_id, now),
        reason=None,
        cursor=list(BEGINNING),
        epoch=campaign.epoch + 1,
        baseline=marks(total),
        quality=place.health(bench.tenant, campaign.channel).quality or None,
        released_at=now,
        outbox=None,
        paced_at=0,
    )
    bench.look_at(campaign.channel)
    return with_revision(campaign_id)


@api.endpoint("POST", "/v1/campaigns/{campaign_id}/cancel", permission=Permission.SEND_CAMPAIGNS)
def cancel_campaign(campaign_id: str) -> CampaignShown:
    """Cancel a campaign: nobody else is sent it. One that is scheduled is a draft again. One that
    is finished may be cancelled while people wait in it to be tried again."""
    tenant, now = api.caller.workspace, now_ms()
    bench = place.bench(tenant)
    campaign = bench.campaigns.get(campaign_id)
    entry = told("campaign.cancelled", campaign_id, now)
    if campaign.status == SCHEDULED:
        bench.campaigns.move(
            campaign_id, (SCHEDULED,), DRAFT, beside=entry, starts_at=None, schedule=None
        )
        return with_revision(campaign_id)
    waits = added(bench.tallies(campaign_id).all().values()).waiting
    allowed = tuple(one for one in CANCELLABLE if one != FINISHED or waits)
    if campaign.status not in allowed:
        raise CampaignStateError(campaign_id)
    # As when it starts: the work waits for the write.
    bench.hand_over(work_entry(tenant, "cancel", campaign_id))
    bench.campaigns.move(
        campaign_id, allowed, CANCELLED, beside=entry, finished_at=now, reason=None
    )
    return with_revision(campaign_id)


@api.endpoint(
    "POST",
    "/v1/campaigns/{campaign_id}/retry",
    permission=Permission.SEND_CAMPAIGNS,
    status=202,
)
def retry_campaign(campaign_id: str, body: ToRetry) -> Retried:
    """Try failed messages again, those of some classes or all that may be."""
    tenant = api.caller.workspace
    bench = place.bench(tenant)
    campaign = bench.campaigns.get(campaign_id)
    if campaign.status not in (RUNNING, PAUSED, FINISHED):
        raise CampaignStateError(campaign_id)
    classes = retryable(frozenset(body.classes))
    failures = added(bench.tallies(campaign_id).all().values()).failures
    meant = sum(number for name, number in failures.items() if name in classes)
    if meant:
        bench.hand_over(work_entry(tenant, "retry", campaign_id, classes=sorted(classes)))
    return Retried(recipients=meant)


def _check(bench: Workbench, campaign: Campaign) -> None:
    """Raises ProblemError that names everything that is wrong, or AudienceFileGoneError."""
    tenant = api.caller.workspace
    number = place.number(tenant, campaign.channel)
    columns = None
    if upload_id := campaign.plan["audience"]["upload_id"]:
        upload = audience_file(bench, upload_id)
        columns = upload.detail["dialect"]["columns"] if upload.status == READY else None
    errors = errors_of(
        campaign.plan,
        place.media(tenant).find,
        lambda name, language: bench.templates.find(number.waba_id, name, language),
        columns,
    )
    for id_ in campaign.plan["audience"]["segment_ids"]:
        bench.segments.get(id_)
    if errors:
        raise ProblemError(NOT_READY, errors=errors)


def _schedule(bench: Workbench, campaign: Campaign, at: str, now: int) -> None:
    """Raises ProblemError for a time that is past, quiet or none at all, or to which the file is
    not kept."""
    zone = campaign.plan["time_zone"]
    then = _moment(at, zone)
    if then < now + _SOONEST_MS:
        raise ProblemError(TIME_IS_PAST)
    quiet = campaign.plan.get("quiet_hours")
    if quiet and is_quiet(then, quiet["begin"], quiet["end"], zone):
        raise ProblemError(TIME_IS_QUIET)
    upload_id = campaign.plan["audience"]["upload_id"]
    if upload_id and gone_at(audience_file(bench, upload_id)) <= then:
        raise ProblemError(FILE_GONE_BY_THEN)
    # What fires without its campaign waiting for it starts nothing; the other way round a campaign
    # would wait for ever.
    name = contact_id_at(now)
    _create_schedule(bench.tenant, campaign.id, name, at, zone)
    bench.campaigns.move(
        campaign.id,
        (DRAFT,),
        SCHEDULED,
        beside=told("campaign.scheduled", campaign.id, now, starts_at=at, time_zone=zone),
        unchanged=campaign.revision,
        starts_at=at,
        schedule=name,
        reason=None,
    )


def _moment(at: str, zone: str) -> int:
    """Milliseconds. Raises ProblemError: what never comes in its zone would never fire."""
    try:
        local = datetime.fromisoformat(at)
    except ValueError as error:
        raise ProblemError(NO_SUCH_TIME) from error
    then = round(local.replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)
    if datetime.fromtimestamp(then / 1000, ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise ProblemError(NO_SUCH_TIME)
    return then


def _create_schedule(tenant: Tenant, campaign_id: str, name: str, at: str, zone: str) -> None:
    names = place.settings()
    body = {"v": 1, "work": "start", "tenant": tenant.id, "id": campaign_id, "token": name}
    place.scheduler().create_schedule(
        Name=f"campaign-{name}",
        GroupName=names.schedule_group,
        ScheduleExpression=f"at({at}:00)",
        ScheduleExpressionTimezone=zone,
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        Target={
            "Arn": names.campaign_jobs_queue_arn,
            "RoleArn": names.schedule_role_arn,
            "Input": encode(body),
            "DeadLetterConfig": {"Arn": names.campaign_jobs_dlq_arn},
        },
    )
