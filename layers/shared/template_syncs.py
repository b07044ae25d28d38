"""The queue `TemplateSyncs`: an account's templates are to be compared with Meta's.

An empty message is the day's reminder to compare those of every account.
"""

from __future__ import annotations

from shared.json_types import JsonObject
from shared.queues import Entry, encode
from shared.tenancy import Tenant


def sync_entry(tenant: Tenant, waba_id: str, delay: int = 0) -> Entry:
    """`delay` in seconds, at most a queue's."""
    body: JsonObject = {"v": 1, "tenant": tenant.id, "waba_id": waba_id}
    return Entry(encode(body), group=tenant.id, delay=delay)
