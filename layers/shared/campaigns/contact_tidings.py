"""What a contact's record is told of a campaign's message when WhatsApp says more about it. Pure.

Its conversation tells that the message was sent, and that it was answered. Of the statuses only
those are told that change what a segment asks for: that it was read, that it failed for good, and
that another try after a failure arrived.
"""

from __future__ import annotations

from collections.abc import Sequence

from shared.campaigns.outcomes import DELIVERED, READ, outcome_of
from shared.contacts.handing_over import Change, entry_of_conversation
from shared.delivery import FAILED
from shared.lanes import Identity
from shared.queues import Entry
from shared.store.recipient_items import Recipient
from shared.tenancy import Tenant


def is_news(one: Recipient) -> bool:
    """Whether a segment may ask for what has become of it. Of who was forgotten nobody knows."""
    outcome = outcome_of(one.state)
    if not _identities(one):
        return False
    had_failed = one.reopened or bool(one.old_wamids)
    return outcome in (READ, FAILED) or (outcome == DELIVERED and had_failed)


def tidings(tenant: Tenant, channel: str, campaign: str, one: Recipient) -> Entry:
    """For the queue `Contacts`. Told twice, nothing changes."""
    state = outcome_of(one.state)
    change = Change(
        f"campaign:{one.ref(campaign).id}:{campaign}:{state}",
        one.updated_at,
        {"op": "campaign", "campaign_id": campaign, "state": state},
    )
    return entry_of_conversation(tenant, channel, one.lane, _identities(one), [change])


def _identities(one: Recipient) -> Sequence[Identity]:
    known = (("bsuid", one.bsuid), ("wa_id", one.phone))
    return [Identity(kind, value) for kind, value in known if value]
