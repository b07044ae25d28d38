"""Pieces of background work on documents, as entries of the queue `KnowledgeJobs`."""

from __future__ import annotations

from typing import Final

from shared.queues import Entry, encode
from shared.tenancy import Tenant

READ: Final = "read"
EMBED: Final = "embed"
PUBLISH: Final = "publish"
TIDY: Final = "tidy"
FORGET: Final = "forget"
FORGET_BASE: Final = "forget_base"
WORKER_SECONDS: Final = 180
"""How long one piece may take: whoever works on it is ended then."""
_FOUND_SECONDS: Final = 60
SETTLED_MS: Final = (WORKER_SECONDS + 2 * _FOUND_SECONDS) * 1000
"""So long after a document went, or has another version, all is found that anybody wrote who had
begun before, and nothing is found that was deleted."""


def entry(
    tenant: Tenant,
    work: str,
    knowledge_base_id: str,
    document_id: str = "",
    *,
    version: int = 0,
    part: int = 0,
    tries: int = 0,
    until: int = 0,
    delay: int = 0,
) -> Entry:
    """`tries` is how often it was put off; `until` (milliseconds) when it may be the last time;
    `delay` in seconds. The group is the tenant's share of the queue."""
    body = {
        "v": 1,
        "work": work,
        "tenant": tenant.id,
        "base": knowledge_base_id,
        "document": document_id,
        "version": version,
        "part": part,
        "tries": tries,
        "until": until,
    }
    return Entry(encode(body), group=tenant.id, delay=delay)
