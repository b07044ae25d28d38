"""A workspace's segments, and the contacts that a filter means.

Contacts are spread over SHARDS partitions, so that each is a fair sample: a count that runs out of
time tells from the partitions it has read how many there are in all.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Final

from shared.contacts.ids import SHARDS
from shared.contacts.record import ContactRecord
from shared.ids import new_id
from shared.json_types import JsonObject
from shared.segments.filters import Filter, parse, to_json
from shared.segments.matching import matcher
from shared.segments.sieve import sieve
from shared.store import cursors, keys
from shared.store.contact_lists import ContactLists
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

MOST_SEGMENTS: Final = 200
_TOGETHER: Final = SHARDS // 2
"""Shards that are counted at a time: while some wait for DynamoDB, another is worked through."""


class SegmentNotFoundError(Exception):
    """There is no such segment."""


class SegmentChangedError(Exception):
    """The segment is no longer as it was read."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Times are milliseconds."""

    id: str
    name: str
    filter: Filter
    revision: int
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class Count:
    """`exact` is False for an estimate from a part of the contacts."""

    count: int
    exact: bool


class Segments:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._pk = keys.segments(tenant)
        self._table = table
        self._dynamodb = dynamodb

    def get(self, segment_id: str) -> Segment:
        """Raises SegmentNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._table, Key=keys.key(self._pk, segment_id), ConsistentRead=True
        ).get("Item")
        if item is None:
            raise SegmentNotFoundError(segment_id)
        return _segment(item)

    def page(self, limit: int, cursor: str | None) -> tuple[list[Segment], str | None]:
        """Raises InvalidCursorError."""
        start: JsonObject = {}
        if cursor is not None:
            place = cursors.decode(cursor, cursors.NAME)[0]
            start["ExclusiveStartKey"] = keys.key(self._pk, place)
        page = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": self._pk}},
            Limit=limit,
            **start,
        )
        last = page.get("LastEvaluatedKey")
        next_cursor = cursors.encode(last["sk"]["S"]) if last else None
        return [_segment(item) for item in page["Items"]], next_cursor

    def create(
        self, name: str, filter_: Filter, at: int, beside: Callable[[str], Write]
    ) -> Segment:
        made = Segment(new_id(), name, filter_, 1, at, at)
        self._put(made, {"ConditionExpression": "attribute_not_exists(pk)"}, [beside(made.id)])
        return made

    def change(
        self,
        before: Segment,
        name: str | None,
        filter_: Filter | None,
        at: int,
        beside: Sequence[Write],
    ) -> Segment:
        """Raises SegmentChangedError."""
        after = replace(
            before,
            name=name or before.name,
            filter=before.filter if filter_ is None else filter_,
            revision=before.revision + 1,
            updated_at=at,
        )
        condition = {
            "ConditionExpression": "revision = :before",
            "ExpressionAttributeValues": {":before": {"N": str(before.revision)}},
        }
        self._put(after, condition, beside)
        return after

    def remove(self, segment_id: str, beside: Sequence[Write]) -> None:
        """Raises SegmentNotFoundError."""
        request = {
            "TableName": self._table,
            "Key": keys.key(self._pk, segment_id),
            "ConditionExpression": "attribute_exists(pk)",
        }
        write = Write({"Delete": request}, SegmentNotFoundError(segment_id))
        commit(self._dynamodb, [write, *beside])

    def _put(self, segment: Segment, condition: JsonObject, beside: Sequence[Write]) -> None:
        item = {
            **keys.key(self._pk, segment.id),
            "name": {"S": segment.name},
            "filter": {"S": json.dumps(to_json(segment.filter))},
            "revision": {"N": str(segment.revision)},
            "created_at": {"N": str(segment.created_at)},
            "updated_at": {"N": str(segment.updated_at)},
        }
        request = {"TableName": self._table, "Item": item, **condition}
        commit(self._dynamodb, [Write({"Put": request}, SegmentChangedError(segment.id)), *beside])


class Audience:
    """The contacts that a filter means. Whoever works through them for long goes shard by shard and
    keeps the id of the last one, to go on from."""

    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._lists = ContactLists(tenant, table, dynamodb)

    def members_of_shard(
        self, filter_: Filter, now: int, shard: int, after: str | None = None
    ) -> Iterator[ContactRecord]:
        """Those in one of the SHARDS partitions, in the order of ids; those after an id."""
        is_meant = matcher(filter_, now)
        for page in self._lists.of_shard(shard, after, sieve(filter_)):
            yield from filter(is_meant, page)

    def count(
        self,
        filter_: Filter,
        now: int,
        seconds: float,
        timer: Callable[[], float] = time.monotonic,
    ) -> Count:
        """How many there are, as well as can be told in so many seconds: when some shards are read,
        which is done together, the others are only if all would not take longer than that."""
        begun = timer()
        is_meant, sifted = matcher(filter_, now), sieve(filter_)

        def count_shard(shard: int) -> int:
            if not filter_.conditions:
                return self._lists.size_of_shard(shard)
            pages = self._lists.traits_of_shard(shard, sifted)
            return sum(sum(map(is_meant, page)) for page in pages)

        found = 0
        with ThreadPoolExecutor(_TOGETHER) as pool:
            for read in range(_TOGETHER, SHARDS + 1, _TOGETHER):
                found += sum(pool.map(count_shard, range(read - _TOGETHER, read)))
                if read < SHARDS and timer() - begun > seconds * read / SHARDS:
                    return Count(round(found * SHARDS / read), exact=False)
        return Count(found, exact=True)


def _segment(item: JsonObject) -> Segment:
    return Segment(
        id=item["sk"]["S"],
        name=item["name"]["S"],
        filter=parse(json.loads(item["filter"]["S"])),
        revision=int(item["revision"]["N"]),
        created_at=int(item["created_at"]["N"]),
        updated_at=int(item["updated_at"]["N"]),
    )
