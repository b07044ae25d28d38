"""Faults on demand: what the send endpoint does to the next messages instead of answering well."""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from local.graph import error_table
from local.graph.bucket import Bucket, draw
from local.graph.graph_errors import GraphError

Mode = Literal["ok", "error", "drop_answer", "delay", "slow", "throttle", "hang", "failed"]

# A throttled message that is let through is accepted like any other.
ACCEPTING = frozenset({"ok", "drop_answer", "delay", "slow", "throttle", "failed"})
DEFAULT_DELAY_SECONDS = 5.0


class Fault(BaseModel):
    """`times`: how many sends it applies to, None until reset.

    `statuses` true accepts the message even where the mode would not; false accepts in silence.
    `rate` is in messages per second. `seconds` of a hang: None until the caller gives up. A delay
    takes the message at once and answers late; a slow send takes it late, too.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Mode
    code: int | None = None
    http_status: Annotated[int, Field(ge=400, le=599)] | None = None
    seconds: Annotated[float, Field(ge=0, le=3600)] | None = None
    rate: Annotated[float, Field(ge=0)] | None = None
    times: Annotated[int, Field(ge=1)] | None = None
    statuses: bool | None = None

    @property
    def accepts(self) -> bool:
        return self.mode in ACCEPTING or bool(self.statuses)

    @property
    def sends_statuses(self) -> bool:
        return self.accepts if self.statuses is None else self.statuses

    @property
    def delay_seconds(self) -> float:
        return DEFAULT_DELAY_SECONDS if self.seconds is None else self.seconds

    @property
    def failure_code(self) -> int | None:
        """The code of the `failed` status, for the mode that lets messages fail after all."""
        if self.mode != "failed":
            return None
        return error_table.UNDELIVERABLE if self.code is None else self.code

    def error(self) -> GraphError:
        code = error_table.SOMETHING_WENT_WRONG if self.code is None else self.code
        return GraphError(code, http_status=self.http_status)


NO_FAULT = Fault(mode="ok")


class FaultScript:
    """Faults in the order in which they apply."""

    def __init__(self, now_seconds: Callable[[], float]) -> None:
        self._now_seconds = now_seconds
        self._faults: deque[Fault] = deque()
        self._buckets: dict[str, Bucket] = {}

    def load(self, faults: Iterable[Fault]) -> None:
        """Replaces whatever was in force."""
        self._faults = deque(faults)
        self._buckets.clear()

    def clear(self) -> None:
        self.load(())

    @property
    def in_force(self) -> list[Fault]:
        return list(self._faults)

    def take(self) -> Fault:
        """The fault for this send; uses it up by one."""
        if not self._faults:
            return NO_FAULT
        fault = self._faults[0]
        if fault.times == 1:
            self._faults.popleft()
        elif fault.times is not None:
            self._faults[0] = fault.model_copy(update={"times": fault.times - 1})
        return fault

    def throttles(self, fault: Fault, recipient: str) -> bool:
        """Per recipient when the fault plays the pair rate, else for the whole number."""
        key = recipient if fault.code == error_table.PAIR_RATE_REACHED else ""
        bucket, passes = draw(self._buckets.get(key), fault.rate or 0.0, self._now_seconds())
        self._buckets[key] = bucket
        return not passes
