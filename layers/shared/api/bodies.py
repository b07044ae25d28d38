"""A body is JSON before anything looks into it."""

from __future__ import annotations

import json
from base64 import b64decode

from shared.api.problems import INVALID_JSON, NOT_JSON, ProblemError
from shared.json_types import JsonObject


def text_of(event: JsonObject) -> str:
    """Raises ProblemError when the bytes are not UTF-8."""
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body)
    try:
        return b64decode(body).decode()
    except ValueError as error:
        raise ProblemError(INVALID_JSON) from error


def check_body(event: JsonObject) -> None:
    """No body at all is fine here: whether one is needed is for the route's own model to say.

    Raises ProblemError for another type, or for what is no JSON object.
    """
    text = text_of(event)
    if not text:
        # What validates the route's model reads an object.
        event.update(body="{}", isBase64Encoded=False)
        return
    content_type = event["headers"].get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise ProblemError(NOT_JSON)
    try:
        parsed = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ProblemError(INVALID_JSON) from error
    if not isinstance(parsed, dict):
        raise ProblemError(INVALID_JSON)


def _refuse(constant: str) -> None:
    raise ValueError(constant)
