"""The channels API: its routes are declared on `api` by the modules that api.py brings together."""

from __future__ import annotations

from channels.place import settings
from channels.refusals import REFUSALS
from shared.api import Api

api = Api("Channels", settings=settings, refusals=REFUSALS)


def webhook_url(channel_id: str) -> str:
    """Where Meta's posts about a number of a workspace's own app go: beside this API."""
    return f"{_base_url()}/webhook/{channel_id}"


def linked_webhook_url(channel_id: str) -> str:
    """Where what is said of a linked phone goes."""
    return f"{_base_url()}/webhook/linked/{channel_id}"


def _base_url() -> str:
    headers = api.resolver.current_event.headers
    scheme = headers.get("x-forwarded-proto") or "https"
    return f"{scheme}://{headers.get('host', '')}"
