"""How a version of a document begins."""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

from rag.storage import taken
from rag.work import READ, entry
from shared.queues import Entry
from shared.store.documents import Document, Documents, DocumentStateError
from shared.store.tenant_files import TenantFiles
from shared.store.transactions import Write
from shared.tenancy import Tenant


class Place(Protocol):
    """The module `rag.place`."""

    def documents(self, tenant: Tenant, knowledge_base_id: str) -> Documents: ...

    def files(self, tenant: Tenant) -> TenantFiles: ...

    def hand_over(self, *entries: Entry) -> None: ...

    def storage_grown(self, tenant: Tenant, by: int, at: int) -> list[Write]: ...


def start(
    place: Place, tenant: Tenant, before: Document, at: int, *beside: Write, **known: object
) -> Document:
    """Have a document read into a new version; answers it as it is then. When somebody else has
    begun one at the same time, that one counts."""
    base_id, version = before.knowledge_base_id, before.making + 1
    # Handed over before it begins: the work waits for the write, and no crash leaves it undone.
    place.hand_over(entry(tenant, READ, base_id, before.id, version=version))
    documents = place.documents(tenant, base_id)
    with suppress(DocumentStateError):
        return documents.begin(before, at, *beside, **known)
    return documents.get(before.id)


def uploaded(place: Place, tenant: Tenant, before: Document, at: int) -> Document:
    """The same when the file that was waited for has come. Raises FileMissingError."""
    size = place.files(tenant).size(before.upload)
    counted = place.storage_grown(tenant, size - taken(before), at)
    return start(place, tenant, before, at, *counted, source=before.upload, upload="", size=size)
