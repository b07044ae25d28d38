"""Webhook bodies on the wire: escaped first, signed after."""

import hashlib
import hmac
import json

from local.graph.json_types import JsonObject

# Outside string literals none of these occurs in JSON, so a plain replacement is safe.
ESCAPES = {"/": r"\/", "<": r"\u003c", "@": r"\u0040", "%": r"\u0025"}


def serialise(body: JsonObject) -> bytes:
    """JSON with non-ASCII as lower-case `\\uXXXX`, and the escapes that catch re-serialisers."""
    text = json.dumps(body, ensure_ascii=True, separators=(",", ":"))
    for char, escape in ESCAPES.items():
        text = text.replace(char, escape)
    return text.encode("ascii")


def signature_headers(app_secret: str, body: bytes) -> dict[str, str]:
    """Both headers; the SHA-1 one is a legacy that receivers ignore."""
    key = app_secret.encode()
    return {
        "X-Hub-Signature": "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    }
