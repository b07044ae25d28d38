"""Files of people to write to, as the API takes and shows them."""

from __future__ import annotations

from blast.shapes import Name
from shared.api import Input, Output


class NewUpload(Input):
    file_name: Name


class CampaignUploadForm(Output):
    url: str
    fields: dict[str, str]


class StartedUpload(Output):
    id: str
    upload: CampaignUploadForm


class UploadShown(Output):
    """`status` is waiting (for the file), ready or failed. `phone_column` is the column that seems
    to be the phone number."""

    id: str
    file_name: str
    status: str
    reason: str | None
    columns: list[str]
    rows: list[list[str]]
    phone_column: str | None
    total: int | None
