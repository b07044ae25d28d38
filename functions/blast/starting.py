"""A campaign starts: now, or when its time has come."""

from __future__ import annotations

from blast.people import PARTS
from blast.workbench import Workbench
from shared.job_queue import work_entry
from shared.queues import Entry
from shared.store.campaigns import PREPARING, SCHEDULED, Campaign
from shared.tenancy import Tenant


def freeze_entries(tenant: Tenant, campaign_id: str) -> list[Entry]:
    return [work_entry(tenant, "freeze", campaign_id, part=part) for part in range(PARTS)]


def fire(bench: Workbench, campaign: Campaign, token: str) -> None:
    """The time of a schedule has come; one that was changed or taken back meanwhile has another
    token. Raises CampaignStateError."""
    if campaign.status != SCHEDULED or token != schedule_token(campaign):
        return
    # Handed over before it is written: the work waits for that, and no crash leaves it without.
    bench.hand_over(*freeze_entries(bench.tenant, campaign.id))
    bench.campaigns.move(campaign.id, (SCHEDULED,), PREPARING, starts_at=None, schedule=None)


def schedule_token(campaign: Campaign) -> str:
    """Of what fires for it; what was scheduled before schedules had names has one of its own."""
    return campaign.schedule or f"{campaign.starts_at}-{campaign.revision}"
