"""The file with a campaign's people. It is kept for some days only, and a draft for ever."""

from __future__ import annotations

from blast.workbench import UPLOAD, Workbench
from shared.store.imports import KEPT_SECONDS, Job, JobNotFoundError


class AudienceFileGoneError(Exception):
    """The file is not kept any more."""


def audience_file(bench: Workbench, upload_id: str) -> Job:
    """Raises AudienceFileGoneError: also before the table has forgotten it, since its content may
    be gone."""
    try:
        found = bench.jobs(UPLOAD).get(upload_id)
    except JobNotFoundError:
        raise AudienceFileGoneError(upload_id) from None
    if gone_at(found) <= bench.clock():
        raise AudienceFileGoneError(upload_id)
    return found


def gone_at(file: Job) -> int:
    """In milliseconds."""
    return file.created_at + KEPT_SECONDS * 1000
