"""What Meta says about campaigns' messages: one write for each person, and then one count of each
block that was touched, for all statuses of a batch together."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from gateway.coalesce import Receipt
from shared.campaigns.callbacks import RecipientRef
from shared.clock import Clock
from shared.observability import count, logger
from shared.store.recipients import Recipients
from shared.store.tallies import Tallies
from shared.tenancy import Tenant


class CampaignReceipts:
    """Of one batch."""

    def __init__(self, table: str, dynamodb: Any, clock: Clock) -> None:
        self._table = table
        self._dynamodb = dynamodb
        self._clock = clock
        self._touched: dict[tuple[Tenant, str], set[int]] = defaultdict(set)

    def apply(self, tenant: Tenant, ref: RecipientRef, receipt: Receipt) -> str | None:
        """Answers the contact of the conversation where the receipt is about the person's wish."""
        # Also where nothing moves: whoever applied it before may have died before they counted.
        self._touched[tenant, ref.campaign].add(ref.block)
        recipients = Recipients(tenant, ref.campaign, self._table, self._dynamodb)
        moved = recipients.receipt(
            ref, receipt.status, receipt.details, self._clock(), pricing=receipt.pricing
        )
        count("ReceiptsApplied" if moved else "ReceiptsStale")
        if not receipt.stops_marketing:
            return None
        found = recipients.find(ref)
        return found.lane if found else None

    def recount(self) -> bool:
        """Whether all of it could be counted."""
        try:
            for (tenant, campaign), blocks in self._touched.items():
                Tallies(tenant, campaign, self._table, self._dynamodb).recount(blocks)
        except Exception:
            logger.exception("campaign not counted")
            return False
        return True
