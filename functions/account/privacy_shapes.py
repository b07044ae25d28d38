"""What goes out of the routes of exports and erasure. Times are milliseconds."""

from __future__ import annotations

from shared.api import Output


class ExportShape(Output):
    """`status` is waiting, running, done or failed; `done` counts records so far; `url` leads to
    the zip for a few minutes once it is done; `reason` says why it failed."""

    id: str
    status: str
    done: int
    url: str | None
    reason: str | None
    created_at: int
    expires_at: int


class ErasureShape(Output):
    """The contact is being forgotten, within a minute or two."""

    contact_id: str
    requested_at: int
