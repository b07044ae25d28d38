"""What flows did to conversations: one item per event and flow, beside the conversation's log.

The items of one flow are found by the index `activity`, which spreads them over slots so that no
key is hot. They are never changed, so counting is adding them up: what is older than a day is added
up once and kept as the slot's total, and the rest is added whenever somebody looks.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.tenancy import Tenant

SLOTS: Final = 8
SETTLED_MS: Final = 24 * 3600 * 1000  # an item may be written that long after its event, not later
_WORTH_ADDING_UP: Final = 500  # items


@dataclass(frozen=True, slots=True)
class Trace:
    """What one event did in one flow. `at` in milliseconds; `begun` says that the session began
    with it; `visits` are the engine's, as JSON; `left` and `waits` are the nodes where a session
    had been waiting before the event, and where one waits after it."""

    version: int
    at: int
    event: str
    flow: str
    session: str
    begun: bool
    visits: Sequence[JsonObject]
    left: Sequence[str] = ()
    waits: Sequence[str] = ()


@dataclass(slots=True)
class Counts:
    """By (node, what): what is "entered", "waiting", "dropped" or "exit <name>". `runs` is how
    often the flow was begun."""

    runs: int = 0
    nodes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, trace: Trace) -> None:
        self.runs += trace.begun
        for visit in trace.visits:
            node = visit["node"]
            self.nodes[node, "entered"] += bool(visit.get("entered"))
            if visit.get("dropped"):
                self.nodes[node, "dropped"] += 1
            if visit.get("exit"):
                self.nodes[node, f"exit {visit['exit']}"] += 1
        for node in trace.left:
            self.nodes[node, "waiting"] -= 1
        for node in trace.waits:
            self.nodes[node, "waiting"] += 1

    def merge(self, other: Counts) -> None:
        self.runs += other.runs
        self.nodes.update(other.nodes)


def trace_item(tenant: Tenant, channel: str, contact: str, trace: Trace) -> JsonObject:
    slot = zlib.crc32(f"{channel}.{contact}".encode()) % SLOTS
    return {
        **keys.key(
            keys.conversation(tenant, channel, contact), keys.trace(trace.version, trace.flow)
        ),
        "activity_pk": {"S": keys.activity(tenant, trace.flow, slot)},
        "at": {"N": str(trace.at)},
        "event": {"S": trace.event},
        "session": {"S": trace.session},
        "begun": {"BOOL": trace.begun},
        "visits": {"S": json.dumps(list(trace.visits), separators=(",", ":"))},
        "waits": {"S": json.dumps([list(trace.left), list(trace.waits)])},
    }


def trace_of(item: JsonObject) -> Trace:
    left, waits = json.loads(item["waits"]["S"])
    version, _, flow = item["sk"]["S"].removeprefix(keys.TRACES).partition("#")
    return Trace(
        version=int(version),
        at=int(item["at"]["N"]),
        event=item["event"]["S"],
        flow=flow,
        session=item["session"]["S"],
        begun=item["begun"]["BOOL"],
        visits=json.loads(item["visits"]["S"]),
        left=left,
        waits=waits,
    )


def _conversation_of(item: JsonObject) -> str:
    _, channel, contact = item["pk"]["S"].rsplit("#", 2)
    return f"{channel}.{contact}"


class Traces:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def of_conversation(self, channel: str, contact: str, most: int = 200) -> list[Trace]:
        """The newest ones, newest first."""
        items = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :traces)",
            ExpressionAttributeValues={
                ":pk": {"S": keys.conversation(self._tenant, channel, contact)},
                ":traces": {"S": keys.TRACES},
            },
            ScanIndexForward=False,
            Limit=most,
        )["Items"]
        return [trace_of(item) for item in items]

    def newest(self, flow: str, most: int) -> list[tuple[str, Trace]]:
        """The newest of a flow with their conversations ("channel.contact"), newest first."""
        found: list[tuple[str, Trace]] = []
        for slot in range(SLOTS):
            items = self._dynamodb.query(
                TableName=self._table,
                IndexName="activity",
                KeyConditionExpression="activity_pk = :pk",
                ExpressionAttributeValues={
                    ":pk": {"S": keys.activity(self._tenant, flow, slot)},
                },
                ScanIndexForward=False,
                Limit=most,
            )["Items"]
            found += [(_conversation_of(item), trace_of(item)) for item in items]
        return sorted(found, key=lambda one: one[1].at, reverse=True)[:most]

    def counts(self, flow: str, now: int) -> Counts:
        """Everything that ever happened in a flow, up to this moment."""
        total = Counts()
        for slot in range(SLOTS):
            total.merge(self._of_slot(flow, slot, now))
        return total

    def _of_slot(self, flow: str, slot: int, now: int) -> Counts:
        settled, until = self._settled(flow, slot)
        border = now - SETTLED_MS
        fresh, added = Counts(), 0
        for trace in self._since(flow, slot, until):
            if trace.at <= border:
                settled.add(trace)
                added += 1
            else:
                fresh.add(trace)
        if added >= _WORTH_ADDING_UP:
            self._settle(flow, slot, settled, until, border)
        fresh.merge(settled)
        return fresh

    def _since(self, flow: str, slot: int, until: int) -> Iterator[Trace]:
        request: JsonObject = {
            "TableName": self._table,
            "IndexName": "activity",
            "KeyConditionExpression": "activity_pk = :pk AND #at > :until",
            "ExpressionAttributeNames": {"#at": "at"},
            "ExpressionAttributeValues": {
                ":pk": {"S": keys.activity(self._tenant, flow, slot)},
                ":until": {"N": str(until)},
            },
        }
        while True:
            page = self._dynamodb.query(**request)
            yield from (trace_of(item) for item in page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _settled(self, flow: str, slot: int) -> tuple[Counts, int]:
        key = keys.key(keys.activity(self._tenant, flow, slot), keys.SETTLED)
        item = self._dynamodb.get_item(TableName=self._table, Key=key).get("Item")
        if item is None:
            return Counts(), 0
        nodes = {(node, what): n for node, what, n in json.loads(item["nodes"]["S"])}
        return Counts(int(item["runs"]["N"]), Counter(nodes)), int(item["until"]["N"])

    def _settle(self, flow: str, slot: int, counts: Counts, before: int, until: int) -> None:
        """Keep the total, unless somebody else has just done so: then theirs is as good."""
        nodes = [[node, what, n] for (node, what), n in counts.nodes.items()]
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item={
                    **keys.key(keys.activity(self._tenant, flow, slot), keys.SETTLED),
                    "runs": {"N": str(counts.runs)},
                    "until": {"N": str(until)},
                    "nodes": {"S": json.dumps(nodes, separators=(",", ":"))},
                },
                ConditionExpression="attribute_not_exists(pk) OR #until = :before",
                ExpressionAttributeNames={"#until": "until"},
                ExpressionAttributeValues={":before": {"N": str(before)}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return
