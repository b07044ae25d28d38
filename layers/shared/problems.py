"""Errors of the API as `application/problem+json` (RFC 9457), with a stable `type`."""

from __future__ import annotations

import json
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

_TYPE_PREFIX = "urn:kabar:problem:"


def problem(status: int, name: str, detail: str) -> Response[str]:
    """`name` is the stable last part of the type, for example "conversation-not-found"; `detail`
    says in words what is wrong and what to do."""
    body = {
        "type": _TYPE_PREFIX + name,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return Response(
        status_code=status, content_type="application/problem+json", body=json.dumps(body)
    )
