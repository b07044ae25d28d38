"""How many a filter means: every shard once, several at a time, and an estimate when time is up."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import pytest

from shared.contacts.ids import SHARDS
from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.segments.filters import parse
from shared.store import keys
from shared.store.contact_items import record_item
from shared.store.segments import Audience, Count
from shared.tenancy import Tenant

TENANT = Tenant("ws_counting")
VIP = parse({"conditions": [{"on": "tag", "op": "has", "value": "vip"}]})
NO_VIP = parse({"conditions": [{"on": "tag", "op": "has_not", "value": "vip"}]})
EVERYBODY = parse({"conditions": []})
OF_EACH = 10


class Shards:
    """A table of which each shard holds as many, a fifth of them VIPs, in pages of two. A query
    comes back when another shard is being read too, so that whoever reads one by one gets stuck."""

    def __init__(self, together: int = 1) -> None:
        self.read: Counter[str] = Counter()
        self._together = threading.Barrier(together)

    def query(self, **request: Any) -> JsonObject:
        pk = request["ExpressionAttributeValues"][":pk"]["S"]
        start = int(request.get("ExclusiveStartKey", {"n": 0})["n"])
        if start == 0:
            self._together.wait(timeout=10)
        self.read[pk] += 1
        items = [_item(place) for place in range(start, start + 2)]
        if "FilterExpression" in request:
            assert request["FilterExpression"] == "contains(body, :piece0)"
            piece = request["ExpressionAttributeValues"][":piece0"]["S"]
            items = [item for item in items if piece in item["body"]["S"]]
        asked = request.get("Select"), request.get("ProjectionExpression")
        assert asked in [("COUNT", None), (None, "body, seen_at")]
        shown = {} if asked[0] else {"Items": [{"body": item["body"]} for item in items]}
        page: JsonObject = {**shown, "Count": len(items)}
        return page if start + 2 == OF_EACH else {**page, "LastEvaluatedKey": {"n": start + 2}}


def _item(place: int) -> JsonObject:
    tags = ("vip",) if place % 5 == 0 else ()
    return record_item(TENANT, ContactRecord(f"c{place}", name="Ana", tags=tags, revision=1))


def counted(filter_: Any, shards: Shards, clock: list[float]) -> Count:
    ticks = iter(clock)
    return Audience(TENANT, "contacts", shards).count(filter_, 1, 3.0, lambda: next(ticks))


@pytest.mark.parametrize(
    ("filter_", "each"), [(VIP, 2), (NO_VIP, OF_EACH - 2), (EVERYBODY, OF_EACH)]
)
def test_every_shard_is_read_once_and_told_exactly(filter_: Any, each: int) -> None:
    shards = Shards()
    assert counted(filter_, shards, [0.0, 1.0, 9.0]) == Count(each * SHARDS, exact=True)
    pages = OF_EACH // 2
    assert shards.read == {keys.contacts(TENANT, shard): pages for shard in range(SHARDS)}


def test_some_shards_are_read_together() -> None:
    assert counted(VIP, Shards(together=4), [0.0, 1.0, 2.0]).exact


def test_what_would_not_be_read_in_time_is_reckoned_from_what_was() -> None:
    shards = Shards()
    assert counted(VIP, shards, [0.0, 1.6]) == Count(2 * SHARDS, exact=False)
    assert len(shards.read) == SHARDS // 2
