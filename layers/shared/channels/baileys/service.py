"""The calls to `baileys-api`. It is reached inside of the network only."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

import urllib3

from shared.json_types import JsonObject

_TIMEOUT: Final = urllib3.Timeout(connect=3, read=12)
_CLIENT_NAME: Final = "Kabar"
NOT_CONNECTED: Final = 404
BUSY: Final = 409


class ServiceUnreachableError(Exception):
    """No answer: it may have taken the call."""


class ServiceRefusedError(Exception):
    """An answer other than success."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"The service for linked phones answered {status}: {words}")
        self.status = status


def _http() -> urllib3.PoolManager:
    return urllib3.PoolManager(timeout=_TIMEOUT, retries=False)


@dataclass(frozen=True, slots=True)
class Service:
    """`key` is read when it is needed: its holder remembers it."""

    url: str
    key: Callable[[], str]
    http: urllib3.PoolManager = field(default_factory=_http)

    def connect(self, phone: str, webhook_url: str, verify_token: str) -> None:
        """Codes and states come to the webhook."""
        options = {
            "webhookUrl": webhook_url,
            "webhookVerifyToken": verify_token,
            "clientName": _CLIENT_NAME,
            # Files are fetched by themselves: a body with them may be too large for its way.
            "includeMedia": False,
            "syncFullHistory": False,
            "groupsEnabled": False,
            "autoPresenceSubscribe": False,
        }
        self._call("POST", phone, "", options)

    def log_out(self, phone: str) -> None:
        """Also a number that the service does not hold at the moment."""
        try:
            self._call("DELETE", phone, "")
        except ServiceRefusedError as error:
            if error.status != NOT_CONNECTED:
                raise

    def send(self, phone: str, jid: str, content: JsonObject, idempotency: str) -> str:
        """The id of the message. The same `idempotency` within ten minutes sends nothing anew."""
        body = {"jid": jid, "messageContent": content, "chatwootMessageId": idempotency}
        answer = self._call("POST", phone, "/send-message", body)
        match answer:
            case {"data": {"key": {"id": str(id_)}}}:
                return id_
        raise ServiceUnreachableError("Its answer was unreadable")

    def is_on_whatsapp(self, phone: str, jid: str) -> bool:
        answer = self._call("POST", phone, "/on-whatsapp", {"jids": [jid]})
        listed = answer.get("data") if isinstance(answer, dict) else answer
        return isinstance(listed, list) and any(
            isinstance(one, dict) and one.get("exists") is True for one in listed
        )

    def mark_read(self, phone: str, jid: str, message_id: str) -> None:
        key = {"id": message_id, "remoteJid": jid, "fromMe": False}
        self._call("POST", phone, "/read-messages", {"keys": [key]})

    def show_typing(self, phone: str, jid: str) -> None:
        self._call("PATCH", phone, "/presence", {"type": "composing", "toJid": jid})

    def time_lock(self, phone: str) -> JsonObject:
        return _data(self._call("GET", phone, "/reachout-timelock"))

    def new_chat_cap(self, phone: str) -> JsonObject:
        return _data(self._call("GET", phone, "/new-chat-cap"))

    def file(self, message_id: str) -> bytes:
        """The bytes of a message's file."""
        return self._answer("GET", f"/media/{quote(message_id, safe='')}").data

    def _call(self, method: str, phone: str, path: str, body: JsonObject | None = None) -> Any:
        response = self._answer(method, f"/connections/{quote(phone, safe='')}{path}", body)
        try:
            return json.loads(response.data) if response.data else {}
        except ValueError:
            return {}

    def _answer(
        self, method: str, path: str, body: JsonObject | None = None
    ) -> urllib3.BaseHTTPResponse:
        headers = {"x-api-key": self.key(), "content-type": "application/json"}
        raw = json.dumps(body).encode() if body is not None else None
        try:
            response = self.http.request(
                method, f"{self.url}{path}", body=raw, headers=headers, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise ServiceUnreachableError(type(error).__name__) from error
        if response.status != 200:
            raise ServiceRefusedError(response.status, _words(response.data))
        return response


def _data(answer: Any) -> JsonObject:
    data = answer.get("data") if isinstance(answer, dict) else None
    return data if isinstance(data, dict) else {}


def _words(raw: bytes) -> str:
    try:
        told = json.loads(raw)
    except ValueError:
        told = raw.decode(errors="replace")
    words = (told.get("message") or told.get("error")) if isinstance(told, dict) else told
    return str(words or "no reason")[:200]
