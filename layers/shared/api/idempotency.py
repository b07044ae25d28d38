"""`Idempotency-Key`: the same request is done once, however often it is sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Final

from shared.api.problems import (
    ANSWER_NOT_KEPT,
    INVALID_INPUT,
    KEY_REUSED,
    STILL_RUNNING,
    ProblemError,
)
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.store.requests import Answers, Kept, OtherRequestError, StillRunningError

HEADER: Final = "Idempotency-Key"
KEY_PATTERN: Final = r"^[\x21-\x7e]{1,200}$"
_KEY: Final = re.compile(KEY_PATTERN)
_MOST_BYTES: Final = 390_000  # an item holds 400 kB
_REPLAYED: Final = {"Idempotency-Replayed": "true"}


def key_of(event: JsonObject) -> str | None:
    """The key that a request carries. Raises ProblemError when it is none."""
    key = event["headers"].get(HEADER.lower())
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        message = "Should be 1 to 200 letters, digits and signs without spaces"
        raise ProblemError(INVALID_INPUT, errors=[FieldError(HEADER, message)])
    return str(key)


def fingerprint(event: JsonObject) -> str:
    """The same for the same request: method, address and body."""
    parts = (
        event["requestContext"]["http"]["method"],
        event["rawPath"],
        event.get("rawQueryString") or "",
        event.get("body") or "",
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def once(
    answers: Answers,
    key: str,
    print_: str,
    now: int,
    work: Callable[[], JsonObject],
    *,
    secret: bool,
) -> JsonObject:
    """Do the work and keep its answer, or answer as before. What was refused or failed has changed
    nothing and may be asked again. `now` in seconds. Raises ProblemError."""
    try:
        kept = answers.begin(key, print_, now)
    except StillRunningError as error:
        raise ProblemError(STILL_RUNNING) from error
    except OtherRequestError as error:
        raise ProblemError(KEY_REUSED) from error
    if kept is not None:
        return _again(kept)
    answer = work()
    if answer["statusCode"] < 300:
        answers.keep(key, Kept(answer["statusCode"], None if secret else _keepable(answer["body"])))
    else:
        answers.forget(key)
    return answer


def _keepable(body: str) -> str | None:
    return body if len(body.encode("utf-8", "surrogatepass")) <= _MOST_BYTES else None


def _again(kept: Kept) -> JsonObject:
    if kept.body is None:
        raise ProblemError(ANSWER_NOT_KEPT)
    return {
        "statusCode": kept.status,
        "headers": {"Content-Type": "application/json", **_REPLAYED},
        "body": kept.body,
        "isBase64Encoded": False,
    }
