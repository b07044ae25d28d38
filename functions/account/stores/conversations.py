"""Conversations: state, summary, log and deliveries; and the lanes that lead to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from account.stores.place import Person, Place
from account.stores.told import Told
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store import keys
from shared.store.partitions import items, remove_partition
from shared.tenancy import Tenant

_KINDS: Final = ("wa_id", "bsuid", "lid")


def with_identities(dynamodb: Any, table: str, person: Person) -> Person:
    """With what their conversations know them by besides."""
    found = list(person.identities)
    for channel, lane in person.conversations:
        key = keys.key(keys.conversation(person.tenant, channel, lane), keys.STATE)
        item = dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item", {})
        contact = json.loads(item["body"]["S"])["contact"] if "body" in item else {}
        found += [Identity(kind, contact[kind]) for kind in _KINDS if contact.get(kind)]
    return replace(person, identities=tuple(dict.fromkeys(found)))


def forget(place: Place, person: Person, *, again: bool) -> int:
    table = place.names.conversations_table
    removed = 0
    for channel, lane in _lanes(place, person):
        pk = keys.conversation(person.tenant, channel, lane)
        if again and not _is_left_over(place, person, pk):
            continue  # they have written since, and are somebody new
        removed += remove_partition(place.dynamodb, table, pk)
    return removed


def forget_counting(place: Place, person: Person, *, again: bool) -> int:
    """Which messages of theirs are in the sums. A conversation begun anew counts from one."""
    if again:
        return 0
    table = place.names.usage_table
    return sum(
        remove_partition(place.dynamodb, table, keys.counted(person.tenant, *lane))
        for lane in _lanes(place, person)
    )


def tell(place: Place, person: Person) -> Iterator[Told]:
    for channel, lane in person.conversations:
        yield from _told(place, person.tenant, channel, lane)


def tell_all(place: Place, tenant: Tenant) -> Iterator[Told]:
    """Those of the inbox: every one that has a message."""
    for summary in _inbox(place, tenant):
        where = keys.conversation_place(summary["pk"]["S"])
        yield from _told(place, tenant, where.channel, where.contact)


def _told(place: Place, tenant: Tenant, channel: str, lane: str) -> Iterator[Told]:
    pk = keys.conversation(tenant, channel, lane)
    id_ = f"{channel}.{lane}"
    for item in items(place.dynamodb, place.names.conversations_table, pk):
        sk = item["sk"]["S"]
        if sk == keys.SUMMARY:
            body = json.loads(item["body"]["S"])
            yield "conversations", {"id": id_, "channel": channel, "contact": body["contact"]}
        elif sk.endswith("#D"):
            yield "deliveries", {"conversation": id_, "number": keys.seq_of(sk), **_plain(item)}
        elif keys.seq_of(sk) is not None:
            message = json.loads(item["message"]["S"])
            told = {"direction": item["direction"]["S"], "at": int(item["at"]["N"])}
            number = keys.seq_of(sk)
            yield "messages", {"conversation": id_, "number": number, **told, "message": message}


def _plain(item: JsonObject) -> JsonObject:
    names = ("state", "reason", "wamid", "sent_at", "status_at")
    return {name: next(iter(item[name].values())) for name in names if name in item}


def _lanes(place: Place, person: Person) -> tuple[tuple[str, str], ...]:
    """With the conversations that their other lanes are aliases of."""
    lanes = dict.fromkeys(person.lanes())
    for channel, lane in person.lanes():
        key = keys.key(keys.conversation(person.tenant, channel, lane), keys.STATE)
        state = place.dynamodb.get_item(
            TableName=place.names.conversations_table, Key=key, ConsistentRead=True
        ).get("Item", {})
        if "alias_of" in state:
            lanes[channel, state["alias_of"]["S"]] = None
    return tuple(lanes)


def _is_left_over(place: Place, person: Person, pk: str) -> bool:
    """Whether a worker that was on its way has written here after all: without a state, or with the
    copy of a record that is gone."""
    state = place.dynamodb.get_item(
        TableName=place.names.conversations_table,
        Key=keys.key(pk, keys.STATE),
        ConsistentRead=True,
    ).get("Item")
    if state is None or "body" not in state:
        return True
    profile = json.loads(state["body"]["S"]).get("profile") or {}
    return bool(profile.get("id") == person.contact_id)


def _inbox(place: Place, tenant: Tenant) -> Iterator[JsonObject]:
    request: JsonObject = {
        "TableName": place.names.conversations_table,
        "IndexName": "inbox",
        "KeyConditionExpression": "inbox_pk = :inbox",
        "ExpressionAttributeValues": {":inbox": {"S": keys.inbox(tenant)}},
    }
    while True:
        answer = place.dynamodb.query(**request)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
