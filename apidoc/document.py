"""One OpenAPI 3.1 document out of all contexts' routes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from shared.api import Api, Endpoint, NoPermission
from shared.api.idempotency import HEADER as IDEMPOTENCY_KEY
from shared.api.idempotency import KEY_PATTERN
from shared.api.problems import CONTENT_TYPE, TYPE_PREFIX
from shared.json_types import JsonObject
from shared.permissions import API_KEY_SCOPES

TITLE: Final = "Kabar API"
VERSION: Final = "1"
_PARAGRAPHS: Final = (
    """Everything is JSON. Send a person's access token or an API key as Authorization: Bearer. An
    API key belongs to one workspace; a person works in one workspace at a time.""",
    """Lists come in pages: give next_cursor as cursor to get the next one. Times are milliseconds
    since 1970.""",
    """Errors are application/problem+json: type never changes and is for programs, detail is for
    people, errors names the fields that are not as they must be. Only 401 and 403 without a type
    are the gateway's own: the token or key is missing, unknown or has expired.""",
    """Every POST takes an Idempotency-Key: sent again within 24 hours, the same request is not done
    again but answered as before. What two people may edit has an ETag, which a change sends as
    If-Match. RateLimit headers say how many requests are left; 429 says when to come back, in
    Retry-After.""",
)
DESCRIPTION: Final = "\n\n".join(" ".join(text.split()) for text in _PARAGRAPHS)

# Powertools describes its own errors, which the frame turns into problems.
_NOT_OURS: Final = frozenset({"HTTPValidationError", "ValidationError", "ResponseValidationError"})
_PROBLEM: Final[JsonObject] = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": f"Stable, begins with {TYPE_PREFIX}"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
    },
}
_FIELD_ERROR: Final[JsonObject] = {
    "type": "object",
    "required": ["field", "message"],
    "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
}
_BEARER: Final[JsonObject] = {"type": "http", "scheme": "bearer"}
_SECURITY: Final[JsonObject] = {
    "person": {**_BEARER, "bearerFormat": "JWT", "description": "A person's access token"},
    "key": {**_BEARER, "description": "An API key, which begins with kabar_"},
}


class DocumentError(Exception):
    """Two contexts use one name for different things."""


def document(apis: Iterable[Api]) -> JsonObject:
    """Raises DocumentError."""
    paths: JsonObject = {}
    schemas: JsonObject = {"Problem": _PROBLEM, "FieldError": _FIELD_ERROR}
    tags = []
    seen: set[str] = set()
    for api in apis:
        tags.append({"name": api.tag})
        model = api.resolver.get_openapi_schema(title=TITLE, version=VERSION)
        written: JsonObject = model.model_dump(mode="json", by_alias=True, exclude_none=True)
        for endpoint in api.endpoints:
            operation = written["paths"][endpoint.path][endpoint.method.lower()]
            if operation["operationId"] in seen:
                raise DocumentError(f"two operations are called {operation['operationId']}")
            seen.add(operation["operationId"])
            paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _told(
                operation, endpoint
            )
        _add(schemas, written.get("components", {}).get("schemas", {}))
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": VERSION, "description": DESCRIPTION},
        "tags": tags,
        "x-scopes": sorted(scope.value for scope in API_KEY_SCOPES),
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {"Problem": _problem_response()},
            "headers": _headers(),
            "securitySchemes": _SECURITY,
        },
    }


def _add(schemas: JsonObject, more: JsonObject) -> None:
    for name, schema in more.items():
        if name in _NOT_OURS:
            continue
        if schemas.setdefault(name, schema) != schema:
            raise DocumentError(f"two shapes are called {name}")


def _told(operation: JsonObject, endpoint: Endpoint) -> JsonObject:
    """An operation with what the frame adds to every route."""
    status = str(endpoint.status)
    done = {"description": "Done", **_content(operation["responses"][status], endpoint)}
    done["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _headers()}
    problem = {"$ref": "#/components/responses/Problem"}
    parameters = [*operation.get("parameters", []), *_header_parameters(endpoint)]
    told = {
        **operation,
        "responses": {status: done, "4XX": problem, "5XX": problem},
        "security": _security(endpoint),
        "x-who-may-call": _who(endpoint),
    }
    return {**told, "parameters": parameters} if parameters else told


def _content(response: JsonObject, endpoint: Endpoint) -> JsonObject:
    return {} if endpoint.status == 204 else {"content": response["content"]}


def _header_parameters(endpoint: Endpoint) -> list[JsonObject]:
    found: list[JsonObject] = []
    if endpoint.method == "POST":
        schema = {"type": "string", "pattern": KEY_PATTERN}
        words = "Any text that no other request of yours carries"
        found.append(_header(IDEMPOTENCY_KEY, schema, words, required=False))
    if endpoint.if_match:
        words = "The ETag of what you have read"
        found.append(_header("If-Match", {"type": "string"}, words, required=True))
    return found


def _header(name: str, schema: JsonObject, words: str, *, required: bool) -> JsonObject:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": words,
        "schema": schema,
    }


def _security(endpoint: Endpoint) -> list[JsonObject]:
    return [{"person": []}, {"key": []}] if _programs_may(endpoint) else [{"person": []}]


def _programs_may(endpoint: Endpoint) -> bool:
    if isinstance(endpoint.access, NoPermission):
        return endpoint.access.programs
    return endpoint.access in API_KEY_SCOPES


def _who(endpoint: Endpoint) -> str:
    if isinstance(endpoint.access, NoPermission):
        return f"Needs no permission: {endpoint.access.why}"
    return f"Needs the permission {endpoint.access.value}"


def _problem_response() -> JsonObject:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": "A problem", "content": {CONTENT_TYPE: {"schema": schema}}}


def _headers() -> dict[str, Any]:
    words = {
        "RateLimit-Limit": "Requests per minute",
        "RateLimit-Remaining": "How many are left",
        "RateLimit-Reset": "Seconds until all are there again",
    }
    return {
        name: {"description": text, "schema": {"type": "integer"}} for name, text in words.items()
    }
