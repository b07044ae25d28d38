"""The messages of a chunk, each at its time: moments for a few are drawn together, as long as there
are threads for them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from blast.lease import Lease
from blast.sends import Batch, Sends
from shared.clock import Clock
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.pacing import SECOND, TooSoonError
from shared.store.recipient_items import Recipient

THREADS: Final = 64
# What was drawn and not sent is lost to the pace when a worker dies: so both are short.
_SLICE_SECONDS: Final = 0.15  # of sends whose times are drawn together
_PATIENCE_SECONDS: Final = 0.01
# No longer than messages are drawn ahead: whoever takes over from another finds no gap.
_MOST_PATIENCE_SECONDS: Final = 0.1
_MOST_TOGETHER: Final = THREADS // 4
_ROOM_SECONDS: Final = 0.01  # until a thread may be free
_LOOK_AGAIN_MS: Final = 3000  # at whether the campaign still runs

Addressed = tuple[Recipient, JsonObject]
"""Somebody, and the message as it is for them."""


@dataclass(frozen=True, slots=True)
class Holding:
    """For how long a worker has its chunk."""

    lease: Lease
    has_time: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class InTime:
    sends: Sends
    clock: Clock
    sleep: Callable[[float], None]

    def send(
        self,
        batch: Batch,
        letters: Sequence[Addressed],
        holding: Holding,
        is_wanted: Callable[[], bool],
    ) -> None:
        """Returns when all are handed to the batch's threads, or nobody wants them any longer.
        Raises NotYetError when no time is left."""
        campaign, every = batch.telling.campaign.id, batch.slots.every
        together = min(_MOST_TOGETHER, max(1, round(_SLICE_SECONDS * SECOND / every)))
        looked_at = self.clock()
        for some in _slices(letters, together):
            if self.sends.stopped(campaign) or batch.is_stale:
                return
            if self.clock() - looked_at > _LOOK_AGAIN_MS:
                looked_at = self.clock()
                if not is_wanted():
                    return
            at = self._drawn(batch, len(some), holding)
            for place, (one, message) in enumerate(some):
                job = partial(self.sends.send, batch, one, message, at + place * every)
                batch.spread.submit(job)

    def _drawn(self, batch: Batch, messages: int, holding: Holding) -> int:
        """Whoever is at it draws again in time; those who wait for their turn ask ever more
        seldom. Nobody draws a moment for which no thread may be free."""
        patience = _PATIENCE_SECONDS
        while holding.has_time():
            holding.lease.renew()
            if not batch.spread.has_room(messages):
                self.sleep(_ROOM_SECONDS)
                continue
            try:
                return batch.slots.draw(messages)
            except TooSoonError as error:
                wait = error.wait / SECOND + random.uniform(0.001, patience)
                self.sleep(min(wait, 1.0))
                patience = min(2 * patience, _MOST_PATIENCE_SECONDS)
        raise NotYetError("No time was left", 0)


def _slices(letters: Sequence[Addressed], together: int) -> Iterator[Sequence[Addressed]]:
    for start in range(0, len(letters), together):
        yield letters[start : start + together]
