"""Queue bodies that are too large for SQS travel by S3 reference."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from shared.json_types import JsonObject
from shared.queues import encode

INLINE_LIMIT = 900_000  # bytes; the rest of SQS's 1 MiB is for ids and attributes
PREFIX = "overflow/"


def park_if_large(body: str, s3: Any, bucket: str) -> str:
    """The body itself, or a short body that points to where it was stored.

    `s3` is a function that makes the client: most bodies never need it.
    """
    if len(body) <= INLINE_LIMIT:
        return body
    data = body.encode()
    key = PREFIX + hashlib.sha256(data).hexdigest()
    s3().put_object(Bucket=bucket, Key=key, Body=data, ContentType="application/json")
    return encode({"parked": key})


def fetch(body: str, s3: Any, bucket: str) -> JsonObject:
    """Decode a queue body, following the pointer when there is one."""
    decoded: JsonObject = json.loads(body)
    key = decoded.get("parked")
    if key is None:
        return decoded
    stored: JsonObject = json.loads(s3().get_object(Bucket=bucket, Key=key)["Body"].read())
    return stored
