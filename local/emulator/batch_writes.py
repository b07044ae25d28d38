"""A batch's items are checked once, and their cost is reckoned only for whoever asks for it.

The emulator does both twice for each item, which is most of the time that an import takes there.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

from ministack.services import dynamodb


def apply() -> None:
    stock = dynamodb._batch_write_item
    validate, resolve = dynamodb._validate_item, dynamodb._resolve_table_key_values

    def batch_write_item(data: dict[str, Any]) -> Any:
        seen: set[int] = set()
        places: dict[int, Any] = {}

        def validate_once(item: Any, *keys: Any) -> Any:
            if id(item) in seen:
                return None  # the first fault ends the request
            seen.add(id(item))
            return validate(item, *keys)

        def resolve_once(table: Any, item: Any, allow_extra: bool) -> Any:
            if id(item) not in places:
                places[id(item)] = resolve(table, item, allow_extra=allow_extra)
            return places[id(item)]

        scope = {
            **vars(dynamodb),
            "_validate_item": validate_once,
            "_resolve_table_key_values": resolve_once,
        }
        if data.get("ReturnConsumedCapacity", "NONE") == "NONE":
            scope["_accumulate_write_capacity"] = lambda *_: None
        return FunctionType(stock.__code__, scope)(data)

    dynamodb._batch_write_item = batch_write_item
