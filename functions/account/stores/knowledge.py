"""Knowledge bases and documents. Their passages in the index follow the records: see
`rag.forgetting`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from account.stores.place import Place
from account.stores.told import Told
from account.stores.workspace import plain
from shared.store import keys
from shared.store.partitions import items
from shared.tenancy import Tenant

_OURS: Final = frozenset({"source", "upload", "parts", "parts_done", "making", "revision"})


def tell_all(place: Place, tenant: Tenant) -> Iterator[Told]:
    table = place.names.knowledge_table
    for base in items(place.dynamodb, table, keys.knowledge_bases(tenant)):
        base_id = base["sk"]["S"]
        yield "knowledge_bases", {"id": base_id, **plain(base)}
        for item in items(place.dynamodb, table, keys.documents(tenant, base_id)):
            known = {name: value for name, value in plain(item).items() if name not in _OURS}
            yield "documents", {"id": item["sk"]["S"], "knowledge_base": base_id, **known}
