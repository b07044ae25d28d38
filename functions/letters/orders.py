"""How a person's order comes into the queue `LetterJobs`."""

from __future__ import annotations

from shared.queues import Entry, encode
from shared.tenancy import Tenant


def job_entry(tenant: Tenant, job_id: str) -> Entry:
    """The group is the tenant's share of the queue."""
    return Entry(encode({"v": 1, "tenant": tenant.id, "job": job_id}), group=tenant.id)
