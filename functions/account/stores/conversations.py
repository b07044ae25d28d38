"""Conversations: state, summary, log and deliveries; and the lanes that lead to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any, Final

from account.stores.media import forget_files
from account.stores.place import Person, Place
from account.stores.told import Told
from shared.conversation import Conversation, forgotten, from_json, to_json
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store import keys
from shared.store.conversations import ConversationChangedError
from shared.store.partitions import items, remove, remove_partition
from shared.store.received_files import from_item
from shared.store.transactions import BusyError, Write, commit
from shared.tenancy import Tenant

_KINDS: Final = ("wa_id", "bsuid", "lid")
_TRIES: Final = 6
_KEPT_SECONDS: Final = 30 * 24 * 3600  # longer than anything of theirs may be under way


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
    return sum(_forget_lane(place, person, *lane, again) for lane in _lanes(place, person))


def _forget_lane(place: Place, person: Person, channel: str, lane: str, again: bool) -> int:
    """Everything up to the number at which they were forgotten goes, whenever it was written. What
    has a later number is somebody new's."""
    table, pk = place.names.conversations_table, keys.conversation(person.tenant, channel, lane)
    until = _emptied(place, person, channel, pk)
    files = forget_files(place, person.tenant, channel, lane, until)
    if until is None:
        return files + remove_partition(place.dynamodb, table, pk)
    state = _item(place, pk, keys.STATE)
    kept = {keys.STATE}
    if state is not None and not _is_blank(state):
        kept.add(keys.SUMMARY)
    if not again:
        kept.add(keys.FORGOTTEN)
    gone = (
        item
        for item in items(place.dynamodb, table, pk, keys_only=True)
        if item["sk"]["S"] not in kept and (keys.seq_of(item["sk"]["S"]) or 0) <= until
    )
    return files + remove(place.dynamodb, table, gone)


def _emptied(place: Place, person: Person, channel: str, pk: str) -> int | None:
    """Empty the state, once, under the condition of its version: a worker that has read it commits
    nothing on top. Answers the last number before that; None where there is no conversation."""
    for _ in range(_TRIES):
        state, mark = _item(place, pk, keys.STATE), _item(place, pk, keys.FORGOTTEN)
        if state is None or "alias_of" in state:
            return None
        version, body = int(state["version"]["N"]), json.loads(state["body"]["S"])
        is_done = mark is not None and mark["contact_id"]["S"] == person.contact_id
        is_told = (body.get("profile") or {}).get("id") == person.contact_id
        if mark is not None and is_done and not is_told:
            return int(mark["seq"]["N"])
        left = forgotten(from_json(channel, version, body))
        try:
            commit(place.dynamodb, _emptying(place, person, pk, left, version))
        except ConversationChangedError:
            continue
        return left.seq
    raise BusyError


def _emptying(
    place: Place, person: Person, pk: str, left: Conversation, version: int
) -> list[Write]:
    table = place.names.conversations_table
    until = {"expires_at": {"N": str(place.clock() // 1000 + _KEPT_SECONDS)}}
    state = {
        **keys.key(pk, keys.STATE),
        **until,
        "version": {"N": str(left.version)},
        "body": {"S": json.dumps(to_json(left), separators=(",", ":"))},
    }
    mark = {
        **keys.key(pk, keys.FORGOTTEN),
        **until,
        "contact_id": {"S": person.contact_id},
        "seq": {"N": str(left.seq)},
    }
    as_read = {
        "ConditionExpression": "version = :read",
        "ExpressionAttributeValues": {":read": {"N": str(version)}},
    }
    put = {"TableName": table, "Item": state, **as_read}
    return [
        Write({"Put": put}, ConversationChangedError(left.contact.id)),
        Write({"Put": {"TableName": table, "Item": mark}}),
    ]


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
        elif sk.endswith("#F"):
            file = asdict(from_item(item))
            yield "files", {"conversation": id_, "number": keys.seq_of(sk), **file}
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
        state = _item(place, keys.conversation(person.tenant, channel, lane), keys.STATE) or {}
        if "alias_of" in state:
            lanes[channel, state["alias_of"]["S"]] = None
    return tuple(lanes)


def _item(place: Place, pk: str, sk: str) -> JsonObject | None:
    found: JsonObject | None = place.dynamodb.get_item(
        TableName=place.names.conversations_table, Key=keys.key(pk, sk), ConsistentRead=True
    ).get("Item")
    return found


def _is_blank(state: JsonObject) -> bool:
    contact = json.loads(state["body"]["S"])["contact"] if "body" in state else {}
    return not any(contact.get(kind) for kind in _KINDS)


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
