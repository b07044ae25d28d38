"""Imports: a file is uploaded, looked at, mapped, and written in the background."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from contacts import place
from contacts.app import api, told
from contacts.columns import FIELD, PHONE, TARGETS
from contacts.job_shapes import (
    ImportPage,
    ImportShown,
    LinkShown,
    NewImport,
    PreviewShown,
    StartedImport,
    StartImport,
    UploadForm,
)
from contacts.workbench import IMPORT, REPORT, SOURCE, import_path
from shared.api import Cursor, Limit, ProblemError, ProblemKind
from shared.api.problems import INVALID_INPUT
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.field_error import FieldError
from shared.job_queue import work_entry
from shared.permissions import Permission
from shared.phone_numbers import countries
from shared.store.imports import (
    CANCELLED,
    DONE,
    READING,
    READY,
    RUNNING,
    WAITING,
    Job,
    Jobs,
    JobStateError,
    seconds_left,
    summed,
)
from shared.tenancy import Tenant

MOST_BYTES: Final = 50 * 1024 * 1024
_NO_REPORT: Final = ProblemKind(409, "report-not-ready", "The report comes when the import ends.")


@api.endpoint("POST", "/v1/contact-imports", permission=Permission.IMPORT_CONTACTS, status=201)
def create_import(body: NewImport) -> StartedImport:
    """Begin an import. Post the file as a form to `upload.url`: first all `upload.fields`, then
    `file`. Then ask for the import until it is ready."""
    tenant, now = api.caller.workspace, now_ms()
    job = Job(contact_id_at(now), WAITING, now, detail={"file_name": body.file_name})
    form = place.files(tenant).upload_form(import_path(job.id, SOURCE), MOST_BYTES)
    _jobs(tenant).create(job, told("contact_import.created", job.id, now, file=body.file_name))
    return StartedImport(id=job.id, upload=UploadForm(url=form["url"], fields=form["fields"]))


@api.endpoint("GET", "/v1/contact-imports", permission=Permission.IMPORT_CONTACTS)
def list_imports(limit: Limit = 50, cursor: Cursor = None) -> ImportPage:
    """List imports, newest first. Their rows are told by the one import only."""
    tenant = api.caller.workspace
    found, next_cursor = _jobs(tenant).page(limit, cursor)
    items = [_shown(tenant, job, with_preview=False) for job in found]
    return ImportPage(items=items, next_cursor=next_cursor)


@api.endpoint("GET", "/v1/contact-imports/{import_id}", permission=Permission.IMPORT_CONTACTS)
def get_import(import_id: str) -> ImportShown:
    """Get an import: how far it is, and the preview once the file was read."""
    tenant = api.caller.workspace
    job = _jobs(tenant).get(import_id)
    if job.status == WAITING and place.files(tenant).is_there(import_path(job.id, SOURCE)):
        job = _read(tenant, job)
    return _shown(tenant, job, with_preview=True)


@api.endpoint(
    "POST", "/v1/contact-imports/{import_id}/start", permission=Permission.IMPORT_CONTACTS
)
def start_import(import_id: str, body: StartImport) -> ImportShown:
    """Start writing contacts, with what each column means."""
    tenant, now = api.caller.workspace, now_ms()
    job = _jobs(tenant).get(import_id)
    if job.status != READY:
        raise JobStateError(import_id)
    mapping = {column: target for column, target in body.mapping.items() if target}
    if body.default_country not in countries():
        errors = [FieldError("default_country", "There is no such country")]
        raise ProblemError(INVALID_INPUT, errors=errors)
    _check(mapping, job.detail["dialect"]["columns"], set(place.fields(tenant).all()))
    options = {
        "mapping": mapping,
        "default_country": body.default_country,
        "duplicates": body.duplicates,
        "tags": body.tags,
        "opt_in": body.opt_in.model_dump() if body.opt_in else None,
    }
    entry = told("contact_import.started", job.id, now, file=job.detail["file_name"])
    # Handed over before it runs: the work waits for the write, and no crash leaves it without work.
    place.hand_over(work_entry(tenant, "cut", job.id))
    _jobs(tenant).move(job.id, (READY,), RUNNING, beside=entry, options=options, started_at=now)
    return _shown(tenant, _jobs(tenant).get(import_id), with_preview=True)


@api.endpoint(
    "POST", "/v1/contact-imports/{import_id}/cancel", permission=Permission.IMPORT_CONTACTS
)
def cancel_import(import_id: str) -> ImportShown:
    """Stop an import. Contacts that were written stay."""
    tenant, now = api.caller.workspace, now_ms()
    job = _jobs(tenant).get(import_id)
    _jobs(tenant).move(
        job.id,
        (WAITING, READING, READY, RUNNING),
        CANCELLED,
        beside=told("contact_import.cancelled", job.id, now),
        finished_at=now,
    )
    if job.status == RUNNING:
        place.hand_over(work_entry(tenant, "report", job.id))
    return _shown(tenant, _jobs(tenant).get(import_id), with_preview=True)


@api.endpoint(
    "GET", "/v1/contact-imports/{import_id}/report", permission=Permission.IMPORT_CONTACTS
)
def get_report(import_id: str) -> LinkShown:
    """Get a link, good for an hour, to the rows that were refused or left out, with reasons."""
    tenant = api.caller.workspace
    job = _jobs(tenant).get(import_id)
    if not job.report or job.status not in (DONE, CANCELLED):
        raise ProblemError(_NO_REPORT)
    name = f"import-{job.id}-report.csv"
    return LinkShown(url=place.files(tenant).link(import_path(job.id, REPORT), name))


def _read(tenant: Tenant, job: Job) -> Job:
    """The file has come: have it read."""
    place.hand_over(work_entry(tenant, "read", job.id))
    with suppress(JobStateError):
        _jobs(tenant).move(job.id, (WAITING,), READING)
    return _jobs(tenant).get(job.id)


def _check(mapping: Mapping[str, str], columns: list[str], fields: set[str]) -> None:
    """Raises ProblemError."""
    errors = [
        FieldError(f"mapping.{column[:60]}", "There is no such column")
        for column in mapping
        if column not in columns
    ]
    for column, target in mapping.items():
        is_field = target.startswith(FIELD) and target.removeprefix(FIELD) in fields
        if not is_field and target not in TARGETS:
            errors.append(FieldError(f"mapping.{column[:60]}", "There is no such target"))
    targets = list(mapping.values())
    twice = {target for target in targets if targets.count(target) > 1}
    errors += [FieldError("mapping", f"{target[:60]} is meant by two columns") for target in twice]
    if PHONE not in targets:
        errors.append(FieldError("mapping", "One column must be the phone number"))
    if errors:
        raise ProblemError(INVALID_INPUT, errors=errors)


def _shown(tenant: Tenant, job: Job, *, with_preview: bool) -> ImportShown:
    parts = summed(_jobs(tenant).parts(job.id)) if job.started_at else None
    preview = job.detail.get("preview") if with_preview else None
    return ImportShown(
        id=job.id,
        file_name=job.detail["file_name"],
        created_at=job.created_at,
        status=job.status,
        preview=PreviewShown.model_validate(preview) if preview else None,
        total=job.total,
        done=parts.done if parts else 0,
        created=parts.created if parts else 0,
        updated=parts.updated if parts else 0,
        skipped=parts.skipped if parts else 0,
        rejected=parts.rejected if parts else 0,
        reason=job.reason,
        seconds_left=seconds_left(job, parts.done, now_ms()) if parts else None,
    )


def _jobs(tenant: Tenant) -> Jobs:
    return place.jobs(tenant, IMPORT)
