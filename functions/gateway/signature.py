"""Meta's signature over the raw bytes of a webhook body."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

_PREFIX = "sha256="


def is_signed(raw: bytes, header: str | None, secrets: Iterable[str]) -> bool:
    """Whether `X-Hub-Signature-256` was made over exactly these bytes with one of the app secrets
    (more than one while a secret is being replaced). Compares in constant time."""
    if header is None or not header.startswith(_PREFIX):
        return False
    claimed = header[len(_PREFIX) :].encode("utf-8", "surrogatepass")
    genuine = False
    for secret in secrets:
        expected = hmac.digest(secret.encode(), raw, "sha256").hex().encode()
        genuine |= hmac.compare_digest(expected, claimed)
    return genuine
