"""Contacts in order: the newest first, by what they are found by, or all of them.

A workspace's contacts lie in SHARDS partitions, each in the order of ids, which is that of their
making. Lists merge the partitions. What a filter leaves out has been read all the same, so a page
that has read enough ends early, with a cursor to go on from.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeAlias

from shared.contacts.ids import SHARDS
from shared.contacts.record import ContactRecord
from shared.contacts.search import matches, numbers_of, terms_of
from shared.json_types import JsonObject
from shared.segments.sieve import Sieve
from shared.store import cursors, keys
from shared.store.contact_items import TRAITS, record_of, traits_of
from shared.store.contacts import Contacts
from shared.tenancy import Tenant

Wanted: TypeAlias = Callable[[ContactRecord], bool]
Found: TypeAlias = tuple[list[ContactRecord], str | None]
MOST_READ: Final = 20_000  # records behind one page
_PAGE: Final = 1000
_READ: Final = 2000  # where all are gone through: about what one answer of DynamoDB holds
_LOOKED_UP: Final = 50
_TERM: Final = r"[^\x00-\x1f]{1,60}"


def everybody(record: ContactRecord) -> bool:
    del record
    return True


class ContactLists:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def newest(self, limit: int, cursor: str | None, wanted: Wanted = everybody) -> Found:
        """Raises InvalidCursorError."""
        after = cursors.decode(cursor, cursors.NAME)[0] if cursor else None
        size = limit if wanted is everybody else _PAGE
        shown: list[ContactRecord] = []
        last = None
        for last in itertools.islice(self._merged(after, size), MOST_READ):
            if wanted(last):
                shown.append(last)
                if len(shown) == limit:
                    break
        else:
            if last is None or not self._is_more(last.id):
                return shown, None
        return shown, cursors.encode(last.id)

    def search(
        self, beginnings: list[str], limit: int, cursor: str | None, wanted: Wanted = everybody
    ) -> Found:
        """Those who have a term for each of the beginnings (see `shared.contacts.search.asked`),
        in the order of the first one's terms. Raises InvalidCursorError."""
        first = beginnings[0]
        after = "#".join(cursors.decode(cursor, _TERM, cursors.NAME)) if cursor else None
        entries = itertools.islice(self._entries(first, after), MOST_READ)
        shown: list[ContactRecord] = []
        place: tuple[str, str] | None = None
        while looked := list(itertools.islice(entries, _LOOKED_UP)):
            records = Contacts(self._tenant, self._table, self._dynamodb).many(
                contact_id for _, contact_id in looked
            )
            for place in looked:
                record = records.get(place[1])
                if record is None or _first_term(record, first) != place[0]:
                    continue  # found under a later term as well, or no longer so called
                if matches(record, beginnings) and wanted(record):
                    shown.append(record)
                    if len(shown) == limit:
                        return shown, cursors.encode(*place)
        read_all = next(self._entries(first, "#".join(place)), None) is None if place else True
        return shown, None if read_all or place is None else cursors.encode(*place)

    def of_shard(
        self, shard: int, after: str | None = None, sieve: Sieve | None = None
    ) -> Iterator[list[ContactRecord]]:
        """All contacts of a shard in the order of their ids, in pages, but those that a sieve holds
        back; those after an id."""
        for page in self._pages(shard, after, sieve):
            yield [record_of(item) for item in page["Items"]]

    def traits_of_shard(
        self, shard: int, sieve: Sieve | None = None
    ) -> Iterator[list[ContactRecord]]:
        """The same for those who ask neither for ids nor for revisions; these are missing."""
        for page in self._pages(shard, None, sieve, ProjectionExpression=TRAITS):
            yield [traits_of(item) for item in page["Items"]]

    def size_of_shard(self, shard: int) -> int:
        return sum(int(page["Count"]) for page in self._pages(shard, Select="COUNT"))

    def _pages(
        self, shard: int, after: str | None = None, sieve: Sieve | None = None, **more: Any
    ) -> Iterator[JsonObject]:
        start: JsonObject = {}
        first = f"{keys.contact(after)}~" if after else keys.CONTACT
        while True:
            page = self._query(
                shard, first, f"{keys.CONTACT}~", sieve, Limit=_READ, **more, **start
            )
            yield page
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def _merged(self, before: str | None, size: int) -> Iterator[ContactRecord]:
        """The records of all shards, newest first, older than one."""
        last = keys.contact(before) if before else f"{keys.CONTACT}~"

        def descending(page: JsonObject, shard: int) -> Iterator[ContactRecord]:
            while True:
                for item in page["Items"]:
                    if item["sk"]["S"] != last:
                        yield record_of(item)
                if "LastEvaluatedKey" not in page:
                    return
                page = self._query(
                    shard,
                    keys.CONTACT,
                    last,
                    ScanIndexForward=False,
                    Limit=size,
                    ExclusiveStartKey=page["LastEvaluatedKey"],
                )

        def first(shard: int) -> JsonObject:
            return self._query(shard, keys.CONTACT, last, ScanIndexForward=False, Limit=size + 1)

        with ThreadPoolExecutor(SHARDS) as pool:
            pages = list(pool.map(first, range(SHARDS)))
        streams = [descending(page, shard) for shard, page in enumerate(pages)]
        return heapq.merge(*streams, key=lambda record: record.id, reverse=True)

    def _is_more(self, before: str) -> bool:
        return next(self._merged(before, 1), None) is not None

    def _entries(self, beginning: str, after: str | None) -> Iterator[tuple[str, str]]:
        """Terms with their contacts, in order, of all shards; and numbers, where it is one."""
        last = "\U0010ffff"
        first = f"{after}~" if after else beginning
        terms = self._begun(
            keys.contacts, f"{keys.TERM}{first}", f"{keys.TERM}{beginning}{last}", _of_term
        )
        if not beginning.isdecimal():
            return terms
        start = f"{after.partition('#')[0]}~" if after else beginning
        numbers = self._begun(_whose_number, start, f"{beginning}{last}", _of_number)
        return heapq.merge(terms, numbers)

    def _begun(
        self,
        partition: Callable[[Tenant, int], str],
        first: str,
        last: str,
        entry: Callable[[JsonObject], tuple[str, str]],
    ) -> Iterator[tuple[str, str]]:
        def ascending(page: JsonObject, pk: str) -> Iterator[tuple[str, str]]:
            while True:
                yield from map(entry, page["Items"])
                if "LastEvaluatedKey" not in page:
                    return
                start = page["LastEvaluatedKey"]
                page = self._between(pk, first, last, Limit=_PAGE, ExclusiveStartKey=start)

        pks = [partition(self._tenant, shard) for shard in range(SHARDS)]
        with ThreadPoolExecutor(SHARDS) as pool:
            pages = list(pool.map(lambda pk: self._between(pk, first, last, Limit=_LOOKED_UP), pks))
        return heapq.merge(*(ascending(page, pk) for page, pk in zip(pages, pks, strict=True)))

    def _query(
        self, shard: int, first: str, last: str, sieve: Sieve | None = None, **more: Any
    ) -> JsonObject:
        return self._between(keys.contacts(self._tenant, shard), first, last, sieve, **more)

    def _between(
        self, pk: str, first: str, last: str, sieve: Sieve | None = None, **more: Any
    ) -> JsonObject:
        pieces = {f":piece{n}": {"S": one} for n, one in enumerate(sieve.pieces if sieve else ())}
        if sieve:
            together = " AND " if sieve.match == "all" else " OR "
            more["FilterExpression"] = together.join(f"contains(body, {one})" for one in pieces)
        page: JsonObject = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":pk": {"S": pk},
                ":first": {"S": first},
                ":last": {"S": last},
                **pieces,
            },
            **more,
        )
        return page


def _whose_number(tenant: Tenant, shard: int) -> str:
    return keys.who(tenant, "wa_id", shard)


def _of_term(item: JsonObject) -> tuple[str, str]:
    term, _, contact_id = item["sk"]["S"].removeprefix(keys.TERM).rpartition("#")
    return term, contact_id


def _of_number(item: JsonObject) -> tuple[str, str]:
    return item["sk"]["S"], item["contact_id"]["S"]


def _first_term(record: ContactRecord, beginning: str) -> str | None:
    """The one that a contact is listed under, though several begin so."""
    terms = terms_of(record) | numbers_of(record)
    return min((term for term in terms if term.startswith(beginning)), default=None)
