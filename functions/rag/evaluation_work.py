"""Pieces of an evaluation, as entries of the queue `Evaluations`."""

from __future__ import annotations

from typing import Final

from shared.queues import Entry, encode
from shared.tenancy import Tenant

BEGIN: Final = "begin"
ASK: Final = "ask"


def entry(
    tenant: Tenant,
    work: str,
    knowledge_base_id: str,
    evaluation_id: str,
    *,
    number: int = 0,
    tries: int = 0,
    delay: int = 0,
) -> Entry:
    """`number` is the question's; `tries` is how often it was put off; `delay` in seconds. The
    group is the tenant's share of the queue."""
    body = {
        "v": 1,
        "work": work,
        "tenant": tenant.id,
        "base": knowledge_base_id,
        "evaluation": evaluation_id,
        "number": number,
        "tries": tries,
    }
    return Entry(encode(body), group=tenant.id, delay=delay)
