"""Statuses on their way: each for itself while there is little to tell, many in one webhook under
load, as Meta sends them."""

from collections import deque
from functools import partial
from typing import Final
from zlib import crc32

from local.graph.deliveries import Delivery, DeliveryDesk
from local.graph.json_types import JsonObject
from local.graph.signature import serialise

SIDE_BY_SIDE: Final = 2
MOST_TOGETHER: Final = 100


class StatusPost:
    """Statuses of one message keep their order; two webhooks at most are under way at once."""

    def __init__(self, deliveries: DeliveryDesk) -> None:
        self._deliveries = deliveries
        self._under_way: set[int] = set()
        self._waiting: list[deque[tuple[str, JsonObject]]] = [deque() for _ in range(SIDE_BY_SIDE)]

    def tell(self, wamid: str, kind: str, body: JsonObject) -> None:
        side = crc32(wamid.encode()) % SIDE_BY_SIDE
        self._waiting[side].append((kind, body))
        if side not in self._under_way:
            self._post(side)

    def forget(self) -> None:
        """What waits, and whatever was under way: nobody will say that it is settled."""
        for waiting in self._waiting:
            waiting.clear()
        self._under_way.clear()

    def _post(self, side: int) -> None:
        waiting = self._waiting[side]
        some = [waiting.popleft() for _ in range(min(len(waiting), MOST_TOGETHER))]
        kinds = {kind for kind, _ in some}
        kind = kinds.pop() if len(kinds) == 1 else "statuses"
        self._under_way.add(side)
        body = serialise(together([body for _, body in some]))
        self._deliveries.submit(f"statuses {side}", kind, body, partial(self._settled, side))

    def _settled(self, side: int, _: Delivery) -> None:
        self._under_way.discard(side)
        if self._waiting[side]:
            self._post(side)


def together(bodies: list[JsonObject]) -> JsonObject:
    """One webhook with the changes of all, which are of one account."""
    first, *others = bodies
    entry = first["entry"][0]
    changes = [change for body in others for change in body["entry"][0]["changes"]]
    return {**first, "entry": [{**entry, "changes": [*entry["changes"], *changes]}]}
