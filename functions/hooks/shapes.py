"""What goes in and out of the API of webhooks. Times are milliseconds."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from shared.api import Input, Output
from shared.notices import TYPES
from shared.public_addresses import PublicAddressError, place

_LONGEST_URL = 2000
_VISIBLE = re.compile(r"[!-~]*")


def _is_type(name: str) -> str:
    if name not in TYPES:
        raise ValueError(f"is none of {', '.join(TYPES)}")
    return name


def _is_address(url: str) -> str:
    """Where a name leads is checked when it is called: that may change at any time."""
    if not _VISIBLE.fullmatch(url):
        raise ValueError("must be written in ASCII, without spaces")
    try:
        there = place(url)
    except PublicAddressError as error:
        raise ValueError(str(error)) from error
    if there.scheme != "https" and not _is_literal(there.host):
        raise ValueError("must begin with https://")
    return url


def _is_literal(host: str) -> bool:
    """An operator allows private addresses by number; those have no certificates."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


NoticeType = Annotated[str, AfterValidator(_is_type)]
Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=_LONGEST_URL),
    AfterValidator(_is_address),
]
Types = Annotated[list[NoticeType], Field(min_length=1, max_length=len(TYPES))]
Description = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class NewWebhook(Input):
    url: Url
    types: Types
    description: Description = ""


class WebhookChange(Input):
    """What is left out stays. `active` false pauses it; true also brings back one that was switched
    off."""

    url: Url | None = None
    types: Types | None = None
    description: Description | None = None
    active: bool | None = None


class ReplaySince(Input):
    since: Annotated[int, Field(ge=0, le=9_999_999_999_999, description="Milliseconds")]


class WebhookShape(Output):
    """`state` is "active", "paused" (by a person) or "disabled" (after it had failed for long, with
    the `reason`)."""

    id: str
    url: str
    types: list[str]
    description: str
    state: str
    reason: str | None
    failing_since: int | None
    revision: int
    created_at: int


class WebhookList(Output):
    items: list[WebhookShape]


class WebhookSecret(WebhookShape):
    """`secret` is shown this once."""

    secret: str


class AttemptShape(Output):
    """`took` in milliseconds; `status` is null where nobody answered."""

    at: int
    took: int
    status: int | None
    answer: str


class DeliveryShape(Output):
    """`state` is "pending", "delivered" or "failed"; `next_at` is when a pending one is tried."""

    id: str
    notice_id: str
    type: str
    state: str
    reason: str | None
    created_at: int
    next_at: int | None
    attempts: list[AttemptShape]


class DeliveryWithBody(DeliveryShape):
    body: str


class DeliveryPage(Output):
    items: list[DeliveryShape]
    next_cursor: str | None


class Replayed(Output):
    """`more` says that there are others that failed: ask again."""

    replayed: int
    more: bool
