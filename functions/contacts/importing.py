"""The steps of an import: read the file's head, cut the file into parts, write each part, tell what
was refused. Each may be killed and done again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from contacts.columns import suggested
from contacts.import_parts import (
    Numbered,
    Refused,
    chunk_json,
    chunk_path,
    give_up_part,
    result_path,
    run_part,
)
from contacts.rows import RowReader, RowRefusedError
from contacts.workbench import CSV, REPORT, SOURCE, Workbench, import_path
from shared.csv_files import HEAD_BYTES, Dialect, NotCsvError, dialect_of, rows, written
from shared.fifo_batch import NotYetError
from shared.job_queue import work_entry
from shared.json_types import JsonObject
from shared.observability import count
from shared.store.imports import (
    CANCELLED,
    DONE,
    FAILED,
    READING,
    READY,
    RUNNING,
    WAITING,
    Job,
    Part,
)
from shared.store.tenant_files import FileMissingError

MOST_ROWS: Final = 200_000
PART_ROWS = 500
_PREVIEWED: Final = 10
_SAMPLED: Final = 100
_LEASE_SECONDS: Final = 120  # longer than any function that works on a part may run
_SOON_SECONDS: Final = 1.0
_MOST_NEW_TAGS: Final = 1000


def read_head(bench: Workbench, job: Job) -> None:
    """From "reading" to "ready": what the file is like, its first rows, what its columns may be."""
    if job.status == WAITING:
        raise NotYetError("it is about to be read", _SOON_SECONDS)
    if job.status != READING:
        return
    try:
        content = bench.files.read(import_path(job.id, SOURCE))
        dialect = dialect_of(content[:HEAD_BYTES])
        total, sample = 0, []
        for _, cells in rows(io.BytesIO(content), dialect):
            total += 1
            if total <= _SAMPLED:
                sample.append(cells)
        if not total:
            raise NotCsvError("The file has no rows.")
        if total > MOST_ROWS:
            raise NotCsvError(f"The file has {total} rows; at most {MOST_ROWS} can be imported.")
    except (NotCsvError, FileMissingError) as error:
        reason = str(error) if isinstance(error, NotCsvError) else "The file is not there."
        bench.imports.move(job.id, (READING,), FAILED, reason=reason, finished_at=bench.clock())
        return
    preview: JsonObject = {
        "columns": list(dialect.columns),
        "rows": [[cell[:200] for cell in cells] for cells in sample[:_PREVIEWED]],
        "suggested": suggested(dialect.columns, sample, bench.fields.all()),
    }
    bench.imports.move(
        job.id, (READING,), READY, preview=preview, dialect=asdict(dialect), total=total
    )


def cut(bench: Workbench, job: Job) -> None:
    """Reads all rows, finds out which are contacts, and hands them over in parts."""
    if job.status == READY:
        raise NotYetError("it is about to start", _SOON_SECONDS)
    if job.status != RUNNING or job.parts is not None:
        return
    parts = 0
    tags: dict[str, None] = dict.fromkeys(job.detail["options"]["tags"])
    for parts, (good, refused) in enumerate(_parts(bench, job), 1):
        if parts % 20 == 0 and bench.imports.get(job.id).status != RUNNING:
            return
        bench.write_json(chunk_path(job, parts), chunk_json(good, refused))
        bench.hand_over(work_entry(bench.tenant, "part", job.id, number=parts))
        for one in good:
            tags |= dict.fromkeys(one.row.tags)
    bench.contacts.remember_tags(list(tags)[:_MOST_NEW_TAGS])
    bench.imports.move(job.id, (RUNNING,), RUNNING, parts=parts)
    _finish_when_all_done(bench, job.id)


def part(bench: Workbench, job: Job, number: int) -> None:
    """Raises NotYetError while somebody else is at the same part."""
    if job.status != RUNNING:
        return
    if number not in bench.imports.parts(job.id):
        now = bench.clock() // 1000
        if not bench.imports.lease(job.id, number, now, _LEASE_SECONDS):
            raise NotYetError("somebody else is at it", _LEASE_SECONDS)
        try:
            done = run_part(bench, job, number)
        except Exception:
            bench.imports.give_back(job.id, number)
            raise
        _finish_part(bench, job, number, done)
    _finish_when_all_done(bench, job.id)


def give_up(bench: Workbench, job: Job, number: int) -> None:
    """The last try of a part has failed too: the import goes on without it, and says so."""
    if job.status == RUNNING and number:
        count("ImportPartsGivenUp")
        _finish_part(bench, job, number, give_up_part(bench, job, number))
        _finish_when_all_done(bench, job.id)


def report(bench: Workbench, job: Job) -> None:
    """The refused rows as a file, and the end of the import."""
    if job.status not in (RUNNING, CANCELLED):
        return
    columns = job.detail["dialect"]["columns"]
    lines = [["row", "reason", *columns]]
    for place in sorted(bench.imports.parts(job.id)):
        for row, reason, cells in bench.read_json(result_path(job, place))["refused"]:
            lines.append([str(row), reason, *cells])
    bench.files.write(import_path(job.id, REPORT), b"\xef\xbb\xbf" + written(lines).encode(), CSV)
    to = DONE if job.status == RUNNING else CANCELLED
    bench.imports.move(job.id, (job.status,), to, report="yes", finished_at=bench.clock())


def _parts(bench: Workbench, job: Job) -> Iterator[tuple[list[Numbered], list[Refused]]]:
    options = job.detail["options"]
    dialect = Dialect(
        **{**job.detail["dialect"], "columns": tuple(job.detail["dialect"]["columns"])}
    )
    reader = RowReader(
        dialect.columns, options["mapping"], bench.fields.all(), options["default_country"]
    )
    first_of: dict[str, int] = {}
    good: list[Numbered] = []
    refused: list[Refused] = []
    content = bench.files.read(import_path(job.id, SOURCE))
    for number, cells in rows(io.BytesIO(content), dialect):
        try:
            row = reader.read(cells)
            first = first_of.setdefault(row.phone, number)
            if first != number:
                raise RowRefusedError(f"Row {first} has the same number.")
        except RowRefusedError as error:
            refused.append(Refused(number, str(error), cells))
        else:
            good.append(Numbered(number, row, cells))
        if len(good) + len(refused) == PART_ROWS:
            yield good, refused
            good, refused = [], []
    if good or refused:
        yield good, refused


def _finish_part(bench: Workbench, job: Job, number: int, done: Part) -> None:
    bench.imports.finish_part(job.id, number, done, bench.clock() // 1000)
    count("ContactsImported", done.created + done.updated)


def _finish_when_all_done(bench: Workbench, job_id: str) -> None:
    job = bench.imports.get(job_id)
    if job.status == RUNNING and job.parts == len(bench.imports.parts(job_id)):
        bench.hand_over(work_entry(bench.tenant, "report", job_id))
