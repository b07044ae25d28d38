"""A campaign starts: now, or when its time has come."""

from __future__ import annotations

from typing import Any

from blast.people import PARTS
from blast.workbench import Workbench
from shared.campaigns.halts import because
from shared.ids import new_id
from shared.job_queue import work_entry
from shared.queues import Entry
from shared.store.campaigns import DRAFT, PREPARING, SCHEDULED, Campaign, taken
from shared.tenancy import Tenant


def freeze_entries(tenant: Tenant, campaign_id: str, start: str) -> list[Entry]:
    return [
        work_entry(tenant, "freeze", campaign_id, part=part, start=start) for part in range(PARTS)
    ]


def begin(bench: Workbench, campaign: Campaign, **more: Any) -> None:
    """Out of the state that it is in, with `more` for the move. Of those who start it at once one
    does, and the work of the others is nobody's. Raises CampaignStateError."""
    start = new_id()
    # Handed over before it is written: the work waits for that, and no crash leaves it without.
    bench.hand_over(*freeze_entries(bench.tenant, campaign.id, start))
    untaken = dict.fromkeys(map(taken, range(PARTS)))
    bench.campaigns.move(
        campaign.id, (campaign.status,), PREPARING, freezing=start, reason=None, **untaken, **more
    )


def fire(bench: Workbench, campaign: Campaign, token: str) -> None:
    """The time of a schedule has come; one that was changed or taken back meanwhile has another
    token. Raises CampaignStateError."""
    if campaign.status != SCHEDULED or token != schedule_token(campaign):
        return
    begin(bench, campaign, starts_at=None, schedule=None)


def miss(bench: Workbench, campaign: Campaign, token: str) -> None:
    """It could not start at its time: a draft again, that says so. Raises CampaignStateError."""
    if token != schedule_token(campaign):
        return
    bench.campaigns.move(
        campaign.id, (SCHEDULED,), DRAFT, reason=because("ours"), starts_at=None, schedule=None
    )


def schedule_token(campaign: Campaign) -> str:
    """Of what fires for it; what was scheduled before schedules had names has one of its own."""
    return campaign.schedule or f"{campaign.starts_at}-{campaign.revision}"
