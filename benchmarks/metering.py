"""Count AWS calls and DynamoDB units on real handlers, at the client's own border.

Units follow DynamoDB's rules from the sizes of the items that go over the wire: a write costs one
unit per started kB (and the same again for each index it changes, twice when it moves the item
there); a consistent read one per started 4 kB, an eventual one half.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

_KB = 1024


def _list_bytes(values: Any) -> int:
    return 3 + sum(
        1 + _VALUE_BYTES[kind](value) for typed in values for kind, value in typed.items()
    )


_VALUE_BYTES: Final[dict[str, Callable[[Any], int]]] = {
    "S": lambda text: len(text.encode()),
    "N": lambda digits: len(digits) // 2 + 1,
    "B": len,
    "BOOL": lambda _: 1,
    "L": _list_bytes,
    "NS": lambda numbers: sum(len(digits) // 2 + 1 for digits in numbers),
    "SS": lambda texts: sum(len(text.encode()) for text in texts),
}


@dataclass
class Meter:
    """`calls` by operation; units as DynamoDB would bill them."""

    calls: Counter[str] = field(default_factory=Counter)
    write_units: float = 0
    read_units: float = 0
    _consistent: bool = False

    def attach(self, client: Any) -> None:
        service = client.meta.service_model.service_name
        events = client.meta.events
        events.register(
            "provide-client-params.*",
            lambda params, model, **_: self._called(service, model.name, params),
        )
        events.register(
            "after-call.*", lambda parsed, model, **_: self._answered(model.name, parsed)
        )

    @contextmanager
    def reading(self) -> Iterator[Meter]:
        """What is counted inside, alone."""
        inside = Meter()
        before = Meter(Counter(self.calls), self.write_units, self.read_units)
        yield inside
        inside.calls = self.calls - before.calls
        inside.write_units = self.write_units - before.write_units
        inside.read_units = self.read_units - before.read_units

    def add(self, other: Meter) -> None:
        self.calls += other.calls
        self.write_units += other.write_units
        self.read_units += other.read_units

    def _called(self, service: str, name: str, params: dict[str, Any]) -> None:
        self.calls[f"{service}.{name}"] += 1
        self._consistent = bool(params.get("ConsistentRead"))
        if name == "PutItem":
            self.write_units += _item_units(params["Item"])
        if name == "UpdateItem":
            self.write_units += 1  # deliveries stay well under one kB
        if name == "BatchWriteItem":
            for requests in params["RequestItems"].values():
                self.write_units += sum(_item_units(one["PutRequest"]["Item"]) for one in requests)
        if name == "TransactWriteItems":
            # Twice the price; what is counted stays well under one kB.
            self.write_units += 2 * len(params["TransactItems"])
        if name == "BatchGetItem":
            tables = params["RequestItems"].values()
            self.read_units += sum(len(table["Keys"]) for table in tables)

    def _answered(self, name: str, parsed: dict[str, Any]) -> None:
        if name == "Query":
            size = sum(item_bytes(item) for item in parsed.get("Items", []))
        elif name == "GetItem":
            size = item_bytes(parsed.get("Item", {}))
        else:
            return
        self.read_units += max(1, math.ceil(size / (4 * _KB))) * (1 if self._consistent else 0.5)


def _item_units(item: dict[str, Any]) -> int:
    units = max(1, math.ceil(item_bytes(item) / _KB))
    return units * 3 if "inbox_pk" in item else units  # in the index: out of its place, into a new


def item_bytes(item: dict[str, Any]) -> int:
    """An item's size as DynamoDB counts it: names and values in UTF-8; a number about half its
    digits."""
    total = 0
    for name, typed in item.items():
        ((kind, value),) = typed.items()
        total += len(name.encode()) + _VALUE_BYTES[kind](value)
    return total
