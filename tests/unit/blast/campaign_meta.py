"""WhatsApp as campaigns' tests have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shared.channels.cloud_api import Accepted, Answer, Refused
from shared.channels.errors import Action
from shared.clock import Clock
from shared.json_types import JsonObject


class Killed(BaseException):
    """The worker was killed here."""


@dataclass
class Mains:
    """The power of a worker: once it is cut, no call of its clients happens, `finally` or not."""

    on: bool = True

    def cut(self) -> None:
        self.on = False
        raise Killed

    def of(self, client: Any) -> Any:
        return _Powered(client, self)


class _Powered:
    def __init__(self, client: Any, mains: Mains) -> None:
        self._client = client
        self._mains = mains

    def __getattr__(self, name: str) -> Any:
        if not self._mains.on:
            raise Killed
        return getattr(self._client, name)


@dataclass
class Meta:
    """WhatsApp: `fate` says of each send "ok", "lost" (accepted, no answer), "failing" (5xx, not
    accepted), "dead" (the worker dies after it was accepted) or is an answer itself. `accepted` is
    what it took, in order: (callback, milliseconds)."""

    clock: Clock
    mains: Mains = field(default_factory=Mains)
    fate: Callable[[JsonObject], str | Answer] = lambda _: "ok"
    accepted: list[tuple[str, int]] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    wamids: dict[str, str] = field(default_factory=dict)

    def send(self, phone_number_id: str, token: str, payload: JsonObject) -> Answer:
        fate = self.fate(payload)
        if isinstance(fate, Accepted | Refused):
            return fate
        if fate == "failing":
            return Refused(Action.UNSETTLED, "WhatsApp failed without a reason")
        callback = payload["biz_opaque_callback_data"]
        self.accepted.append((callback, self.clock()))
        self.phones.append(str(payload.get("to", payload.get("recipient"))))
        wamid = f"wamid.{len(self.accepted)}"
        self.wamids[callback] = wamid
        if fate == "dead":
            self.mains.cut()
        if fate == "lost":
            return Refused(Action.UNSETTLED, "No answer from WhatsApp (ReadTimeoutError)")
        return Accepted(wamid)

    def mark_read(self, phone_number_id: str, token: str, wamid: str, typing: bool) -> None:
        raise AssertionError("not asked for")

    def twice(self) -> list[str]:
        sent = Counter(callback for callback, _ in self.accepted)
        return [callback for callback, times in sent.items() if times > 1]
