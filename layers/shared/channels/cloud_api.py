"""Meta's WhatsApp Cloud API: one call, and an answer that says what is known afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import urllib3

from shared.channels.errors import Action, classify
from shared.channels.messages import read_receipt
from shared.json_types import JsonObject

_TIMEOUT = urllib3.Timeout(connect=3, read=10)
_CONNECTIONS = 64  # that are kept: as many as anybody sends with at once


@dataclass(frozen=True, slots=True)
class Accepted:
    """Meta took the message; delivery is told by statuses only."""

    wamid: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Meta did not answer with success. With Action.UNSETTLED it may have taken the message.
    `retry_after` is in seconds, when Meta names it; `tries` how many sends are worth it in all."""

    action: Action
    reason: str
    code: int | None = None
    retry_after: float | None = None
    tries: int | None = None


Answer: TypeAlias = Accepted | Refused


class CloudApi(Protocol):
    """What the sender needs of Meta."""

    def send(self, phone_number_id: str, token: str, payload: JsonObject) -> Answer: ...

    def mark_read(self, phone_number_id: str, token: str, wamid: str, typing: bool) -> None: ...


class MarkReadError(RuntimeError):
    """Meta did not confirm that a message was marked as read."""


class GraphCloudApi:
    """`base_url` without a version, for example the value of GRAPH_API_URL."""

    def __init__(
        self, base_url: str, version: str, http: urllib3.PoolManager | None = None
    ) -> None:
        self._base = f"{base_url.rstrip('/')}/{version}"
        self._http = http or urllib3.PoolManager(
            timeout=_TIMEOUT, retries=False, maxsize=_CONNECTIONS
        )

    def send(self, phone_number_id: str, token: str, payload: JsonObject) -> Answer:
        if not _is_header_text(token):
            return Refused(Action.TOKEN_DEAD, "The access token is malformed")
        try:
            response = self._post(phone_number_id, token, payload)
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            # Nothing was transmitted, so nothing can have been accepted.
            return Refused(Action.RETRY, "WhatsApp could not be reached")
        except urllib3.exceptions.HTTPError as error:
            return Refused(Action.UNSETTLED, f"No answer from WhatsApp ({type(error).__name__})")
        return read_answer(response.status, response.data, response.headers.get("Retry-After"))

    def mark_read(self, phone_number_id: str, token: str, wamid: str, typing: bool) -> None:
        if not _is_header_text(token):
            raise MarkReadError("malformed token")
        try:
            response = self._post(phone_number_id, token, read_receipt(wamid, typing=typing))
        except urllib3.exceptions.HTTPError as error:
            raise MarkReadError(type(error).__name__) from error
        if response.status != 200:
            raise MarkReadError(f"HTTP {response.status}")

    def _post(
        self, phone_number_id: str, token: str, payload: JsonObject
    ) -> urllib3.BaseHTTPResponse:
        return self._http.request(
            "POST",
            f"{self._base}/{phone_number_id}/messages",
            body=json.dumps(payload).encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            redirect=False,  # a token must not follow a redirect to another host
        )


def _is_header_text(token: str) -> bool:
    """A token with a line break would be refused by the HTTP library in an error that quotes it."""
    return token.isascii() and token.isprintable()


def read_answer(status: int, body: bytes, retry_after: str | None = None) -> Answer:
    """Meta's answer to a send. `error_data` may be absent, text or an object; a 5xx may be HTML."""
    decoded = _decode(body)
    if 200 <= status < 300:
        wamid = _wamid(decoded)
        if wamid is None:
            return Refused(Action.UNSETTLED, "WhatsApp's answer was unreadable")
        return Accepted(wamid)
    error = decoded.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    code = code if isinstance(code, int) else None
    meaning = classify(status, code)
    return Refused(
        action=meaning.action,
        reason=_reason(meaning.words, code, error),
        code=code,
        retry_after=_seconds(retry_after) or meaning.wait,
        tries=meaning.tries,
    )


def _seconds(retry_after: str | None) -> float | None:
    if retry_after is None or not (retry_after.isascii() and retry_after.isdigit()):
        return None
    return float(retry_after)


def _decode(body: bytes) -> JsonObject:
    try:
        decoded = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _wamid(answer: JsonObject) -> str | None:
    match answer:
        case {"messages": [{"id": str(wamid)}, *_]}:
            return wamid
    return None


def _reason(words: str, code: int | None, error: object) -> str:
    match error:
        case {"error_data": {"details": str(details)}}:
            words = f"{words}: {details}"
    return f"{words} ({code})" if code is not None else words
