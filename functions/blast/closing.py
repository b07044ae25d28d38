"""What people want done to all recipients of a campaign: no more, once more, or away with it."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from blast.circuit import marks
from blast.workbench import Workbench
from shared.campaigns.outcomes import CLASSES, QUEUED, WAITING
from shared.campaigns.tallies import added
from shared.delivery import FAILED
from shared.fifo_batch import NotYetError
from shared.observability import count
from shared.store.active_campaigns import Active
from shared.store.campaigns import (
    CANCELLED,
    FINISHED,
    PAUSED,
    PREPARING,
    RUNNING,
    Campaign,
    CampaignNotFoundError,
)

CANCELLABLE: Final = (PREPARING, RUNNING, PAUSED, FINISHED)
_SOON_SECONDS: Final = 1.0


def cancel_soon(bench: Workbench, campaign: Campaign) -> None:
    """The work is handed over before the order is written. Raises NotYetError until then."""
    if campaign.status in CANCELLABLE:
        raise NotYetError("it is about to be cancelled", _SOON_SECONDS)
    cancel(bench, campaign)


def cancel(bench: Workbench, campaign: Campaign) -> None:
    """Whoever was not sent to is cancelled; what is in flight is left to WhatsApp's word."""
    if campaign.status != CANCELLED:
        return
    recipients, tallies = bench.recipients(campaign.id), bench.tallies(campaign.id)
    for block, one in tallies.all().items():
        if not any(one.states.get(state) for state in (QUEUED, WAITING)):
            continue
        for recipient in recipients.block(block):
            if recipient.state in (QUEUED, WAITING):
                recipients.cancel(recipient.ref(campaign.id), bench.clock())
        tallies.recount([block])


def retry(bench: Workbench, campaign: Campaign, classes: frozenset[str]) -> None:
    """Failures of these classes are tried again at once, and the campaign runs."""
    if campaign.status not in (RUNNING, PAUSED, FINISHED):
        return
    recipients, tallies = bench.recipients(campaign.id), bench.tallies(campaign.id)
    reopened = 0
    for block, one in tallies.all().items():
        if classes.isdisjoint(one.failures):
            continue
        for recipient in recipients.block(block):
            if recipient.state == FAILED and recipient.class_ in classes:
                reopened += recipients.reopen(recipient.ref(campaign.id), bench.clock())
        tallies.recount([block])
    count("RecipientsReopened", reopened)
    bench.actives.add(Active(campaign.channel, bench.tenant, campaign.id))
    if campaign.status == FINISHED:
        baseline = marks(added(tallies.all().values()))
        bench.campaigns.move(
            campaign.id, (FINISHED,), RUNNING, finished_at=None, baseline=baseline, reason=None
        )
    bench.look_at(campaign.channel)


def retryable(classes: frozenset[str]) -> frozenset[str]:
    """Those of the classes that may be tried again; of none: all that may."""
    known = {name for name, one in CLASSES.items() if one.retryable}
    return frozenset(known & classes if classes else known)


def erase(bench: Workbench, campaign_id: str) -> None:
    """Of a campaign that is deleted. Raises NotYetError until it is."""
    with suppress(CampaignNotFoundError):
        bench.campaigns.get(campaign_id)
        raise NotYetError("it is about to be deleted", _SOON_SECONDS)
    tallies = bench.tallies(campaign_id)
    for block in tallies.all():
        tallies.drop(block)
