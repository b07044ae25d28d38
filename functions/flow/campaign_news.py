"""Campaigns learn that somebody has answered. Told again, nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.campaigns.callbacks import recipient_ref
from shared.json_types import JsonObject
from shared.observability import count
from shared.store.recipients import Recipients
from shared.store.tallies import Tallies
from shared.tenancy import Tenant


def tell_campaigns(
    tenant: Tenant, replies: Sequence[tuple[int, JsonObject]], table: str, dynamodb: Any
) -> None:
    """`replies` are effects `campaign_reply`, each with when it was answered, in milliseconds."""
    for at, reply in replies:
        ref = recipient_ref(reply["campaign"], reply["recipient"])
        if ref is None:
            continue
        recipients = Recipients(tenant, ref.campaign, table, dynamodb)
        count("CampaignReplies", int(recipients.replied(ref, at)))
        if reply["opted_out"]:
            recipients.opted_out(ref)
        Tallies(tenant, ref.campaign, table, dynamodb).recount([ref.block])
