"""One part of an import: some hundred rows become contacts, are merged into known ones, or are
refused with a reason. A part that is done again finds what it has done before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Final

from contacts.rows import Row
from contacts.workbench import Workbench, import_path
from shared.contacts.ids import imported_contact_id
from shared.contacts.record import (
    MOST_FIELDS,
    MOST_TAGS,
    ContactRecord,
    OptIn,
    TooManyError,
    with_new,
)
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store.contact_items import ContactChangedError, IdentityTakenError
from shared.store.contacts import ContactNotFoundError
from shared.store.imports import Job, Part
from shared.store.transactions import BusyError

UPDATE, SKIP = "update", "skip"
NOT_SAVED: Final = "It could not be saved. Import the file again to add what is missing."
_THREADS: Final = 4


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row with its place in the file and its cells as they were."""

    number: int
    row: Row
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Refused:
    number: int
    reason: str
    cells: Sequence[str]


def chunk_path(job: Job, number: int) -> str:
    return import_path(job.id, f"chunks/{number:06d}.json")


def result_path(job: Job, number: int) -> str:
    return import_path(job.id, f"results/{number:06d}.json")


def chunk_json(rows: Sequence[Numbered], refused: Sequence[Refused]) -> JsonObject:
    return {
        "rows": [
            [one.number, one.row.phone, one.row.texts, one.row.tags, one.row.fields, one.cells]
            for one in rows
        ],
        "refused": [[one.number, one.reason, one.cells] for one in refused],
    }


def run_part(bench: Workbench, job: Job, number: int) -> Part:
    """Writes the contacts, and the refused rows as a file; answers how many there were of each."""
    chunk = bench.read_json(chunk_path(job, number))
    rows = [
        Numbered(place, Row(phone, texts, tuple(tags), fields), cells)
        for place, phone, texts, tags, fields, cells in chunk["rows"]
    ]
    refused = [Refused(*one) for one in chunk["refused"]]
    created, known = _created(bench, job, rows)
    skipped: list[Refused] = []
    updated: list[Numbered] = []
    if job.detail["options"]["duplicates"] == SKIP:
        skipped = [Refused(one.number, "It is a contact already.", one.cells) for one, _ in known]
    else:
        updated, failed = _updated(bench, job, known)
        refused += failed
    lines = sorted((*refused, *skipped), key=lambda one: one.number)
    content = [[one.number, one.reason, one.cells] for one in lines]
    bench.write_json(result_path(job, number), {"refused": content})
    return Part(created, len(updated), len(skipped), len(refused))


def give_up_part(bench: Workbench, job: Job, number: int) -> Part:
    """What could not be written however often it was tried, as refused rows."""
    chunk = bench.read_json(chunk_path(job, number))
    lines = [[one[0], NOT_SAVED, one[-1]] for one in chunk["rows"]] + chunk["refused"]
    bench.write_json(result_path(job, number), {"refused": sorted(lines)})
    return Part(rejected=len(lines))


def _created(
    bench: Workbench, job: Job, rows: Sequence[Numbered]
) -> tuple[int, list[tuple[Numbered, str]]]:
    """How many are new; the others with the ids of the contacts that they are."""
    found = bench.contacts.known_by([_identity(one) for one in rows])
    new = [one for one in rows if _identity(one) not in found]
    taken = bench.batches.add([_record(bench, job, one) for one in new])
    if taken:
        found |= bench.contacts.known_by([_identity(one) for one in new])
    known = [
        (one, contact_id)
        for one in rows
        if (contact_id := found.get(_identity(one))) and contact_id != _own_id(job, one)
    ]
    return len(rows) - len(known), known


def _updated(
    bench: Workbench, job: Job, known: Sequence[tuple[Numbered, str]]
) -> tuple[list[Numbered], list[Refused]]:
    records = bench.contacts.many(contact_id for _, contact_id in known)

    def update(pair: tuple[Numbered, str]) -> str | None:
        one, contact_id = pair
        try:
            _update(bench, job, one, contact_id, records.get(contact_id))
        except TooManyError as error:
            return f"The contact would have too many {error}."
        except ContactNotFoundError:
            return "The contact was deleted while the import ran."
        except IdentityTakenError:
            return "Another contact has this number."
        return None

    with ThreadPoolExecutor(_THREADS) as pool:
        reasons = list(pool.map(update, known))
    done = [one for (one, _), reason in zip(known, reasons, strict=True) if reason is None]
    failed = [
        Refused(one.number, reason, one.cells)
        for (one, _), reason in zip(known, reasons, strict=True)
        if reason is not None
    ]
    return done, failed


def _update(
    bench: Workbench, job: Job, one: Numbered, contact_id: str, before: ContactRecord | None
) -> None:
    contacts = bench.contacts
    for _ in range(_THREADS):
        before = before or contacts.get(contact_id)
        after = _with_row(before, one.row, job)
        if after == before:
            return
        now = bench.clock()
        bench.announce(before, now)
        try:
            contacts.update(before, after, now)
        except ContactChangedError:
            before = None
            continue
        return
    raise BusyError


def _record(bench: Workbench, job: Job, one: Numbered) -> ContactRecord:
    now = bench.clock()
    empty = ContactRecord(
        id=_own_id(job, one),
        revision=1,
        created_at=now,
        updated_at=now,
        made_by=f"{job.id}:{one.number}",
    ).with_phone(one.row.phone)
    return _with_row(empty, one.row, job)


def _with_row(record: ContactRecord, row: Row, job: Job) -> ContactRecord:
    """The record with what the row says; where it says nothing, the record stays. Raises
    TooManyError."""
    options: Any = job.detail["options"]
    fields = {**record.fields, **row.fields}
    if len(fields) > MOST_FIELDS:
        raise TooManyError("fields")
    opt_ins = dict(record.opt_ins)
    if opted := options["opt_in"]:
        before = opt_ins.get(opted["kind"])
        if before is None or before.at <= (job.started_at or 0):
            given = OptIn(opted["state"], opted["source"], job.started_at or 0)
            opt_ins[opted["kind"]] = given
    return replace(
        record,
        tags=with_new(record.tags, (*row.tags, *options["tags"]), MOST_TAGS, "tags"),
        fields=fields,
        opt_ins=opt_ins,
        **dict(_texts(row)),
    )


def _texts(row: Row) -> Iterator[tuple[str, Any]]:
    yield from row.texts.items()


def _identity(one: Numbered) -> Identity:
    return Identity("wa_id", one.row.phone[1:])


def _own_id(job: Job, one: Numbered) -> str:
    return imported_contact_id(job.started_at or job.created_at, job.id, one.row.phone)
