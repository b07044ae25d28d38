"""What the blocks of a campaign's recipients add up to, an item each.

Whoever has changed recipients has their blocks counted anew afterwards, also when they find that it
was done before: so a tally is right as soon as whoever died has been redelivered.

Beside it lies who may be in the block: of a person who is looked for, few blocks are read.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Sequence, Set
from typing import Any, Final

from shared.campaigns.people_marks import marks_of, may_hold
from shared.campaigns.tallies import Tally, from_json, tally, to_json
from shared.json_types import JsonObject
from shared.store import campaign_keys, keys
from shared.store.partitions import items, remove_partition
from shared.store.recipient_items import Recipient, recipient_of, standing_of
from shared.store.transactions import BusyError
from shared.tenancy import Tenant

SHARDS: Final = 8
_TRIES: Final = 8


class Tallies:
    """Of one campaign. `window_ms`: how long WhatsApp may be silent about a message; a tally keeps
    what it was begun with, so that whoever counts anew needs not know it."""

    def __init__(
        self, tenant: Tenant, campaign: str, table: str, dynamodb: Any, *, window_ms: int = 300_000
    ) -> None:
        self._tenant = tenant
        self._campaign = campaign
        self._table = table
        self._dynamodb = dynamodb
        self._window_ms = window_ms

    def all(self) -> dict[int, Tally]:
        """By block, in order."""
        found = {
            int(item["sk"]["S"]): from_json(json.loads(item["body"]["S"]))
            for shard in range(SHARDS)
            for item in items(self._dynamodb, self._table, self._pk(shard))
        }
        return dict(sorted(found.items()))

    def blocks_of(self, names: Set[str]) -> list[int]:
        """The blocks in which somebody of these names may be: any of what a recipient is known by
        (see `names_of`). Blocks from before that was marked may hold everybody."""
        found = [
            int(item["sk"]["S"])
            for shard in range(SHARDS)
            for item in items(self._dynamodb, self._table, self._pk(shard))
            if "people" not in item or may_hold(bytes(item["people"]["B"]), names)
        ]
        return sorted(found)

    def begin(self, block: int, recipients: Sequence[Recipient]) -> None:
        """Of a block that was just written. Done again, it is the same."""
        found = _tally(recipients, self._window_ms)
        kept = {"window_ms": _number(self._window_ms), "people": _marks(recipients)}
        self._put(block, found, kept, version=1, before=None)

    def drop(self, block: int) -> bool:
        """A block that is not wanted, with its recipients; answers whether it was there."""
        pk = campaign_keys.recipients(self._tenant, self._campaign, block)
        removed = remove_partition(self._dynamodb, self._table, pk)
        self._dynamodb.delete_item(**self._place(block))
        return removed > 0

    def recount(self, blocks: Iterable[int]) -> list[Recipient]:
        """Make the tallies of these blocks anew; answers the recipients that they were made of.
        Raises BusyError."""
        return [one for block in sorted(set(blocks)) for one in self._recount(block)]

    def _recount(self, block: int) -> list[Recipient]:
        """The version is read before the recipients: whoever puts a tally on top of that version
        has seen everything that the one before had seen."""
        for attempt in range(_TRIES):
            item = self._dynamodb.get_item(**self._place(block), ConsistentRead=True).get("Item")
            if item is None:
                return []  # erased meanwhile
            version, window = int(item["version"]["N"]), int(item["window_ms"]["N"])
            pk = campaign_keys.recipients(self._tenant, self._campaign, block)
            found = [recipient_of(block, one) for one in items(self._dynamodb, self._table, pk)]
            kept = {"window_ms": item["window_ms"], "people": item.get("people") or _marks(found)}
            if self._put(block, _tally(found, window), kept, version=version + 1, before=version):
                return found
            time.sleep(random.uniform(0, 0.02 * 2**attempt))
        raise BusyError

    def _put(
        self, block: int, found: Tally, kept: JsonObject, *, version: int, before: int | None
    ) -> bool:
        condition: JsonObject = {}
        if before is not None:
            condition = {
                "ConditionExpression": "version = :before",
                "ExpressionAttributeValues": {":before": {"N": str(before)}},
            }
        place = self._place(block)
        item = {
            **place["Key"],
            **kept,
            "version": _number(version),
            "body": {"S": json.dumps(to_json(found), separators=(",", ":"))},
        }
        try:
            self._dynamodb.put_item(TableName=self._table, Item=item, **condition)
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _place(self, block: int) -> JsonObject:
        key = keys.key(self._pk(block % SHARDS), f"{block:07d}")
        return {"TableName": self._table, "Key": key}

    def _pk(self, shard: int) -> str:
        return campaign_keys.tallies(self._tenant, self._campaign, shard)


def names_of(one: Recipient) -> set[str]:
    """Everything by which a person may be looked for."""
    return {name for name in (one.lane, one.phone, one.bsuid, one.contact_id) if name}


def _marks(recipients: Iterable[Recipient]) -> JsonObject:
    return {"B": marks_of(name for one in recipients for name in names_of(one))}


def _number(value: int) -> JsonObject:
    return {"N": str(value)}


def _tally(recipients: Iterable[Recipient], window_ms: int) -> Tally:
    return tally(standing_of(one, window_ms) for one in recipients)
