"""How fast a workspace is written to, told from what its month has counted since the last look."""

from __future__ import annotations

from typing import Any

from shared.store import campaign_keys, keys
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.usage.meters import MESSAGES_IN
from shared.usage.months import month_of

_MARK = "INBOUND"


class InboundRates:
    def __init__(self, tenant: Tenant, usage_table: str, table: str) -> None:
        self._tenant = tenant
        self._usage_table = usage_table
        self._table = table

    def look(self, dynamodb: Any, now: int) -> float:
        """Messages a second; zero at the first look and when a month begins. `now` in
        milliseconds."""
        used = Usage(self._tenant, self._usage_table, dynamodb).used(MESSAGES_IN, month_of(now))
        item = {
            **keys.key(campaign_keys.tier(self._tenant), _MARK),
            "used": {"N": str(used)},
            "at": {"N": str(now)},
        }
        before = dynamodb.put_item(TableName=self._table, Item=item, ReturnValues="ALL_OLD").get(
            "Attributes"
        )
        if not before:
            return 0.0
        seconds = (now - int(before["at"]["N"])) / 1000
        return max(0, used - int(before["used"]["N"])) / max(seconds, 1.0)
