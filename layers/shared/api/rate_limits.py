"""How often callers may call: fixed windows of a minute, per principal and per workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from shared.api.problems import TOO_MANY_REQUESTS, ProblemError
from shared.caller import Caller
from shared.observability import count, logger
from shared.store.requests import Counters

WINDOW_SECONDS: Final = 60
PERSON: Final = 600
PROGRAM: Final = 1200
WORKSPACE: Final = 6000  # all its people and programs together


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a window; `reset` is in seconds from now."""

    limit: int
    remaining: int
    reset: int
    refused: bool = False

    def headers(self) -> dict[str, str]:
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }
        return told | {"Retry-After": str(self.reset)} if self.refused else told

    def check(self) -> None:
        """Raises ProblemError when nothing was left."""
        if self.refused:
            raise ProblemError(TOO_MANY_REQUESTS)


def spend(caller: Caller, table: str, dynamodb: Any, now: int) -> Allowance | None:
    """Count a request at `now` (seconds); the tighter of the limits that it counts against. None
    when the table does not answer: better too many requests than none."""
    window = now // WINDOW_SECONDS
    reset = (window + 1) * WINDOW_SECONDS - now
    counters = Counters(caller.holder, table, dynamodb)
    tightest: Allowance | None = None
    for principal, limit in _limits(caller):
        try:
            used = counters.add(principal, window, limit, now + 2 * WINDOW_SECONDS)
        except (BotoCoreError, ClientError) as error:
            logger.warning("requests not counted", error=type(error).__name__)
            count("RateLimitsUnknown")
            return tightest
        if used is None:
            return Allowance(limit, 0, reset, refused=True)
        left = Allowance(limit, limit - used, reset)
        if tightest is None or left.remaining < tightest.remaining:
            tightest = left
    return tightest


def _limits(caller: Caller) -> list[tuple[str | None, int]]:
    own = (caller.principal, PROGRAM if caller.key_id else PERSON)
    return [own, (None, WORKSPACE)] if caller.tenant else [own]
