"""A worker's hold on its chunk: short, and renewed for as long as the worker lives.

The queue would keep what a dead worker held for its whole visibility timeout, six times what the
longest chunk takes. So what a death leaves over is sent within seconds, by somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from shared.clock import Clock
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.observability import logger
from shared.queues import retry_after

SECONDS: Final = 4
_RENEWED_MS: Final = 1000
_LAST_SECONDS: Final = 20  # WhatsApp's longest silence, and what is written after it
_AFTER_FAILURE_SECONDS: Final = 60  # so that an outage does not use up the queue's receives


class Lease:
    """Of one queue record. Where the queue does not take a change the record keeps what it has, and
    comes later or twice: recipients are claimed."""

    def __init__(self, hold: Callable[[float], None], clock: Clock) -> None:
        self._hold = hold
        self._clock = clock
        self._held_at = 0

    def renew(self) -> None:
        """To be called more often than it runs out."""
        if self._clock() - self._held_at >= _RENEWED_MS:
            self._hold_for(SECONDS)

    def last(self) -> None:
        """Nothing is begun any more: only answers are waited for, and written down."""
        self._hold_for(_LAST_SECONDS)

    def _hold_for(self, seconds: float) -> None:
        self._held_at = self._clock()
        try:
            self._hold(seconds)
        except (BotoCoreError, ClientError):
            logger.warning("a chunk's lease was not renewed")

    def __enter__(self) -> Lease:
        self._hold_for(SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, NotYetError):
            self._hold_for(_AFTER_FAILURE_SECONDS)


def lease_of(sqs: Any, queue_url: str, record: JsonObject, clock: Clock) -> Lease:
    return Lease(lambda seconds: retry_after(sqs, queue_url, record, seconds), clock)
