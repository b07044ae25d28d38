"""An export: the contacts that a filter means, as a CSV file. Killed, it begins anew."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from contacts.workbench import CSV, Workbench, export_path
from shared.contacts.fields import FieldDefinition
from shared.contacts.ids import SHARDS
from shared.contacts.record import OPT_KINDS, ContactRecord, FieldValue
from shared.csv_files import written
from shared.segments.filters import parse
from shared.store.imports import DONE, RUNNING, Job

_HEAD: Final = ("name", "phone", "email", "username", "language", "tags", "blocked")
_TIMES: Final = ("last seen", "created")


def export(bench: Workbench, job: Job) -> None:
    if job.status != RUNNING:
        return
    filter_ = parse(job.detail["filter"])
    definitions = bench.fields.all()
    names = [definition.name for definition in definitions.values()]
    kinds = [f"opt-in {kind}" for kind in OPT_KINDS]
    done = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            file.write(written([[*_HEAD, *kinds, *_TIMES, *names]]))
            for shard in range(SHARDS):
                members = bench.audience.members_of_shard(filter_, job.created_at, shard)
                for record in members:
                    file.write(written([_line(record, definitions)]))
                    done += 1
                # Partitions are alike, so the ones that were read tell of the others.
                total = round(done * SHARDS / (shard + 1))
                bench.exports.move(job.id, (RUNNING,), RUNNING, done=done, total=total)
        bench.files.upload(export_path(job.id), str(path), CSV)
    bench.exports.move(job.id, (RUNNING,), DONE, done=done, total=done, finished_at=bench.clock())


def _line(record: ContactRecord, definitions: Mapping[str, FieldDefinition]) -> list[str]:
    texts = (record.name, record.phone, record.email, record.username, record.language)
    return [
        *(text or "" for text in texts),
        ", ".join(record.tags),
        _text(record.blocked),
        *(record.opt(kind) for kind in OPT_KINDS),
        _time(record.last_seen_at),
        _time(record.created_at),
        *(_text(record.fields.get(key)) for key in definitions),
    ]


def _text(value: FieldValue | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _time(at: int | None) -> str:
    if at is None:
        return ""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
