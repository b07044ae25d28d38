"""What travels in the queue `Media`: files to fetch from WhatsApp, and files to bring there."""

from __future__ import annotations

from typing import Final

from shared.queues import Entry, encode
from shared.tenancy import Tenant

FETCH: Final = "fetch"
UPLOAD: Final = "upload"


def fetch_entry(tenant: Tenant, channel: str, contact: str, seq: int) -> Entry:
    """Fetch the file of a message. It is named by its place in the log, which knows the rest."""
    place = {"channel": channel, "contact": contact, "seq": seq}
    return Entry(encode({"v": 1, "work": FETCH, "tenant": tenant.id, **place}), group=tenant.id)


def upload_entry(tenant: Tenant, channel: str, media_id: str) -> Entry:
    """Bring a file of the workspace's to WhatsApp, for messages of this number."""
    body = {"v": 1, "work": UPLOAD, "tenant": tenant.id, "channel": channel, "media": media_id}
    return Entry(encode(body), group=tenant.id)
