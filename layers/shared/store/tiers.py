"""How many people a business's numbers were released to in the last 24 hours, in slots of ten
minutes: one item of each business, written in the transaction of the release itself.

A slot counts until its last minute is a day old, so that what is left is told too low rather than
too high.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from shared.store import campaign_keys, keys
from shared.store.transactions import Write
from shared.tenancy import Tenant

SLOT_MS: Final = 600_000
DAY_MS: Final = 24 * 3_600_000


class TierChangedError(Exception):
    """Another number of the business has released since it was read."""


@dataclass(frozen=True, slots=True)
class Used:
    """`slots` by the number of the slot since 1970."""

    slots: Mapping[int, int]
    version: int = 0

    def in_a_day(self, now: int) -> int:
        return sum(self._young(now).values())

    def with_more(self, people: int, now: int) -> Used:
        slots = self._young(now)
        slots[now // SLOT_MS] = slots.get(now // SLOT_MS, 0) + people
        return replace(self, slots=slots)

    def _young(self, now: int) -> dict[int, int]:
        return {
            slot: people
            for slot, people in self.slots.items()
            if (slot + 1) * SLOT_MS > now - DAY_MS
        }


class Tiers:
    """Of one business, as WhatsApp counts: a `portfolio` with all its accounts, or where that is
    not known, the account `waba_id` alone."""

    def __init__(
        self, tenant: Tenant, portfolio: str, waba_id: str, table: str, dynamodb: Any
    ) -> None:
        self._pk = campaign_keys.tier(tenant)
        self._names = campaign_keys.tier_names(portfolio, waba_id)
        self._table = table
        self._dynamodb = dynamodb

    def used(self) -> Used:
        """Of a business that was counted under another name until now, what was counted there."""
        for name in self._names:
            key = keys.key(self._pk, name)
            item = self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get(
                "Item"
            )
            if item is not None:
                raw = json.loads(item["slots"]["S"])
                slots = {int(slot): people for slot, people in raw.items()}
                return Used(slots, int(item["version"]["N"]) if name == self._names[0] else 0)
        return Used({})

    def put(self, used: Used, now: int) -> Write:
        """A member of the release's transaction; its refusal is TierChangedError."""
        condition = "attribute_not_exists(pk)" if not used.version else "version = :before"
        before = {":before": {"N": str(used.version)}} if used.version else None
        request = {
            "TableName": self._table,
            "Item": {
                **keys.key(self._pk, self._names[0]),
                "slots": {"S": json.dumps(dict(used.slots), separators=(",", ":"))},
                "version": {"N": str(used.version + 1)},
                "expires_at": {"N": str((now + 2 * DAY_MS) // 1000)},
            },
            "ConditionExpression": condition,
            **({"ExpressionAttributeValues": before} if before else {}),
        }
        return Write({"Put": request}, TierChangedError())
