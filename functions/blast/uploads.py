"""Files with a campaign's audience: posted by the browser, looked at in the background."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from blast import place
from blast.app import api, told
from blast.audience_files import gone_at
from blast.upload_shapes import CampaignUploadForm, NewUpload, StartedUpload, UploadShown
from blast.workbench import UPLOAD, upload_path
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.job_queue import work_entry
from shared.permissions import Permission
from shared.store.imports import READING, WAITING, Job, JobNotFoundError, JobStateError

MOST_BYTES: Final = 100 * 1024 * 1024


@api.endpoint("POST", "/v1/campaign-uploads", permission=Permission.EDIT_CAMPAIGNS, status=201)
def create_campaign_upload(body: NewUpload) -> StartedUpload:
    """Begin to upload a file. Post it as a form to `upload.url`: first all `upload.fields`, then
    `file`. Then ask for the upload until it is ready. It is kept for eight days."""
    tenant, now = api.caller.workspace, now_ms()
    bench = place.bench(tenant)
    job = Job(contact_id_at(now), WAITING, now, detail={"file_name": body.file_name})
    form = bench.files.upload_form(upload_path(job.id), MOST_BYTES)
    bench.jobs(UPLOAD).create(
        job, told("campaign_upload.created", job.id, now, file=body.file_name)
    )
    return StartedUpload(
        id=job.id, upload=CampaignUploadForm(url=form["url"], fields=form["fields"])
    )


@api.endpoint("GET", "/v1/campaign-uploads/{upload_id}", permission=Permission.EDIT_CAMPAIGNS)
def get_campaign_upload(upload_id: str) -> UploadShown:
    """Get an upload: its columns and first rows once the file was read."""
    tenant = api.caller.workspace
    bench = place.bench(tenant)
    job = bench.jobs(UPLOAD).get(upload_id)
    if gone_at(job) <= now_ms():
        raise JobNotFoundError(upload_id)
    if job.status == WAITING and bench.files.is_there(upload_path(job.id)):
        with suppress(JobStateError):
            bench.jobs(UPLOAD).move(job.id, (WAITING,), READING)
        job = bench.jobs(UPLOAD).get(upload_id)
    if gone_at(job) <= now_ms():
        raise JobNotFoundError(upload_id)
    if job.status == READING:
        # Asked for again as long as it is not read: whoever died before it was queued is made up
        # for, and who comes second finds it done.
        bench.hand_over(work_entry(tenant, "read", job.id))
    return _shown(job)


def _shown(job: Job) -> UploadShown:
    preview = job.detail.get("preview", {})
    return UploadShown(
        id=job.id,
        file_name=job.detail["file_name"],
        status="waiting" if job.status == READING else job.status,
        reason=job.reason,
        columns=preview.get("columns", []),
        rows=preview.get("rows", []),
        phone_column=preview.get("phone_column"),
        total=job.total,
    )
