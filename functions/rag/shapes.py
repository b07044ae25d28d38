"""What goes in and out of the routes of knowledge bases and documents. Times are milliseconds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.api import Input, Output
from shared.public_addresses import PublicAddressError, place

MOST_PAIRS = 500
_LINE = r"^[^\x00-\x1f\x7f]*$"


def _is_address(url: str) -> str:
    """Where a name leads is checked when it is fetched: that may change at any time."""
    try:
        place(url)
    except PublicAddressError as error:
        raise ValueError(str(error)) from error
    return url


Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_LINE)]
Rate = Annotated[float, Field(ge=0, le=1)]
Description = Annotated[str, StringConstraints(max_length=1000)]
Url = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000, pattern=r"^[!-~]*$"),
    AfterValidator(_is_address),
]


class NewBase(Input):
    name: Name
    description: Description = ""


class BaseChange(Input):
    name: Name | None = None
    description: Description | None = None


class GateSetting(Input):
    """What publishing a flow that uses the base asks of it: an evaluation of its documents and
    settings as they are, that reached at least this `correctness` and `faithfulness` (0 to 1)."""

    is_on: bool = False
    correctness: Rate = 0.8
    faithfulness: Rate = 0.9


class BaseShown(Output):
    """`settings` are how questions are answered from it; `can_rerank` whether one of them, a better
    order of passages by a model, is offered here."""

    id: str
    name: str
    description: str
    settings: dict[str, Any]
    can_rerank: bool
    gate: GateSetting
    revision: int
    created_at: int


class BaseList(Output):
    items: list[BaseShown]


class NewDocument(Input):
    """The name's ending says what kind of file it is: .pdf, .docx, .csv, .html, .md or .txt."""

    file_name: Name


class Pair(Input):
    question: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    answer: Annotated[str, StringConstraints(min_length=1, max_length=5000)]


Pairs = Annotated[list[Pair], Field(min_length=1, max_length=MOST_PAIRS)]


class NewFaq(Input):
    name: Name
    pairs: Pairs


class NewWebPage(Input):
    """Without a name: the address."""

    url: Url
    name: Name | None = None


class Replacement(Input):
    """What the document is made from after: of the kind that it was. `file_name` for files, which
    are uploaded after; `pairs` or `url` for the others."""

    file_name: Name | None = None
    pairs: Pairs | None = None
    url: Url | None = None


class DocumentChange(Input):
    name: Name | None = None
    is_enabled: bool | None = None


class UploadForm(Output):
    url: str
    fields: dict[str, str]


State = Literal["waiting", "queued", "reading", "splitting", "embedding", "ready", "failed"]


class DocumentShown(Output):
    """`state` is that of the newest version: waiting (for its file), queued, reading, splitting,
    embedding, ready or failed, for the `reason`; `progress` is how much of it is embedded, 0 to 1.
    `is_answering` says whether questions are answered from it now, be it from an older version.
    `warning` tells what was left out, such as pages that are pictures (`scanned_pages`)."""

    id: str
    knowledge_base_id: str
    name: str
    kind: str
    state: State
    reason: str | None
    warning: str | None
    progress: float
    version: int
    is_enabled: bool
    is_answering: bool
    size: int
    pages: int
    scanned_pages: list[int]
    chunks: int
    url: str | None
    revision: int
    created_at: int
    updated_at: int


class StartedDocument(DocumentShown):
    """`upload` is the form for its file; none where no file is waited for."""

    upload: UploadForm | None


class DocumentPage(Output):
    items: list[DocumentShown]
    next_cursor: str | None
