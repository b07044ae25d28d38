"""A notice as it is posted to a webhook, and as it waits for that in the queue. Pure."""

from __future__ import annotations

from shared.notices import Notice
from shared.queues import Entry, encode
from shared.tenancy import Tenant


def body_of(notice: Notice) -> str:
    """What is posted: JSON, `type` and `data` as the specification of Standard Webhooks has it,
    `at` in milliseconds."""
    return encode({"type": notice.type, "at": notice.at, "data": notice.data})


def delivery_entry(tenant: Tenant, webhook_id: str, id_: str, *, delay: int = 0) -> Entry:
    """`delay` in seconds; what is longer than SQS can wait comes back, and is sent on again."""
    body = {"v": 1, "tenant": tenant.id, "webhook": webhook_id, "delivery": id_}
    return Entry(body=encode(body), group=tenant.id, delay=delay)
