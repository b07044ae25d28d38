"""A number's connection as events tell of it. Pure.

Events come in any order. Each carries the epoch of the lease that it was made under, and one of an
older epoch is history; each was posted with the token of the attempt that it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from shared.channels.inbound.fields import obj, text, whole
from shared.json_types import JsonObject

CONNECTING: Final = "connecting"
RECONNECTING: Final = "reconnecting"
OPEN: Final = "open"
CLOSED: Final = "close"
QR_SECONDS: Final = 60
"""For how long a code is shown at most; a new one comes before that."""

SCAN: Final = "Scan the code with WhatsApp on the phone: Settings, Linked devices, Link a device."
_LOGGED_OUT: Final = 401
_UNLINKED: Final = "The phone has unlinked this connection: connect it again."
_UNSCANNED: Final = "Nobody scanned the code in time: connect again."
_ENDED: Final = "WhatsApp ended the connection: connect again."
LOOP: Final = "WhatsApp refuses the connection again and again: connect the phone anew."
_ERRORS: Final = {
    "wrong_phone_number": "The code was scanned with a phone of another number.",
    "reconnect_loop_detected": LOOP,
}
RESTRICTED: Final = (
    "WhatsApp has restricted the account: it may not write to new people. Nothing is sent until "
    "this is over, since more messages may get the number banned."
)
_LOCKED_UNTIL: Final = "WhatsApp has locked the number for new chats until {until}."
CAPPED: Final = (
    "The number has begun as many new chats as WhatsApp allows for now. Nothing is sent until it "
    "may begin new ones."
)
_CAPPED_STATES: Final = frozenset({"CAPPED", "EXCEEDED", "REACHED"})


@dataclass(frozen=True, slots=True)
class Connection:
    """`attempt` tells one connecting from the next; `qr` is a picture as a data address; `error`
    and `restricted` are words, empty where nothing is the matter. Times in milliseconds."""

    attempt: str
    state: str = CONNECTING
    epoch: int = 0
    qr: str = ""
    qr_at: int = 0
    error: str = ""
    restricted: str = ""
    was_open: bool = False
    updated_at: int = 0

    @property
    def trouble(self) -> str:
        """Why nothing can be sent; empty where it can, or soon will by itself."""
        if self.error:
            return self.error
        if self.state == CLOSED:
            return _ENDED
        if not self.was_open:
            return SCAN
        return self.restricted

    def qr_now(self, now: int) -> str:
        """The code to scan, if there is one that still counts."""
        return self.qr if now - self.qr_at < QR_SECONDS * 1000 else ""

    def restricted_now(self, restricted: str, at: int) -> Connection:
        """As WhatsApp answers when it is asked."""
        return replace(self, restricted=restricted, updated_at=at)

    @property
    def was_given_up(self) -> bool:
        """Nobody proved that the number is theirs."""
        return self.state == CLOSED and not self.was_open


def attempt_of(webhook_hash: str) -> str:
    """Each attempt has a token of its own."""
    return webhook_hash[:16]


def after(connection: Connection, event: JsonObject, at: int) -> Connection | None:
    """The connection after an event; None for one that is history."""
    data, name = obj(event, "data"), event.get("event")
    if name == "connection.update":
        epoch = whole(data, "epoch")
        is_history = epoch is not None and epoch < connection.epoch
        return None if is_history else _connected(connection, data, at)
    if name == "message-capping.update":
        return replace(connection, restricted=CAPPED if is_capped(data) else "", updated_at=at)
    return replace(connection, restricted=connection.restricted or RESTRICTED, updated_at=at)


def _connected(before: Connection, data: JsonObject, at: int) -> Connection:
    """What the update leaves out of code and error is over; one without a state changes none."""
    qr, error, epoch = text(data, "qrDataUrl"), _error(data), whole(data, "epoch")
    lock = data.get("reachoutTimeLock")
    known = replace(
        before,
        epoch=before.epoch if epoch is None else epoch,
        qr=qr,
        qr_at=at if qr else 0,
        error=error,
        restricted=before.restricted if lock is None else locked(obj(data, "reachoutTimeLock")),
        updated_at=at,
    )
    state = text(data, "connection")
    if state == OPEN:
        return replace(known, state=OPEN, was_open=True, error="")
    if state == CLOSED or error:
        return replace(known, state=CLOSED, error=error or _why_closed(data))
    if state in (CONNECTING, RECONNECTING):
        return replace(known, state=state)
    return replace(known, error=before.error if before.state == CLOSED else "")


def locked(lock: JsonObject) -> str:
    """Why nothing may be sent, by WhatsApp's lock on new chats; empty where there is none."""
    if lock.get("isActive") is not True:
        return ""
    until = text(lock, "timeEnforcementEnds")
    return f"{_LOCKED_UNTIL.format(until=until)} {RESTRICTED}" if until else RESTRICTED


def is_capped(cap: JsonObject) -> bool:
    """Whether no new chat may be begun in this cycle."""
    total, used = whole(cap, "total_quota"), whole(cap, "used_quota")
    used_up = total is not None and used is not None and 0 < total <= used
    return used_up or text(cap, "capping_status").upper() in _CAPPED_STATES


def _error(data: JsonObject) -> str:
    name = text(data, "error")
    return _ERRORS.get(name, _ENDED) if name else ""


def _why_closed(data: JsonObject) -> str:
    error = obj(obj(data, "lastDisconnect"), "error")
    output = obj(error, "output")
    message = text(error, "message") or text(obj(output, "payload"), "message")
    if "QR refs attempts ended" in message:
        return _UNSCANNED
    return _UNLINKED if whole(output, "statusCode") == _LOGGED_OUT else _ENDED
