"""For whoever plays the phone: scan the code, write, unlink, and make things go wrong."""

from __future__ import annotations

from typing import Any

from pydantic import Base64Bytes, BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from local.baileys.phones import Phone, Phones


class Said(BaseModel):
    """`ours`: typed by the number's owner on the phone. `message` in WhatsApp's own shape, where it
    is no text."""

    model_config = ConfigDict(extra="forbid")

    person: str
    text: str = ""
    message: dict[str, Any] | None = None
    name: str = ""
    ours: bool = False
    file: Base64Bytes | None = None


class Done(BaseModel):
    """`what` is scan, unlink, drop, lock, unlock or fault; `number` of the phone that scans,
    `fault` one of "463", capped, refuse, drop, slow and empty."""

    model_config = ConfigDict(extra="forbid")

    what: str
    number: str | None = None
    fault: str = ""


class Hand:
    def __init__(self, phones: Phones) -> None:
        self._phones = phones

    def routes(self) -> list[Route]:
        place = "/_admin/phones/{phone}"
        return [
            Route("/_admin/phones", self._list),
            Route("/_admin/files/{id}", self._file),
            Route(f"{place}/said", self._say, methods=["POST"]),
            Route(f"{place}/done", self._do, methods=["POST"]),
        ]

    async def _list(self, _: Request) -> Response:
        return JSONResponse({"items": [_shown(phone) for phone in self._phones.all()]})

    async def _file(self, request: Request) -> Response:
        """What a message of ours brought, as the customer has it."""
        file = self._phones.sent_files.get(request.path_params["id"])
        if file is None:
            return PlainTextResponse("No such file.", status_code=404)
        return Response(file, media_type="application/octet-stream")

    async def _say(self, request: Request) -> Response:
        phone = self._phones.get(request.path_params["phone"])
        if phone is None or phone.state != "open":
            return PlainTextResponse("No such phone is linked.", status_code=404)
        try:
            said = Said.model_validate_json(await request.body())
        except ValidationError as error:
            return PlainTextResponse(str(error), status_code=422)
        message = said.message or {"conversation": said.text}
        written = self._phones.write(
            phone,
            said.person,
            message,
            ours=said.ours,
            name="" if said.ours else said.name,
            file=said.file,
        )
        return JSONResponse(written, status_code=201)

    async def _do(self, request: Request) -> Response:
        phone = self._phones.get(request.path_params["phone"])
        if phone is None:
            return PlainTextResponse("No such phone.", status_code=404)
        try:
            done = Done.model_validate_json(await request.body())
        except ValidationError as error:
            return PlainTextResponse(str(error), status_code=422)
        match done.what:
            case "scan":
                self._phones.scan(phone, done.number)
            case "unlink":
                self._phones.unlink(phone)
            case "drop":
                self._phones.drop(phone)
            case "lock" | "unlock":
                self._phones.lock(phone, active=done.what == "lock")
            case "fault":
                phone.fault = done.fault
            case _:
                return PlainTextResponse(f"Nobody can {done.what}.", status_code=422)
        return Response(status_code=204)


def _shown(phone: Phone) -> dict[str, Any]:
    return {
        "number": phone.number,
        "state": phone.state,
        "qr": phone.qr,
        "fault": phone.fault,
        "chat": list(phone.chat),
    }
