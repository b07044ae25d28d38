"""AWS clients that count their calls and fail where a test wants them to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from shared.json_types import JsonObject


class Killed(BaseException):
    """The process is gone: nothing in it may catch this."""


class ConnectionLostError(Exception):
    """The call failed and the caller lives."""


class Fault(Enum):
    """What happens at a call. "After" means that AWS did it and nobody heard."""

    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"
    LOST_BEFORE = "lost before"
    LOST_AFTER = "lost after"

    @property
    def error(self) -> type[BaseException]:
        return Killed if self in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER) else ConnectionLostError

    @property
    def is_after(self) -> bool:
        return self in (Fault.KILLED_AFTER, Fault.LOST_AFTER)


@dataclass
class Calls:
    """Every AWS call, in order, of every client that is watched. `plan` is by place;
    `always_kill` names a call that no process survives."""

    made: list[str] = field(default_factory=list)
    plan: dict[int, Fault] = field(default_factory=dict)
    always_kill: str | None = None

    def fail_next(self, skip: int, fault: Fault) -> None:
        self.plan = {len(self.made) + skip: fault}

    def run(self, name: str, call: Callable[[], Any]) -> Any:
        fault = self.plan.get(len(self.made))
        self.made.append(name)
        if name == self.always_kill:
            raise Killed(name)
        if fault is not None and not fault.is_after:
            raise fault.error(name)
        answer = call()
        if fault is not None:
            raise fault.error(name)
        return answer


class Watched:
    """A client whose calls are counted. `batch_takes` bounds what one batch write takes (None:
    all); the rest comes back as unprocessed, the first items first."""

    def __init__(self, client: Any, calls: Calls) -> None:
        self._client = client
        self._calls = calls
        self.exceptions = getattr(client, "exceptions", None)
        self.batch_takes: int | None = None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._client, name)
        return lambda **arguments: self._calls.run(name, lambda: method(**arguments))

    def batch_write_item(self, RequestItems: dict[str, list[JsonObject]]) -> JsonObject:
        def write() -> JsonObject:
            ((table, items),) = RequestItems.items()
            left = len(items) - self.batch_takes if self.batch_takes is not None else 0
            unprocessed, taken = items[: max(left, 0)], items[max(left, 0) :]
            if taken:
                self._client.batch_write_item(RequestItems={table: taken})
            return {"UnprocessedItems": {table: unprocessed} if unprocessed else {}}

        answer: JsonObject = self._calls.run("batch_write_item", write)
        return answer
