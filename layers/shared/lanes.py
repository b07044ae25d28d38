"""Which lane (FIFO message group) a person's events travel in.

A person is known by a business-scoped user id, a phone number, or both, and either may be missing
from any one webhook. The lane follows the strongest identity that the webhook carries; the store
links the lanes of one person to one conversation (see `shared.store.conversations`).
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Identity:
    """One name of a person on a channel. `kind` is "bsuid", "wa_id" or "lid"."""

    kind: str
    value: str


@lru_cache(maxsize=4096)
def contact_id(channel: str, kind: str, value: str) -> str:
    """An opaque id of 24 letters and digits; the same for the same identity
    (see `Identity`) on a channel.

    Opaque because it stands in queue names, keys, logs and addresses, where a phone number must
    not; salted with the channel so that two tenants never see the same id for one person.
    """
    digest = hashlib.sha256(f"{channel}\n{kind}\n{value}".encode()).digest()
    return b32encode(digest[:15]).decode().lower()


def lane(channel: str, contact: str) -> str:
    """The MessageGroupId: at most 128 characters."""
    return f"{channel}#{contact}"
