"""The numbers that are linked, or are about to be, and what happens to them."""

from __future__ import annotations

import asyncio
import secrets
import time
from base64 import b64decode
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

from local.baileys.picture import data_url
from local.baileys.webhooks import Webhooks
from local.baileys.wire import Options, Send

QR_SECONDS: Final = 20.0
_CODES: Final = 5  # until nobody is waited for any longer
_KEPT: Final = 500
_UNLINKED: Final = 401
_RESTRICTED: Final = "463"
_ABOUT: Final = ("caption", "mimetype", "fileName", "ptt")


class NotConnectedError(Exception):
    """The service holds no open connection of that number."""


class WorkingError(Exception):
    """The same message is being sent already."""


@dataclass
class Phone:
    """`fault` says what becomes of the next sends; `chat` is all that was written, in order."""

    number: str
    owner: str
    options: Options
    epoch: int
    state: str = "connecting"
    paired: bool = False
    qr: str = ""
    fault: str = ""
    chat: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    working: set[str] = field(default_factory=set)
    pairing: asyncio.Task[None] | None = None


@dataclass
class Phones:
    """`not_on_whatsapp` are numbers (digits) that nobody can write to; `files` are what customers
    sent, which the service keeps, and `sent_files` what they got."""

    webhooks: Webhooks
    qr_seconds: float = QR_SECONDS
    receipt_seconds: float = 0.3
    not_on_whatsapp: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    sent_files: dict[str, bytes] = field(default_factory=dict)
    _phones: dict[str, Phone] = field(default_factory=dict)
    _epochs: dict[str, int] = field(default_factory=dict)

    def all(self) -> list[Phone]:
        return list(self._phones.values())

    def get(self, number: str) -> Phone | None:
        return self._phones.get(number)

    def opened(self, number: str) -> Phone:
        phone = self._phones.get(number)
        if phone is None or phone.state != "open":
            raise NotConnectedError(number)
        return phone

    def connect(self, number: str, owner: str, options: Options) -> None:
        """On a live number: its options are replaced, and it says once more that it is there."""
        known = self._phones.get(number)
        if known is not None and known.state == "open":
            known.options = options
            self.tell(known, "connection.update", {"connection": "open", "isOnline": True})
            return
        if known is not None and known.pairing:
            known.pairing.cancel()
        self._epochs[number] = self._epochs.get(number, 0) + 1
        phone = Phone(number, owner, options, self._epochs[number])
        self._phones[number] = phone
        phone.pairing = asyncio.get_running_loop().create_task(self._show_codes(phone))

    def log_out(self, number: str) -> bool:
        """Whether there was one. No event follows."""
        phone = self._phones.pop(number, None)
        if phone is not None and phone.pairing:
            phone.pairing.cancel()
        return phone is not None

    def scan(self, phone: Phone, with_number: str | None = None) -> None:
        """Its owner scans the code, with the phone of that number or of another."""
        if phone.pairing:
            phone.pairing.cancel()
        if with_number not in (None, phone.number):
            self._phones.pop(phone.number, None)
            self.tell(phone, "connection.update", {"error": "wrong_phone_number"})
            return
        phone.state, phone.paired, phone.qr = "open", True, ""
        self.tell(phone, "connection.update", {"connection": "connecting"})
        self.tell(phone, "connection.update", {"connection": "open", "isOnline": True})

    def unlink(self, phone: Phone) -> None:
        """By its owner, on the phone: the credentials are gone."""
        self._phones.pop(phone.number, None)
        phone.state = "close"
        self._close(phone, _UNLINKED, "Connection Failure")

    def drop(self, phone: Phone) -> None:
        """The line is cut, and comes back by itself under a lease of its own."""
        self._epochs[phone.number] += 1
        phone.epoch = self._epochs[phone.number]
        self.tell(phone, "connection.update", {"connection": "reconnecting"})
        self.tell(phone, "connection.update", {"connection": "open"})

    def lock(self, phone: Phone, active: bool) -> None:
        """WhatsApp's time lock on new chats."""
        phone.fault = "locked" if active else ""
        self.tell(phone, "connection.update", {"reachoutTimeLock": time_lock(phone)})

    async def send(self, phone: Phone, asked: Send) -> dict[str, Any]:
        """The answer's data; the same for the same idempotency key."""
        once = asked.chatwoot_message_id
        if once and once in phone.answers:
            return phone.answers[once]
        if once and once in phone.working:
            raise WorkingError(once)
        phone.working.add(once or "")
        try:
            if phone.fault == "slow":
                await asyncio.sleep(2)
            content = asked.message_content.model_dump(by_alias=True, exclude_none=True)
            said = self._say(phone, asked.jid, _stored(content), ours=True)
            if kind := _file_kind(content):
                self.sent_files[said["key"]["id"]] = b64decode(content[kind])
        finally:
            phone.working.discard(once or "")
        answer = {"key": said["key"], "messageTimestamp": said["messageTimestamp"]}
        if once:
            phone.answers[once] = answer
        self._follow(phone, said)
        return answer

    def write(
        self,
        phone: Phone,
        person: str,
        message: dict[str, Any],
        *,
        ours: bool,
        name: str = "",
        file: bytes | None = None,
    ) -> dict[str, Any]:
        """A person writes to the number, or its owner on the phone itself (`ours`)."""
        said = self._say(phone, f"{person}@s.whatsapp.net", message, ours=ours, name=name)
        if file is not None:
            self.files[said["key"]["id"]] = file
        self._tell_message(phone, said)
        return said

    def tell(self, phone: Phone, event: str, data: Any) -> None:
        if event == "connection.update":
            data = {**data, "epoch": phone.epoch}
        options = phone.options
        self.webhooks.post(str(options.webhook_url), options.webhook_verify_token, event, data)

    async def _show_codes(self, phone: Phone) -> None:
        for place in range(_CODES):
            phone.qr = data_url(f"{phone.number}:{phone.epoch}:{place}")
            code = {"qr": f"2@{place}", "connection": "connecting", "qrDataUrl": phone.qr}
            self.tell(phone, "connection.update", code)
            await asyncio.sleep(self.qr_seconds)
        self._phones.pop(phone.number, None)
        self._close(phone, 408, "QR refs attempts ended")

    def _close(self, phone: Phone, code: int, message: str) -> None:
        error = {"message": message, "output": {"statusCode": code}}
        update = {"connection": "close", "lastDisconnect": {"error": error, "date": _now()}}
        self.tell(phone, "connection.update", update)

    def _say(
        self, phone: Phone, jid: str, message: dict[str, Any], *, ours: bool, name: str = ""
    ) -> dict[str, Any]:
        said = {
            "key": {"id": f"3EB0{secrets.token_hex(8).upper()}", "remoteJid": jid, "fromMe": ours},
            "messageTimestamp": _now(),
            "message": message,
            **({"pushName": name} if name else {}),
        }
        phone.chat.append(said)
        return said

    def _follow(self, phone: Phone, said: dict[str, Any]) -> None:
        """What the service says after a send of ours: its echo, and how far it came."""
        self._tell_message(phone, said)
        if phone.fault == _RESTRICTED:
            self._update(phone, said, {"status": 0, "messageStubParameters": [_RESTRICTED]})
            self.tell(phone, "connection.update", {"reachoutTimeLock": time_lock(phone)})
            return
        loop = asyncio.get_running_loop()
        for place, status in enumerate((2, 3, 4), start=1):
            loop.call_later(
                self.receipt_seconds * place, self._update, phone, said, {"status": status}
            )

    def _update(self, phone: Phone, said: dict[str, Any], update: dict[str, Any]) -> None:
        said["status"] = update["status"]
        self.tell(phone, "messages.update", [{"key": said["key"], "update": update}])

    def _tell_message(self, phone: Phone, said: dict[str, Any]) -> None:
        message = {name: one for name, one in said.items() if name != "status"}
        self.tell(phone, "messages.upsert", {"type": "notify", "messages": [message]})


def time_lock(phone: Phone) -> dict[str, Any]:
    active = phone.fault in ("locked", _RESTRICTED)
    ends = str(_now() + 3600) if active else None
    kind = "RESTRICT_ALL_COMPANIONS" if active else None
    return {"isActive": active, "enforcementType": kind, "timeEnforcementEnds": ends}


def new_chat_cap(phone: Phone) -> dict[str, Any]:
    used = 100 if phone.fault == "capped" else 3
    status = "CAPPED" if phone.fault == "capped" else "NONE"
    return {"total_quota": 100, "used_quota": used, "capping_status": status}


def _stored(content: dict[str, Any]) -> dict[str, Any]:
    """As it comes back in the echo."""
    if "text" in content:
        return {"conversation": content["text"]}
    if "react" in content:
        return {"reactionMessage": content["react"]}
    about = {name: content[name] for name in _ABOUT if name in content}
    return {f"{_file_kind(content)}Message": about}


def _file_kind(content: dict[str, Any]) -> str | None:
    return next((name for name in ("image", "video", "document", "audio") if name in content), None)


def _now() -> int:
    return int(time.time())
