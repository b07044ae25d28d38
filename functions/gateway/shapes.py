"""What the gateway's API answers. Times are milliseconds."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints

from shared.api import Input, Output
from shared.json_types import JsonObject

_UNSHOWN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _on_one_line(text: str) -> str:
    if _UNSHOWN.search(text):
        raise ValueError("must not hold control characters")
    return text


FileName = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_on_one_line)
]


class ContactShown(Output):
    """A person has a number, a business-scoped id, or both."""

    id: str
    name: str | None
    wa_id: str | None
    bsuid: str | None
    username: str | None


class LastMessage(Output):
    text: str
    direction: str
    type: str


class TakenShown(Output):
    """`by` is a person's or key's id, `phone` (somebody on the phone that shares the number), or
    null while it waits for a person of `team`. Without `back_at` it is handed back by a person."""

    by: str | None
    team: str | None
    since: int
    back_at: int | None


class ConversationShown(Output):
    """`contact_id` is the contact's record, null for the first moments. `taken` says which person
    answers, null: the bot does. Until `open_until` anything may be sent, then templates only; it is
    null while the customer has not written. Linked phones have no such window (`has_window`)."""

    id: str
    channel: str
    contact: ContactShown
    contact_id: str | None
    blocked: bool
    taken: TakenShown | None
    open_until: int | None
    has_window: bool
    last_message: LastMessage
    last_at: int


class ConversationPage(Output):
    items: list[ConversationShown]
    next_cursor: str | None


class FileShown(Output):
    """The file that a message brought: `state` is waiting, stored or failed; `reason` says why it
    takes long, or why it is lost; `mime_type` is what its bytes say, `size` in bytes."""

    state: str
    reason: str | None
    mime_type: str | None
    size: int


class MediaLink(Output):
    """`url` needs no token and lives until `expires_at`."""

    url: str
    expires_at: int
    mime_type: str
    size: int
    file_name: str


class NewMedia(Input):
    """A file to be uploaded. `mime_type` is one that WhatsApp takes."""

    file_name: FileName
    mime_type: Annotated[str, StringConstraints(max_length=100)]


class UploadForm(Output):
    url: str
    fields: dict[str, str]


class MediaShown(Output):
    """`state` is waiting (for its bytes), ready, or refused (`reason` says why). `size` in bytes;
    `mime_type` is what the bytes say, once they are there."""

    id: str
    file_name: str
    mime_type: str
    state: str
    reason: str | None
    size: int
    created_at: int


class StartedMedia(MediaShown):
    """Post the file as a form to `upload.url`, within an hour: first all `upload.fields`, then
    `file`."""

    upload: UploadForm


class MediaWithLink(MediaShown):
    """`url` lives until `expires_at`; both are null until the file is ready."""

    url: str | None
    expires_at: int | None


class MediaPage(Output):
    items: list[MediaShown]
    next_cursor: str | None


class MessageShown(Output):
    """`status` is null for a customer's message; `reason` says why one of ours is not sent.

    `content` is what `type` names in WhatsApp's own shape; `target` the wamid of the message that
    this one edits (`edit`), deletes (`revoke`) or reacts to; `quotes` that of the one it answers.
    `kind` is `message`, or how it came otherwise: `echo` (written on the phone that shares the
    number), `standby`, `history`, `history_echo`, `call`.
    """

    id: str
    direction: str
    type: str
    text: str
    at: int
    wamid: str | None
    status: str | None
    reason: str | None
    content: JsonObject | list[JsonObject] | None
    target: str | None
    quotes: str | None
    kind: str
    file: FileShown | None


class MessagePage(Output):
    items: list[MessageShown]
    next_cursor: str | None


class KeptShown(Output):
    """`reason` is a short name such as unknown_field; `field` the webhook field it came in."""

    id: str
    reason: str
    field: str
    at: int
    body: JsonObject


class InspectionPage(Output):
    items: list[KeptShown]
    next_cursor: str | None
