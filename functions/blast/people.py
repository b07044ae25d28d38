"""Whom a campaign is for: contacts by segments, tags and ids, or the rows of a file, less those who
are excluded. In PARTS, so that many can be frozen at once; each person is in one part only."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from shared.contacts.ids import SHARDS, shard
from shared.contacts.record import ContactRecord
from shared.csv_files import Dialect, rows
from shared.delivery import FAILED
from shared.lanes import Identity, contact_id
from shared.phone_numbers import countries, country_of_number, e164
from shared.segments.matching import matcher
from shared.store.contact_lists import ContactLists
from shared.store.contacts import Contacts
from shared.store.segments import Segments

PARTS: Final = SHARDS
_TOGETHER: Final = 100
Wanted: TypeAlias = Callable[[ContactRecord], bool]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the audience means. `columns` are the row's cells by name; `record` is None for
    somebody who is no contact, `phone` for somebody who has no number."""

    phone: str | None
    record: ContactRecord | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    cell: str = ""

    def lane(self, channel: str) -> str | None:
        """The contact of their conversation on a channel; None where they cannot be written to."""
        for place in self.record.conversations if self.record else ():
            on, _, contact = place.partition(".")
            if on == channel:
                return contact
        if self.phone:
            return contact_id(channel, "wa_id", self.phone[1:])
        return contact_id(channel, "bsuid", self.bsuid) if self.bsuid else None

    @property
    def country(self) -> str:
        """By which WhatsApp bills (ISO 3166): that of the number, or of the id that it gave them;
        empty where it is not known."""
        if self.phone:
            return country_of_number(self.phone)
        country, _, _ = (self.bsuid or "").partition(".")
        return country if country in countries() else ""

    @property
    def bsuid(self) -> str | None:
        known = self.record.identities if self.record else ()
        return next((one.value for one in known if one.kind == "bsuid"), None)


@dataclass(frozen=True, slots=True)
class People:
    """What the audience of one workspace is read from. `now` in milliseconds."""

    segments: Segments
    lists: ContactLists
    contacts: Contacts
    now: int

    def of_part(self, audience: Mapping[str, Any], part: int) -> Iterator[Candidate]:
        """Contacts of one part, without those who are excluded. Raises SegmentNotFoundError."""
        for _, some in self.pages_of_part(audience, part):
            yield from some

    def pages_of_part(
        self, audience: Mapping[str, Any], part: int
    ) -> Iterator[tuple[int, list[Candidate]]]:
        """The same, page by page, with how many contacts were looked at for each."""
        wanted, unwanted = self.meant(audience), self.meant(audience["exclude"])
        for page in self.lists.of_shard(part):
            some = [Candidate(one.phone, one) for one in page if wanted(one) and not unwanted(one)]
            yield len(page), some

    def of_file(
        self, audience: Mapping[str, Any], part: int, content: bytes, dialect: Mapping[str, Any]
    ) -> Iterator[Candidate]:
        """The rows of one part, likewise. Rows without a number belong to the first."""
        unwanted = self.meant(audience["exclude"])
        some: list[Candidate] = []
        for one in _rows(audience, content, dialect):
            if part_of(one.phone) == part:
                some.append(one)
            if len(some) == _TOGETHER:
                yield from self._known(some, unwanted)
                some = []
        yield from self._known(some, unwanted)

    def of_preview(
        self, audience: Mapping[str, Any], columns: Sequence[str], cells: Sequence[Sequence[str]]
    ) -> Iterator[Candidate]:
        """The first rows of a file."""
        some = [_row(audience, columns, one) for one in cells]
        yield from self._known(some, self.meant(audience["exclude"]))

    def of_head(
        self, audience: Mapping[str, Any], head: bytes, dialect: Mapping[str, Any], *, whole: bool
    ) -> Iterator[Candidate]:
        """The rows of a file's beginning, as they are in it; a row that is cut off is left out."""
        found = list(_rows(audience, head, dialect))
        yield from found if whole else found[:-1]

    def meant(self, by: Mapping[str, Any]) -> Wanted:
        """Whether a contact is meant by any of the segments, tags, ids and campaigns; who could not
        be sent a campaign did not get it."""
        tags = {tag.casefold() for tag in by["tags"]}
        ids, campaigns = set(by["contact_ids"]), set(by.get("campaign_ids", ()))
        tests = [matcher(self.segments.get(id_).filter, self.now) for id_ in by["segment_ids"]]
        is_everybody = bool(by.get("everybody"))

        def is_meant(record: ContactRecord) -> bool:
            return (
                is_everybody
                or record.id in ids
                or not tags.isdisjoint(tag.casefold() for tag in record.tags)
                or any(record.campaigns.get(one, FAILED) != FAILED for one in campaigns)
                or any(test(record) for test in tests)
            )

        return is_meant

    def _known(self, some: Sequence[Candidate], unwanted: Wanted) -> Iterator[Candidate]:
        identities = {one.phone: Identity("wa_id", one.phone[1:]) for one in some if one.phone}
        ids = self.contacts.known_by(list(identities.values()))
        records = self.contacts.many(ids.values())
        for one in some:
            id_ = ids.get(identities[one.phone]) if one.phone else None
            record = records.get(id_) if id_ else None
            if record is None or not unwanted(record):
                yield Candidate(one.phone, record, one.columns, one.cell)


def part_of(phone: str | None) -> int:
    return shard(phone) % PARTS if phone else 0


def _rows(
    audience: Mapping[str, Any], content: bytes, raw: Mapping[str, Any]
) -> Iterable[Candidate]:
    dialect = Dialect(**{**raw, "columns": tuple(raw["columns"])})
    for _, cells in rows(io.BytesIO(content), dialect):
        yield _row(audience, dialect.columns, cells)


def _row(audience: Mapping[str, Any], columns: Sequence[str], cells: Sequence[str]) -> Candidate:
    named = dict(zip(columns, cells, strict=True))
    cell = named.get(audience["phone_column"], "")
    return Candidate(e164(cell, audience["country"]), None, named, cell)
