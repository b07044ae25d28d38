"""Ids and secrets that nobody can guess."""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_ID_LENGTH = 16  # 82 bits


def new_id() -> str:
    """Lower-case letters and digits: fits a tenant id, a key's part and an address."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))


def new_secret() -> str:
    """A token of 256 bits, safe in addresses."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a secret: SHA-256 in hex. Secrets of 256 bits need no salt."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
