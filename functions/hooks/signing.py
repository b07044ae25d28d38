"""Signatures after the Standard Webhooks specification (version 1), which receivers can check with
the libraries that exist for it. Pure."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Final

PREFIX: Final = "whsec_"
_SECRET_BYTES: Final = 32


def new_secret() -> str:
    return PREFIX + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def headers(notice_id: str, sent_at: int, body: str, secrets_: Sequence[str]) -> dict[str, str]:
    """The three headers of a delivery: `webhook-id` is the same at every attempt, so that receivers
    know again what they have seen; `sent_at` in seconds; one signature per secret that is good."""
    text = f"{notice_id}.{sent_at}.{body}".encode()
    signatures = [_signature(text, secret) for secret in secrets_]
    return {
        "webhook-id": notice_id,
        "webhook-timestamp": str(sent_at),
        "webhook-signature": " ".join(signatures),
    }


def _signature(text: bytes, secret: str) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return "v1," + b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
