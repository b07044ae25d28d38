"""One HTTP call of a flow, and what is kept of its answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from shared.json_types import JsonObject
from shared.observability import count
from shared.public_addresses import PublicAddressError, UnreachableError
from shared.public_http import Response

_MAX_VARIABLE_BYTES: Final = 16_000  # of an answer that a flow may keep
_MAX_VARIABLE_DEPTH: Final = 50  # of its JSON; it is written and read again, inside other JSON


def answer_of(
    action: JsonObject, request: Callable[..., Response], private_hosts: str
) -> JsonObject:
    """What the engine's HttpAnswered says of the call: outcome, status, body. Never raises for what
    the other side does; `private_hosts` as "host:port", with spaces between."""
    try:
        response = request(
            action["method"],
            action["url"],
            headers=action["headers"],
            body=action["body"],
            timeout_seconds=action["timeout_seconds"],
            private_hosts=frozenset(private_hosts.split()),
        )
    except TimeoutError:
        return {"outcome": "timeout"}
    except (PublicAddressError, UnreachableError) as error:
        count("ActionsRefused")
        return {"outcome": "failure", "body": str(error)}
    outcome = "success" if 200 <= response.status < 300 else "failure"
    return {"outcome": outcome, "status": response.status, "body": _kept(response.body)}


def _kept(body: bytes) -> Any:
    """An answer's JSON, or its text when it is none or too deep; what is too large is cut."""
    text = body[:_MAX_VARIABLE_BYTES].decode(errors="replace")
    if len(body) > _MAX_VARIABLE_BYTES:
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text if _is_deeper(value, _MAX_VARIABLE_DEPTH) else value


def _is_deeper(value: Any, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return False
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in parts)
