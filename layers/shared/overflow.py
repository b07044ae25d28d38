"""Queue bodies that are too large for SQS travel by S3 reference. What they hold is people's: once
the work is done they are emptied, and what is left of them says that it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from shared.json_types import JsonObject
from shared.queues import encode

INLINE_LIMIT = 900_000  # bytes; the rest of SQS's 1 MiB is for ids and attributes
PREFIX = "overflow/"
_EMPTIED = b"{}"


class EmptiedError(Exception):
    """The work with this body is done."""


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


def work_on(body: str, s3: Any, bucket: str, work: Callable[[JsonObject], None]) -> None:
    """Do the work with a queue body, and empty it where it was parked."""
    try:
        decoded = fetch(body, s3, bucket)
    except EmptiedError:
        return
    work(decoded)
    empty(body, s3, bucket)


def fetch(body: str, s3: Any, bucket: str) -> JsonObject:
    """Decode a queue body, following the pointer when there is one. Raises EmptiedError."""
    decoded: JsonObject = json.loads(body)
    key = decoded.get("parked")
    if key is None:
        return decoded
    stored: bytes = s3().get_object(Bucket=bucket, Key=key)["Body"].read()
    if stored == _EMPTIED:
        raise EmptiedError(key)
    read: JsonObject = json.loads(stored)
    return read


def empty(body: str, s3: Any, bucket: str) -> None:
    """Of a body whose work is done. The same content may be parked anew meanwhile: done again, it
    finds itself done."""
    key = json.loads(body).get("parked")
    if key is not None:
        s3().put_object(Bucket=bucket, Key=key, Body=_EMPTIED, ContentType="application/json")
