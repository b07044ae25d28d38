"""Many new contacts at once, for imports.

Records and terms go in batches, which know no conditions: their ids belong to one row of one
import, so nobody else can have written there. Then the identities are claimed in transactions, each
under the condition that it is free. What was claimed by somebody else meanwhile is taken out again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.store.contact_items import claimed, record_item, removed, term_items
from shared.store.transactions import BusyError, Write, commit
from shared.tenancy import Tenant

_BATCH: Final = 25
_CLAIMS: Final = 100
_TRIES: Final = 8
_THREADS: Final = 4


class ContactBatches:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def add(self, records: Sequence[ContactRecord]) -> set[str]:
        """Store records that have ids of their own; answers the ids of those that were not, because
        another contact has their number. Done again with the same records it changes nothing,
        unless they were changed in between: whoever comes again asks first what is there."""
        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(self._put, _parts(self._items(records), _BATCH)))
            taken = set().union(*pool.map(self._claim, _parts(records, _CLAIMS)))
        for record in records:
            if record.id in taken:
                commit(self._dynamodb, removed(self._tenant, self._table, record))
        return taken

    def _items(self, records: Iterable[ContactRecord]) -> Iterator[JsonObject]:
        for record in records:
            yield record_item(self._tenant, record)
            yield from term_items(self._tenant, record)

    def _put(self, items: Sequence[JsonObject]) -> None:
        asked: Any = {self._table: [{"PutRequest": {"Item": item}} for item in items]}
        for attempt in range(_TRIES):
            asked = self._dynamodb.batch_write_item(RequestItems=asked).get("UnprocessedItems")
            if not asked:
                return
            _wait(attempt)
        raise BusyError

    def _claim(self, records: Sequence[ContactRecord]) -> set[str]:
        """The ids of those whose identity leads to somebody else."""
        left = list(records)
        taken: set[str] = set()
        for attempt in range(_TRIES):
            writes = [self._claims(record) for record in left]
            refused = self._commit([write for each in writes for write in each])
            if refused is None:
                return taken
            places = [record.id for record, each in zip(left, writes, strict=True) for _ in each]
            lost = {places[place] for place in refused}
            taken |= lost
            left = [record for record in left if record.id not in lost]
            if not left:
                return taken
            if not lost:
                _wait(attempt)
        raise BusyError

    def _claims(self, record: ContactRecord) -> list[Write]:
        return [claimed(self._tenant, self._table, one, record.id) for one in record.identities]

    def _commit(self, writes: Sequence[Write]) -> list[int] | None:
        """The places of the writes whose condition failed; None when all was written."""
        try:
            self._dynamodb.transact_write_items(TransactItems=[one.request for one in writes])
        except self._dynamodb.exceptions.TransactionCanceledException as error:
            reasons = error.response["CancellationReasons"]
            return [
                place
                for place, reason in enumerate(reasons)
                if reason.get("Code") == "ConditionalCheckFailed"
            ]
        return None


def _parts(things: Iterable[Any], size: int) -> Iterator[list[Any]]:
    part: list[Any] = []
    for thing in things:
        part.append(thing)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def _wait(attempt: int) -> None:
    time.sleep(random.uniform(0, 0.05 * 2**attempt))
