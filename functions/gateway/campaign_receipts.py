"""What Meta says about campaigns' messages: one write for each person, and then one count of each
block that was touched and one word to the contacts, for all statuses of a batch together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from gateway.coalesce import CampaignRef, Receipt
from shared.campaigns.contact_tidings import is_news, tidings
from shared.campaigns.outcomes import DELIVERED
from shared.clock import Clock
from shared.observability import count, logger
from shared.queues import Entry, send_all
from shared.store.recipients import Recipients
from shared.store.tallies import Tallies
from shared.tenancy import Tenant

_SAY_LITTLE = frozenset({"sent", DELIVERED})  # to a contact's record, but after a failure


@dataclass(slots=True)
class CampaignReceipts:
    """Of one batch."""

    table: str
    contacts_queue_url: str
    dynamodb: Any
    sqs: Any
    clock: Clock
    _touched: dict[tuple[Tenant, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    _tidings: list[Entry] = field(default_factory=list)

    def apply(self, tenant: Tenant, ref: CampaignRef, receipt: Receipt) -> str | None:
        """Answers the contact of the conversation where the receipt is about the person's wish."""
        # Also where nothing moves: whoever applied it before may have died before they counted.
        campaign = ref.recipient.campaign
        self._touched[tenant, campaign].add(ref.recipient.block)
        recipients = Recipients(tenant, campaign, self.table, self.dynamodb)
        moved = recipients.receipt(
            ref.recipient, receipt.status, receipt.details, self.clock(), pricing=receipt.pricing
        )
        count("ReceiptsApplied" if moved else "ReceiptsStale")
        found = moved
        if found is None and (receipt.stops_marketing or receipt.status not in _SAY_LITTLE):
            found = recipients.find(ref.recipient)
        if found is not None and is_news(found):
            self._tidings.append(tidings(tenant, ref.channel, campaign, found))
        return found.lane if found and receipt.stops_marketing else None

    def settle(self) -> bool:
        """Whether everything could be counted and told."""
        try:
            for (tenant, campaign), blocks in self._touched.items():
                Tallies(tenant, campaign, self.table, self.dynamodb).recount(blocks)
            send_all(self.sqs, self.contacts_queue_url, self._tidings)
        except Exception:
            logger.exception("campaign not settled")
            return False
        return True
