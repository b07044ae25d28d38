"""What documents' files take of the storage that a plan allows.

Counted are the files that people bring, as large as they are: once, in the transaction that takes
or removes the record they belong to. Of web pages nothing but passages is kept.
"""

from __future__ import annotations

from rag.kinds import WEB_PAGE
from shared.store.documents import Document
from shared.store.transactions import Write
from shared.store.usage import added
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES
from shared.usage.months import month_of


def taken(document: Document) -> int:
    """In bytes."""
    return 0 if document.kind == WEB_PAGE else document.size


def grown(tenant: Tenant, usage_table: str, by: int, at: int) -> list[Write]:
    """The member of a transaction (one that cannot happen twice) that counts `by` bytes more."""
    if by == 0:
        return []
    return [added(tenant, usage_table, month_of(at), {STORAGE_BYTES.id: by})]
