"""Some recipients of any of a workspace's campaigns, read together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shared.campaigns.callbacks import RecipientRef
from shared.store import campaign_keys, keys
from shared.store.recipient_items import Recipient, recipient_of
from shared.store.transactions import BusyError
from shared.tenancy import Tenant

_MOST_KEYS: Final = 100  # of one BatchGetItem
_TRIES: Final = 6


def many_recipients(
    tenant: Tenant, refs: Sequence[RecipientRef], table: str, dynamodb: Any
) -> dict[RecipientRef, Recipient]:
    """Those that are there. Raises BusyError."""
    places = {_place(tenant, ref): ref for ref in refs}
    found: dict[RecipientRef, Recipient] = {}
    wanted = list(places)
    for start in range(0, len(wanted), _MOST_KEYS):
        asked: Any = {
            table: {"Keys": [keys.key(*one) for one in wanted[start : start + _MOST_KEYS]]}
        }
        for _ in range(_TRIES):
            answer = dynamodb.batch_get_item(RequestItems=asked)
            for item in answer["Responses"].get(table, []):
                ref = places[item["pk"]["S"], item["sk"]["S"]]
                found[ref] = recipient_of(ref.block, item)
            asked = answer.get("UnprocessedKeys")
            if not asked:
                break
        else:
            raise BusyError
    return found


def _place(tenant: Tenant, ref: RecipientRef) -> tuple[str, str]:
    pk = campaign_keys.recipients(tenant, ref.campaign, ref.block)
    return pk, campaign_keys.recipient(ref.number)
