"""Campaigns as people write them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from blast import place
from blast.app import api, told
from blast.refusals import NOT_IN_BULK, TOO_LARGE
from blast.shapes import CampaignChange, CampaignPage, CampaignShown, HaltShown, NewCampaign
from shared.api import Cursor, Limit, ProblemError
from shared.api.problems import CHANGED_MEANWHILE
from shared.campaigns.halts import Halt
from shared.channels.capabilities import IN_BULK
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.job_queue import work_entry
from shared.permissions import Permission
from shared.store.campaigns import (
    CANCELLED,
    DRAFT,
    FINISHED,
    Campaign,
    CampaignStateError,
)

_PLAN: Final = (
    "channel_id",
    "message",
    "variables",
    "audience",
    "frequency_cap",
    "quiet_hours",
    "time_zone",
)
_MOST_BYTES: Final = 250_000  # an item holds 400 kB, and what is let go of a campaign beside it
_REMOVABLE: Final = (DRAFT, FINISHED, CANCELLED)


@api.endpoint("GET", "/v1/campaigns", permission=Permission.READ_CAMPAIGNS)
def list_campaigns(limit: Limit = 50, cursor: Cursor = None) -> CampaignPage:
    """List campaigns, newest first."""
    found, next_cursor = place.bench(api.caller.workspace).campaigns.page(limit, cursor)
    return CampaignPage(items=[shown(one) for one in found], next_cursor=next_cursor)


@api.endpoint("POST", "/v1/campaigns", permission=Permission.EDIT_CAMPAIGNS, status=201)
def create_campaign(body: NewCampaign) -> CampaignShown:
    """Write a campaign. It is a draft until it is started."""
    _check_channel(body.channel_id)
    now = now_ms()
    plan = {name: value for name, value in body.model_dump().items() if name in _PLAN}
    _check_size(plan)
    made = Campaign(
        id=contact_id_at(now),
        name=body.name,
        status=DRAFT,
        plan=plan,
        weight=body.weight,
        created_at=now,
        created_by=api.actor.name,
        updated_at=now,
    )
    campaigns = place.bench(api.caller.workspace).campaigns
    campaigns.create(made, told("campaign.created", made.id, now, name=body.name))
    api.tell_revision(made.revision)
    return shown(made)


@api.endpoint("GET", "/v1/campaigns/{campaign_id}", permission=Permission.READ_CAMPAIGNS)
def get_campaign(campaign_id: str) -> CampaignShown:
    """Get a campaign, with its revision as ETag."""
    return with_revision(campaign_id)


@api.endpoint(
    "PATCH",
    "/v1/campaigns/{campaign_id}",
    permission=Permission.EDIT_CAMPAIGNS,
    if_match=True,
)
def change_campaign(campaign_id: str, body: CampaignChange) -> CampaignShown:
    """Change a draft; of a campaign that was started only the name and the weight."""
    campaigns = place.bench(api.caller.workspace).campaigns
    before = campaigns.get(campaign_id)
    if before.revision != api.revision:
        raise ProblemError(CHANGED_MEANWHILE)
    given = body.model_dump(exclude_none=True)
    plan: dict[str, Any] = {
        **before.plan,
        **{name: value for name, value in given.items() if name in _PLAN},
        **dict.fromkeys(given["clear"]),
    }
    # The audience is whole where it is given: what was left out of it is empty.
    if body.audience is not None:
        plan["audience"] = body.audience.model_dump()
    if plan != before.plan and before.status != DRAFT:
        raise CampaignStateError(campaign_id)
    if plan["channel_id"] != before.channel:
        _check_channel(plan["channel_id"])
    _check_size(plan)
    name, weight = given.get("name", before.name), given.get("weight", before.weight)
    campaigns.change(before, name, plan, weight, now_ms())
    return with_revision(campaign_id)


@api.endpoint(
    "DELETE", "/v1/campaigns/{campaign_id}", permission=Permission.EDIT_CAMPAIGNS, status=204
)
def delete_campaign(campaign_id: str) -> None:
    """Delete a draft, or a campaign that is over, with what is known of its recipients."""
    bench = place.bench(api.caller.workspace)
    if bench.campaigns.get(campaign_id).status not in _REMOVABLE:
        raise CampaignStateError(campaign_id)
    entry = told("campaign.deleted", campaign_id, now_ms())
    # The work waits for the write: no crash leaves people's data behind.
    bench.hand_over(work_entry(api.caller.workspace, "erase", campaign_id))
    bench.campaigns.remove(campaign_id, _REMOVABLE, entry)


def with_revision(campaign_id: str) -> CampaignShown:
    found = place.bench(api.caller.workspace).campaigns.get(campaign_id)
    api.tell_revision(found.revision)
    return shown(found)


def shown(campaign: Campaign) -> CampaignShown:
    plan = campaign.plan
    return CampaignShown.model_validate(
        {
            **{name: plan.get(name) for name in _PLAN},
            "id": campaign.id,
            "name": campaign.name,
            "status": campaign.status,
            "reason": _halt(campaign.reason),
            "weight": campaign.weight,
            "people": campaign.people,
            "starts_at": campaign.starts_at,
            "revision": campaign.revision,
            "created_at": campaign.created_at,
            "created_by": campaign.created_by,
            "updated_at": campaign.updated_at,
            "started_at": campaign.started_at,
            "finished_at": campaign.finished_at,
        }
    )


def _halt(reason: Halt | None) -> HaltShown | None:
    if reason is None:
        return None
    return HaltShown(code=reason.code, words=reason.words, values=dict(reason.values))


def _check_size(plan: Mapping[str, Any]) -> None:
    """Raises ProblemError."""
    if len(json.dumps(plan, separators=(",", ":"))) > _MOST_BYTES:
        raise ProblemError(TOO_LARGE)


def _check_channel(channel_id: str) -> None:
    """Raises ChannelNotFoundError or ProblemError."""
    if place.number(api.caller.workspace, channel_id).kind not in IN_BULK:
        raise ProblemError(NOT_IN_BULK)
