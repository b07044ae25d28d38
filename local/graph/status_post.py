"""Statuses on their way: each for itself while there is little to tell, many in one webhook under
load, as Meta sends them."""

from collections import deque
from typing import Final

from local.graph.deliveries import Delivery, DeliveryDesk
from local.graph.json_types import JsonObject
from local.graph.signature import serialise

SIDE_BY_SIDE: Final = 2
MOST_TOGETHER: Final = 100


class StatusPost:
    def __init__(self, deliveries: DeliveryDesk) -> None:
        self._deliveries = deliveries
        self._under_way = 0
        self._count = 0
        self._waiting: deque[tuple[str, JsonObject]] = deque()

    def tell(self, kind: str, body: JsonObject) -> None:
        self._waiting.append((kind, body))
        if self._under_way < SIDE_BY_SIDE:
            self._post()

    def forget(self) -> None:
        """What waits, and whatever was under way: nobody will say that it is settled."""
        self._waiting.clear()
        self._under_way = 0

    def _post(self) -> None:
        some = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))]
        kinds = {kind for kind, _ in some}
        kind = kinds.pop() if len(kinds) == 1 else "statuses"
        self._under_way += 1
        self._count += 1
        body = serialise(together([body for _, body in some]))
        self._deliveries.submit(f"statuses {self._count}", kind, body, self._settled)

    def _settled(self, _: Delivery) -> None:
        self._under_way = max(0, self._under_way - 1)
        if self._waiting:
            self._post()


def together(bodies: list[JsonObject]) -> JsonObject:
    """One webhook with the changes of all, which are of one account."""
    first, *others = bodies
    entry = first["entry"][0]
    changes = [change for body in others for change in body["entry"][0]["changes"]]
    return {**first, "entry": [{**entry, "changes": [*entry["changes"], *changes]}]}
