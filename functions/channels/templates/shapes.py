"""What goes in and out of the routes of templates. Times are milliseconds.

Components are in Meta's own shape; what is wrong in them is told by `shared.templates`.
"""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from channels.shapes import MetaId
from shared.api import Input, Output

Components = Annotated[list[dict[str, Any]], Field(max_length=20)]
Word = Annotated[str, Field(max_length=600)]
Asked = Annotated[str, Query(max_length=100)]


class TemplateDraft(Input):
    """`waba_id` says in which account, where the workspace has several. A header's sample is
    "sample:<id>" (see POST /v1/template-samples) in `example.header_handle`."""

    name: Word
    language: Word
    category: Word
    components: Components
    parameter_format: Word = "POSITIONAL"
    message_send_ttl_seconds: int | None = None
    waba_id: MetaId | None = None


class TemplateEdit(Input):
    category: Word | None = None
    components: Components | None = None
    message_send_ttl_seconds: int | None = None


class ButtonWanted(Output):
    """`kind` as a message names it: quick_reply, url, copy_code, flow, …"""

    index: int
    kind: str
    text: str
    needed: bool


class CardWanted(Output):
    header: str | None
    body: list[str]
    buttons: list[ButtonWanted]


class FillingWanted(Output):
    """What is to be filled when it is sent: the header's kind, the variables by their names."""

    header: str | None
    header_names: list[str]
    body: list[str]
    named: bool
    buttons: list[ButtonWanted]
    offer: bool
    cards: list[CardWanted]


class TemplateShown(Output):
    """`status`, `category`, `quality` and `reason` as Meta names them; `details` says the reason in
    a sentence, where Meta did. `becomes` is the category that it gets at `changes_at`.
    `next_edit_at`: before that Meta takes no edit."""

    id: str
    waba_id: str
    meta_id: str
    name: str
    language: str
    category: str
    status: str
    parameter_format: str
    components: list[dict[str, Any]]
    message_send_ttl_seconds: int | None
    quality: str
    reason: str
    details: str
    becomes: str
    changes_at: int | None
    editable: bool
    next_edit_at: int | None
    wants: FillingWanted
    preview: dict[str, Any]
    created_at: int
    updated_at: int


class AccountShown(Output):
    """An account of the workspace; `syncing` while its list is compared with Meta's, `reason` why
    that failed the last time."""

    waba_id: str
    channel_id: str
    name: str
    synced_at: int | None
    syncing: bool
    reason: str


class TemplatePage(Output):
    items: list[TemplateShown]
    next_cursor: str | None
    accounts: list[AccountShown]


class FieldWrong(Output):
    field: str
    message: str


class TemplateChecked(Output):
    """`preview` shows the samples, and is None as long as something is wrong."""

    errors: list[FieldWrong]
    preview: dict[str, Any] | None


class SyncStarted(Output):
    accounts: int


class SampleUpload(Output):
    """Post the file as a form to `url`: first all `fields`, then `file`. `handle` then stands for
    it in a header's example, for a week."""

    handle: str
    url: str
    fields: dict[str, str]
