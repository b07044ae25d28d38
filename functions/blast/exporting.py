"""A campaign's recipients as a CSV file. Killed, it begins anew."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from blast.workbench import EXPORT, Workbench, export_path
from shared.campaigns.outcomes import CLASSES, outcome_of
from shared.csv_files import written
from shared.json_types import JsonObject
from shared.store.imports import DONE, RUNNING
from shared.store.recipient_items import Recipient

_CSV: Final = "text/csv; charset=utf-8"
_HEAD: Final = ("name", "phone", "outcome", "class", "reason", "sent", "updated")


def export(bench: Workbench, body: JsonObject) -> None:
    """Raises JobNotFoundError."""
    exports = bench.jobs(EXPORT)
    job = exports.get(body["id"])
    if job.status != RUNNING:
        return
    campaign = bench.campaigns.get(job.detail["campaign"])
    recipients, blocks = bench.recipients(campaign.id), bench.tallies(campaign.id).all()
    names, done = list(campaign.plan["variables"]), 0
    total = sum(one.people for one in blocks.values())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recipients.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            file.write(written([[*_HEAD, *names]]))
            for place, block in enumerate(blocks):
                lines = [_line(one, names) for one in recipients.block(block)]
                file.write(written(lines))
                done += len(lines)
                if place % 20 == 0:
                    exports.move(job.id, (RUNNING,), RUNNING, done=done, total=total)
        bench.files.upload(export_path(job.id), str(path), _CSV)
    exports.move(job.id, (RUNNING,), DONE, done=done, total=done, finished_at=bench.clock())


def _line(one: Recipient, names: list[str]) -> list[str]:
    phone = f"+{one.phone}" if one.phone else ""
    known = CLASSES.get(one.class_ or "")
    words = one.reason or (known.words if known else "")
    return [
        one.name or "",
        phone,
        outcome_of(one.state),
        one.class_ or "",
        words,
        _time(one.sent_at),
        _time(one.updated_at),
        *(one.values.get(name, "") for name in names),
    ]


def _time(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds") if at else ""
