"""Files of the workspace's own, for messages: uploaded once, sent by their id."""

from __future__ import annotations

from typing import Any, Final

from gateway import place
from gateway.app import api
from gateway.shapes import (
    MediaPage,
    MediaShown,
    MediaWithLink,
    NewMedia,
    StartedMedia,
    UploadForm,
)
from shared.api import Cursor, Limit, ProblemError
from shared.api.problems import INVALID_INPUT
from shared.clock import now_ms
from shared.field_error import FieldError
from shared.media.kinds import SHOWN, UPLOADED, bare
from shared.media.names import file_name
from shared.permissions import Permission
from shared.store.media_files import (
    READY,
    MediaFile,
    MediaNotFoundError,
    file_path,
    new_media_id,
    upload_path,
)
from shared.usage.meters import STORAGE_BYTES

LINK_SECONDS: Final = 300


@api.endpoint("POST", "/v1/media", permission=Permission.SEND_MESSAGES, status=201)
def create_media(body: NewMedia) -> StartedMedia:
    """Upload a file for messages.

    Post the file as a form to `upload.url`: first all `upload.fields`, then `file`. Then name it
    in messages by its id: {"type": "image", "image": {"id": "media_…"}}. It is brought to WhatsApp
    once per number, however many people it is sent to.
    """
    mime_type = bare(body.mime_type)
    if mime_type not in UPLOADED:
        words = f"WhatsApp takes none of these: use one of {', '.join(UPLOADED)}"
        raise ProblemError(INVALID_INPUT, errors=[FieldError("mime_type", words)])
    tenant, now = api.caller.workspace, now_ms()
    place.limits(tenant).check(tenant, STORAGE_BYTES)
    file = MediaFile(new_media_id(now), body.file_name, mime_type, now)
    form = place.files(tenant).upload_form(upload_path(file.id), UPLOADED[mime_type])
    place.library(tenant).records.create(file)
    return StartedMedia(**_shown(file), upload=UploadForm(url=form["url"], fields=form["fields"]))


@api.endpoint("GET", "/v1/media", permission=Permission.SEND_MESSAGES)
def list_media(limit: Limit = 50, cursor: Cursor = None) -> MediaPage:
    """List files for messages, newest first."""
    found, next_cursor = place.library(api.caller.workspace).records.page(limit, cursor)
    return MediaPage(items=[MediaShown(**_shown(file)) for file in found], next_cursor=next_cursor)


@api.endpoint("GET", "/v1/media/{media_id}", permission=Permission.SEND_MESSAGES)
def get_media(media_id: str) -> MediaWithLink:
    """Get a file for messages: whether it can be sent, and a link to it, good for five minutes."""
    tenant = api.caller.workspace
    file = place.library(tenant).find(media_id)
    if file is None:
        raise MediaNotFoundError(media_id)
    if file.state != READY:
        return MediaWithLink(**_shown(file), url=None, expires_at=None)
    name = file_name(file.name, file.mime_type, otherwise="file")
    url = place.files(tenant).link(
        file_path(file.id), name, shown=file.mime_type in SHOWN, seconds=LINK_SECONDS
    )
    return MediaWithLink(**_shown(file), url=url, expires_at=now_ms() + LINK_SECONDS * 1000)


@api.endpoint("DELETE", "/v1/media/{media_id}", permission=Permission.SEND_MESSAGES, status=204)
def delete_media(media_id: str) -> None:
    """Delete a file for messages. What was sent stays with those who have it; what names it and is
    not sent yet fails."""
    place.library(api.caller.workspace).delete(media_id, now_ms())


def _shown(file: MediaFile) -> dict[str, Any]:
    return {
        "id": file.id,
        "file_name": file.name,
        "mime_type": file.mime_type,
        "state": file.state,
        "reason": file.reason or None,
        "size": file.size,
        "created_at": file.created_at,
    }
