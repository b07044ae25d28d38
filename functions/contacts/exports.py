"""Exports: contacts as a CSV file, written in the background."""

from __future__ import annotations

from contacts import place
from contacts.app import api, told
from contacts.job_shapes import ExportShown, NewExport
from contacts.segment_shapes import parsed
from contacts.workbench import EXPORT, export_path
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.job_queue import work_entry
from shared.permissions import Permission
from shared.segments.filters import Filter, to_json
from shared.store.imports import DONE, RUNNING, Job, Jobs
from shared.tenancy import Tenant


@api.endpoint("POST", "/v1/contact-exports", permission=Permission.IMPORT_CONTACTS, status=201)
def create_export(body: NewExport) -> ExportShown:
    """Export contacts: those of a segment or a filter, or everybody. Cells that a spreadsheet would
    take for a formula get an apostrophe before them."""
    tenant, now = api.caller.workspace, now_ms()
    if body.segment_id is not None:
        filter_ = place.segments(tenant).get(body.segment_id).filter
    else:
        filter_ = parsed(body.filter) if body.filter else Filter()
    job = Job(contact_id_at(now), RUNNING, now, detail={"filter": to_json(filter_)})
    # Handed over before it is written: the work waits for that, and no crash leaves it without.
    place.hand_over(work_entry(tenant, "export", job.id))
    _jobs(tenant).create(job, told("contacts.exported", job.id, now))
    return _shown(tenant, job)


@api.endpoint("GET", "/v1/contact-exports/{export_id}", permission=Permission.IMPORT_CONTACTS)
def get_export(export_id: str) -> ExportShown:
    """Get an export: how far it is, and a link that is good for an hour once it is done."""
    tenant = api.caller.workspace
    return _shown(tenant, _jobs(tenant).get(export_id))


def _shown(tenant: Tenant, job: Job) -> ExportShown:
    url = None
    if job.status == DONE:
        url = place.files(tenant).link(export_path(job.id), f"contacts-{job.id}.csv")
    return ExportShown(id=job.id, status=job.status, done=job.done or 0, total=job.total, url=url)


def _jobs(tenant: Tenant) -> Jobs:
    return place.jobs(tenant, EXPORT)
