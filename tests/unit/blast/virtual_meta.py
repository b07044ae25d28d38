"""WhatsApp by virtual time: it misbehaves as it is told, and remembers what reached it and when."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from shared.channels.cloud_api import Accepted, Answer, Refused
from shared.channels.errors import Action, classify
from shared.json_types import JsonObject
from tests.unit.blast.virtual_time import VirtualTime

_SECOND: Final = 1_000_000
_PAIR: Final = 6 * _SECOND
_QUICKEST, _SLOWEST = 0.08, 0.16  # seconds to an answer
_NO_ANSWER: Final = 10.0


@dataclass(frozen=True)
class Faults:
    """Shares of all requests: `silent` of those that are accepted and never answered, `failing` of
    those that fail with 5xx and are not accepted, `throttled` of those refused with 429. Every
    `killed_every` seconds the process whose message was accepted dies before it knows."""

    silent: float = 0.01
    failing: float = 0.01
    throttled: float = 0.005
    killed_every: float = 20


NONE: Final = Faults(0, 0, 0, 0)


@dataclass
class Seen:
    """Of one number, in microseconds: all requests, each message's first one; how often each was
    accepted; how many came to one person within the pair rate."""

    requests: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)
    accepted_at: list[int] = field(default_factory=list)
    too_close: int = 0
    _tried: set[str] = field(default_factory=set)
    _last: dict[str, int] = field(default_factory=dict)

    def request(self, callback: str, at: int) -> None:
        self.requests.append(at)
        if callback not in self._tried:
            self._tried.add(callback)
            self.firsts.append(at)

    def accept(self, callback: str, phone: str, at: int) -> None:
        self.accepted[callback] += 1
        self.accepted_at.append(at)
        if at - self._last.get(phone, -_PAIR) < _PAIR:
            self.too_close += 1
        self._last[phone] = at

    @property
    def twice(self) -> int:
        return sum(many - 1 for many in self.accepted.values())


@dataclass
class VirtualMeta:
    """`accepts` is told of the number and the callback of each message it takes."""

    time: VirtualTime
    faults: Faults
    seed: int = 7
    accepts: Callable[[str, str, str], None] = lambda number, callback, wamid: None
    seen: dict[str, Seen] = field(default_factory=lambda: defaultdict(Seen))
    kills: int = 0
    _kill_at: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def send(self, phone_number_id: str, token: str, payload: JsonObject) -> Answer:
        seconds = self._random.uniform(_QUICKEST, _SLOWEST)
        self.time.sleep(seconds / 2)
        answer = self._answer(phone_number_id, payload)
        is_silent = isinstance(answer, Accepted) and self._random.random() < self.faults.silent
        self.time.sleep(_NO_ANSWER if is_silent else seconds / 2)
        if is_silent:
            return Refused(Action.UNSETTLED, "No answer from WhatsApp (ReadTimeoutError)")
        return answer

    def mark_read(self, phone_number_id: str, token: str, wamid: str, typing: bool) -> None:
        raise AssertionError("not asked for")

    def _answer(self, number: str, payload: JsonObject) -> Answer:
        callback, now, seen = payload["biz_opaque_callback_data"], self.time.now, self.seen[number]
        seen.request(callback, now)
        drawn = self._random.random()
        if drawn < self.faults.failing:
            return Refused(Action.UNSETTLED, "WhatsApp failed without a reason")
        if drawn < self.faults.failing + self.faults.throttled:
            code = classify(429, 130429)
            return Refused(code.action, code.words, 130429)
        seen.accept(callback, str(payload.get("to", payload.get("recipient"))), now)
        wamid = f"wamid.{number}.{len(seen.accepted_at)}"
        self.accepts(number, callback, wamid)
        if self._is_killed(now):
            self.kills += 1
            self.time.kill(self.time.process)
        return Accepted(wamid)

    def _is_killed(self, now: int) -> bool:
        every = round(self.faults.killed_every * _SECOND)
        if not every:
            return False
        self._kill_at = self._kill_at or now + every
        late = now - self._kill_at
        if late >= 0:
            self._kill_at += (late // every + 1) * every
        return 0 <= late < _SECOND  # else nobody was at work when it was time
