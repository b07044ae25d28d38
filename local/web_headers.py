"""The headers that the deployed dashboard is served with (a test holds the two together).

Strict-Transport-Security alone is missing: here is no TLS.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

REVALIDATE: Final = "no-cache"
# The build names files under assets/ by their content.
FOREVER: Final = "public, max-age=31536000, immutable"

_POLICY: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def web_headers(connect_to: Sequence[str], show_from: Sequence[str]) -> dict[str, str]:
    """`connect_to` are the origins that the pages may call, `show_from` those of pictures and
    films."""
    more = {"connect-src": connect_to, "img-src": show_from, "media-src": show_from}
    policy = {name: " ".join((what, *more.get(name, ()))) for name, what in _POLICY.items()}
    return {
        "content-security-policy": "; ".join(f"{name} {what}" for name, what in policy.items()),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


def cache_control(path: str) -> str:
    return FOREVER if path.startswith("/assets/") else REVALIDATE
