"""Errors of the API as `application/problem+json` (RFC 9457), with a stable `type`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from shared.field_error import FieldError
from shared.json_types import JsonObject

CONTENT_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:kabar:problem:"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """`name` is the stable last part of the type, for example "conversation-not-found"; `detail`
    says in words what is wrong and what to do."""

    status: int
    name: str
    detail: str


class ProblemError(Exception):
    """Ends a request with this answer. `more` are members of its own that a kind has."""

    def __init__(
        self,
        kind: ProblemKind,
        detail: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        more: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.detail = detail or kind.detail
        self.errors = tuple(errors)
        self.more = dict(more or {})
        self.headers = dict(headers or {})

    def answer(self) -> JsonObject:
        """As a function answers an HTTP API."""
        body: JsonObject = {
            "type": TYPE_PREFIX + self.kind.name,
            "title": HTTPStatus(self.kind.status).phrase,
            "status": self.kind.status,
            "detail": self.detail,
            **self.more,
        }
        if self.errors:
            body["errors"] = [{"field": one.field, "message": one.message} for one in self.errors]
        return {
            "statusCode": self.kind.status,
            "headers": {"Content-Type": CONTENT_TYPE, **self.headers},
            "body": json.dumps(body),
            "isBase64Encoded": False,
        }


INVALID_INPUT: Final = ProblemKind(400, "invalid-input", "Some fields are not as they must be.")
INVALID_JSON: Final = ProblemKind(400, "invalid-json", "The body must be a JSON object in UTF-8.")
INVALID_CURSOR: Final = ProblemKind(
    400, "invalid-cursor", "cursor: use the next_cursor of an earlier page."
)
FORBIDDEN: Final = ProblemKind(403, "forbidden", "You may not do this in this workspace.")
NO_WORKSPACE: Final = ProblemKind(
    403, "no-workspace", "Create a workspace or accept an invitation first."
)
PEOPLE_ONLY: Final = ProblemKind(403, "people-only", "An API key cannot do this: sign in.")
LIMIT_REACHED: Final = ProblemKind(
    403, "plan-limit-reached", "The workspace's plan does not allow more of this."
)
NO_ROUTE: Final = ProblemKind(404, "no-such-route", "There is nothing at this address.")
WRONG_METHOD: Final = ProblemKind(
    405, "method-not-allowed", "This address does not know that method."
)
STILL_RUNNING: Final = ProblemKind(
    409, "still-running", "The same request is being worked on: ask again in a moment."
)
ANSWER_NOT_KEPT: Final = ProblemKind(
    409,
    "answer-not-kept",
    "This was done. Its answer is given once only: it held a secret, or more than can be kept.",
)
CHANGED_MEANWHILE: Final = ProblemKind(
    412, "changed-meanwhile", "It has changed since you read it: read it again."
)
NOT_JSON: Final = ProblemKind(
    415, "not-json", "Send the body as JSON, with Content-Type: application/json."
)
KEY_REUSED: Final = ProblemKind(
    422, "idempotency-key-reused", "This Idempotency-Key was used for another request."
)
IF_MATCH_MISSING: Final = ProblemKind(
    428, "if-match-missing", "Send If-Match with the ETag of what you have read."
)
TOO_MANY_REQUESTS: Final = ProblemKind(
    429, "too-many-requests", "Too many requests: wait for the seconds that Retry-After says."
)
INTERNAL: Final = ProblemKind(
    500, "internal", "Something went wrong on our side. It is on record; please try again."
)
