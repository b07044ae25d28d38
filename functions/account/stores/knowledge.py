"""Knowledge bases and documents. Their passages in the index follow the records: see
`rag.forgetting`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from account.stores.place import Place
from account.stores.told import Told
from account.stores.workspace import plain
from shared.store import evaluation_keys, keys
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
        yield from _told_of_evaluations(place, tenant, base_id)


def _told_of_evaluations(place: Place, tenant: Tenant, base_id: str) -> Iterator[Told]:
    table = place.names.knowledge_table
    pk = evaluation_keys.golden_questions(tenant, base_id)
    for item in items(place.dynamodb, table, pk):
        known = {"id": item["sk"]["S"], "knowledge_base": base_id, **plain(item)}
        yield "golden_questions", known
    for run in items(place.dynamodb, table, evaluation_keys.evaluations(tenant, base_id)):
        run_id = run["sk"]["S"]
        yield "evaluations", {"id": run_id, "knowledge_base": base_id, **plain(run)}
        pk = evaluation_keys.evaluation(tenant, run_id)
        for item in items(place.dynamodb, table, pk, evaluation_keys.QUESTIONS):
            yield "evaluated_questions", {"evaluation": run_id, **plain(item)}
