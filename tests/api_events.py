"""Requests as API Gateway hands them to a function, behind the authorizer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from shared.json_types import JsonObject
from shared.permissions import Permission


def authorized(
    *,
    workspace_id: str = "ws_tests",
    permissions: Iterable[Permission] = tuple(Permission),
    user_id: str = "user-ana",
    key_id: str = "",
    role: str = "owner",
) -> dict[str, str]:
    """What the authorizer passes on; everything is a text."""
    return {
        "workspace_id": workspace_id,
        "role": role,
        "permissions": " ".join(permission.value for permission in permissions),
        "user_id": user_id,
        "email": "ana@kabar.test" if user_id else "",
        "key_id": key_id,
    }


def api_event(
    method: str,
    path: str,
    *,
    body: object = None,
    raw: str | None = None,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    caller: Mapping[str, str] | None = None,
) -> JsonObject:
    """`body` is sent as JSON, `raw` as it is."""
    text = json.dumps(body) if body is not None else raw
    content_type = {"content-type": "application/json"} if text is not None else {}
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={text}" for name, text in (query or {}).items()),
        "queryStringParameters": dict(query) if query else None,
        "headers": {**content_type, **(headers or {})},
        "requestContext": {
            "http": {"method": method, "path": path},
            "stage": "$default",
            "authorizer": {"lambda": dict(caller or authorized())},
        },
        "body": text,
        "isBase64Encoded": False,
    }
