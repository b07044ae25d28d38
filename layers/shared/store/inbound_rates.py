"""How fast a workspace is written to, told from what its month has counted since the last look.

What is counted is the whole workspace's, and all its numbers look in the same minute: whoever looks
soon after another finds the same, and not what came in between the two.
"""

from __future__ import annotations

from typing import Any, Final

from shared.store import campaign_keys, keys
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.usage.meters import MESSAGES_IN
from shared.usage.months import month_of

_MARK = "INBOUND"
_SOON_MS: Final = 30_000


class InboundRates:
    def __init__(self, tenant: Tenant, usage_table: str, table: str) -> None:
        self._tenant = tenant
        self._usage_table = usage_table
        self._table = table

    def look(self, dynamodb: Any, now: int) -> float:
        """Messages a second; zero at the first look and when a month begins. `now` in
        milliseconds."""
        key = keys.key(campaign_keys.tier(self._tenant), _MARK)
        before = dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        passed = now - int(before["at"]["N"]) if before else 0
        if before and passed < _SOON_MS:
            return float(before["rate"]["N"]) if "rate" in before else 0.0
        used = Usage(self._tenant, self._usage_table, dynamodb).used(MESSAGES_IN, month_of(now))
        came = max(0, used - int(before["used"]["N"])) if before else 0
        rate = came * 1000 / passed if came else 0.0
        item = {
            **key,
            "used": {"N": str(used)},
            "at": {"N": str(now)},
            "rate": {"N": f"{rate:.3f}"},
        }
        dynamodb.put_item(TableName=self._table, Item=item)
        return rate
