"""A file with a campaign's audience: what it is like, its first rows, which column is the phone."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Final

from blast.workbench import UPLOAD, Workbench, upload_path
from shared.csv_files import HEAD_BYTES, NotCsvError, dialect_of, rows
from shared.json_types import JsonObject
from shared.phone_numbers import e164
from shared.store.imports import FAILED, READING, READY
from shared.store.tenant_files import FileMissingError

MOST_ROWS: Final = 1_000_000
_PREVIEWED: Final = 10
_SAMPLED: Final = 100


def read(bench: Workbench, body: JsonObject) -> None:
    """From "reading" to "ready". Raises JobNotFoundError."""
    uploads = bench.jobs(UPLOAD)
    upload = uploads.get(body["id"])
    if upload.status != READING:
        return
    try:
        content = bench.files.read(upload_path(upload.id))
        dialect = dialect_of(content[:HEAD_BYTES])
        total, sample = 0, []
        for _, cells in rows(io.BytesIO(content), dialect):
            total += 1
            if total <= _SAMPLED:
                sample.append(cells)
        if not 0 < total <= MOST_ROWS:
            raise NotCsvError(f"The file has {total} rows; 1 to {MOST_ROWS} can be sent to.")
    except (NotCsvError, FileMissingError) as error:
        reason = str(error) if isinstance(error, NotCsvError) else "The file is not there."
        uploads.move(upload.id, (READING,), FAILED, reason=reason, finished_at=bench.clock())
        return
    preview: JsonObject = {
        "columns": list(dialect.columns),
        "rows": [[cell[:200] for cell in cells] for cells in sample[:_PREVIEWED]],
        "phone_column": phone_column(dialect.columns, sample, body.get("country", "ID")),
    }
    uploads.move(
        upload.id, (READING,), READY, preview=preview, dialect=asdict(dialect), total=total
    )


def phone_column(columns: tuple[str, ...], sample: list[list[str]], country: str) -> str | None:
    """The one that holds most phone numbers, if it holds any."""
    found = {
        column: sum(1 for cells in sample if e164(cells[place], country))
        for place, column in enumerate(columns)
    }
    best = max(found, key=lambda column: found[column], default=None)
    return best if best is not None and found[best] else None
