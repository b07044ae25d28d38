"""The service's own routes (reference 4.2 to 4.5)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from local.baileys.phones import (
    NotConnectedError,
    Phone,
    Phones,
    WorkingError,
    new_chat_cap,
    time_lock,
)
from local.baileys.wire import PHONE, Jids, Keys, Options, Presence, Send

Wanted = TypeVar("Wanted", bound=BaseModel)
Handler = Callable[[Request, str], Awaitable[Response]]
_NOT_CONNECTED = "Phone number not connected"


class Service:
    def __init__(self, phones: Phones, api_key: str) -> None:
        self._phones = phones
        self._key = api_key

    def routes(self) -> list[Route]:
        place = "/connections/{phone}"
        return [
            Route("/cluster/health", self._health),
            Route("/status/auth", self._guarded(self._auth)),
            Route("/media/{id}", self._guarded(self._file)),
            Route(place, self._guarded(self._connect), methods=["POST"]),
            Route(place, self._guarded(self._log_out), methods=["DELETE"]),
            Route(f"{place}/send-message", self._guarded(self._send), methods=["POST"]),
            Route(f"{place}/read-messages", self._guarded(self._read), methods=["POST"]),
            Route(f"{place}/presence", self._guarded(self._presence), methods=["PATCH"]),
            Route(f"{place}/on-whatsapp", self._guarded(self._on_whatsapp), methods=["POST"]),
            Route(f"{place}/reachout-timelock", self._guarded(self._time_lock)),
            Route(f"{place}/new-chat-cap", self._guarded(self._cap)),
        ]

    async def _health(self, _: Request) -> Response:
        return JSONResponse(
            {
                "instanceId": "local",
                "role": "standalone",
                "connectionCount": len(self._phones.all()),
                "draining": False,
            }
        )

    def _guarded(self, handle: Handler) -> Callable[[Request], Awaitable[Response]]:
        """The key, the number's form, and that the number belongs to the key."""

        async def guarded(request: Request) -> Response:
            number = request.path_params.get("phone", "")
            if refusal := self._refusal(request, number):
                return refusal
            try:
                return await handle(request, number)
            except ValidationError as error:
                return _error(422, "Unprocessable", str(error))
            except WorkingError:
                return PlainTextResponse("Message is already being processed", status_code=409)
            except NotConnectedError:
                return PlainTextResponse("Internal server error", status_code=500)

        return guarded

    def _refusal(self, request: Request, number: str) -> Response | None:
        key = request.headers.get("x-api-key", "")
        if not hmac.compare_digest(key.encode(), self._key.encode()):
            return _error(401, "Unauthorized", "Valid API key required")
        if "phone" in request.path_params and not PHONE.fullmatch(number):
            return _error(422, "Unprocessable", "phone")
        phone = self._phones.get(number)
        if phone is not None and phone.owner != _hashed(key):
            return _error(403, "Forbidden", "Connection not owned by this API key")
        return None

    async def _auth(self, _: Request, __: str) -> Response:
        return PlainTextResponse("OK")

    async def _file(self, request: Request, _: str) -> Response:
        """Any valid key may read any file."""
        file = self._phones.files.get(request.path_params["id"])
        if file is None:
            return PlainTextResponse("Media not found", status_code=404)
        return Response(file, media_type="application/octet-stream")

    async def _connect(self, request: Request, number: str) -> Response:
        options = await _body(request, Options)
        self._phones.connect(number, _hashed(request.headers["x-api-key"]), options)
        return Response()

    async def _log_out(self, _: Request, number: str) -> Response:
        if not self._phones.log_out(number):
            return PlainTextResponse("Phone number not found", status_code=404)
        return Response()

    async def _send(self, request: Request, number: str) -> Response:
        asked = await _body(request, Send)
        phone = self._opened(number)
        if phone is None:
            return PlainTextResponse(_NOT_CONNECTED, status_code=404)
        if phone.fault == "refuse":
            phone.fault = ""
            return PlainTextResponse("Message not sent", status_code=500)
        data = await self._phones.send(phone, asked)
        if phone.fault == "drop":
            # It was sent, and nobody is told.
            phone.fault = ""
            return PlainTextResponse("Bad gateway", status_code=502)
        return JSONResponse({"data": data})

    async def _read(self, request: Request, number: str) -> Response:
        await _body(request, Keys)
        self._phones.opened(number)
        return Response()

    async def _presence(self, request: Request, number: str) -> Response:
        await _body(request, Presence)
        self._phones.opened(number)
        return Response()

    async def _on_whatsapp(self, request: Request, number: str) -> Response:
        """A bare list, whatever its documents claim."""
        asked = await _body(request, Jids)
        self._phones.opened(number)
        missing = self._phones.not_on_whatsapp
        return JSONResponse(
            [{"jid": jid, "exists": jid.partition("@")[0] not in missing} for jid in asked.jids]
        )

    async def _time_lock(self, _: Request, number: str) -> Response:
        phone = self._opened(number)
        if phone is None:
            return PlainTextResponse(_NOT_CONNECTED, status_code=404)
        return JSONResponse({"data": time_lock(phone)})

    async def _cap(self, _: Request, number: str) -> Response:
        phone = self._opened(number)
        if phone is None:
            return PlainTextResponse(_NOT_CONNECTED, status_code=404)
        return JSONResponse({"data": new_chat_cap(phone)})

    def _opened(self, number: str) -> Phone | None:
        try:
            return self._phones.opened(number)
        except NotConnectedError:
            return None


def _error(status: int, name: str, words: str) -> Response:
    return JSONResponse({"error": name, "message": words}, status_code=status)


async def _body(request: Request, wanted: type[Wanted]) -> Wanted:
    return wanted.model_validate_json(await request.body())


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
