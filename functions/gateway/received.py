"""The files that messages brought, for people: by links that live for minutes."""

from __future__ import annotations

import re
from typing import Final

from gateway import place
from gateway.app import api
from gateway.refusals import FILE_LOST, FILE_NOT_THERE_YET, NO_FILE
from gateway.shapes import MediaLink
from shared.api import ProblemError
from shared.channels.inbound import Media, media_of
from shared.clock import now_ms
from shared.media.kinds import SHOWN
from shared.media.names import file_name
from shared.permissions import Permission
from shared.store.received_files import FAILED, STORED, LineMissingError, received_path

LINK_SECONDS: Final = 300
_NUMBER: Final = re.compile(r"[0-9]{1,10}")


@api.endpoint(
    "GET",
    "/v1/conversations/{conversation_id}/media/{message_id}",
    permission=Permission.READ_CONVERSATIONS,
)
def get_received_file(conversation_id: str, message_id: str) -> MediaLink:
    """Get a link to the file of a message, good for five minutes.

    Pictures, sound and films open in place; everything else is downloaded.
    """
    tenant = api.caller.workspace
    where = (*place.lane_of(conversation_id), _number(message_id))
    store = place.received(tenant)
    try:
        message, _ = store.line(*where)
    except LineMissingError:
        raise ProblemError(NO_FILE) from None
    media, file = media_of(message), store.get(*where)
    if media is None:
        raise ProblemError(NO_FILE)
    if file is None or file.state != STORED:
        if file is not None and file.state == FAILED:
            raise ProblemError(FILE_LOST, file.reason)
        raise ProblemError(FILE_NOT_THERE_YET)
    name = _name(media, file.mime_type, message_id)
    url = place.files(tenant).link(
        received_path(*where), name, shown=file.mime_type in SHOWN, seconds=LINK_SECONDS
    )
    return MediaLink(
        url=url,
        expires_at=now_ms() + LINK_SECONDS * 1000,
        mime_type=file.mime_type,
        size=file.size,
        file_name=name,
    )


def _number(message_id: str) -> int:
    if not _NUMBER.fullmatch(message_id):
        raise ProblemError(NO_FILE)
    return int(message_id)


def _name(media: Media, mime_type: str, message_id: str) -> str:
    return file_name(media.filename, mime_type, otherwise=f"{media.kind}-{message_id}")
