"""The stores beside the contact and their conversations: what was not understood, what webhooks
were told, what requests were answered, what was sent to S3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from account.stores.place import Person, Place
from account.stores.told import Told
from shared.json_types import JsonObject
from shared.store import keys, request_keys
from shared.store.exports import PREFIX
from shared.store.imports import CANCELLED, DONE, FAILED
from shared.store.partitions import items, remove
from shared.store.webhooks import Webhooks
from shared.tenancy import Tenant


def forget_kept(place: Place, person: Person, *, again: bool) -> int:
    """What names them by a number or an id."""
    del again
    table = place.names.inspection_table
    return remove(place.dynamodb, table, _kept_of(place, person))


def tell_kept(place: Place, person: Person) -> Iterator[Told]:
    yield from (_kept_told(item) for item in _kept_of(place, person))


def tell_all_kept(place: Place, tenant: Tenant) -> Iterator[Told]:
    kept = items(place.dynamodb, place.names.inspection_table, keys.kept(tenant))
    yield from (_kept_told(item) for item in kept)


def forget_notices(place: Place, person: Person, *, again: bool) -> int:
    del again
    table = place.names.webhook_deliveries_table
    return remove(place.dynamodb, table, _notices_of(place, person))


def forget_answers(place: Place, person: Person, *, again: bool) -> int:
    """Any answer may hold something of theirs, so that all bodies go; the keys stay, and a request
    that is repeated is told that it was done."""
    if again:
        return 0
    table, emptied = place.names.requests_table, 0
    for item in items(place.dynamodb, table, request_keys.idempotency(person.tenant.id)):
        if "body" in item:
            key = keys.key(item["pk"]["S"], item["sk"]["S"])
            place.dynamodb.update_item(
                TableName=table,
                Key=key,
                UpdateExpression="REMOVE body",
                ConditionExpression="attribute_exists(pk)",
            )
            emptied += 1
    return emptied


def forget_files(place: Place, person: Person, *, again: bool) -> int:
    """Exports are copies, which can be made again: all of the workspace's go."""
    del again
    return remove_objects(place.s3, place.names.files_bucket, f"{person.tenant.id}/{PREFIX}")


def forget_imports(place: Place, person: Person, *, again: bool) -> int:
    """Files and previews of imports that are over. One that is under way still needs them; they
    expire within days."""
    del again
    table, removed = place.names.contacts_table, 0
    for item in items(place.dynamodb, table, keys.contact_jobs(person.tenant, "IMPORT")):
        if item["status"]["S"] not in (DONE, FAILED, CANCELLED):
            continue
        below = f"{person.tenant.id}/imports/{item['sk']['S']}/"
        removed += remove_objects(place.s3, place.names.files_bucket, below)
        if "preview" in item:
            place.dynamodb.update_item(
                TableName=table,
                Key=keys.key(item["pk"]["S"], item["sk"]["S"]),
                UpdateExpression="REMOVE preview",
                ConditionExpression="attribute_exists(pk)",
            )
            removed += 1
    return removed


def remove_objects(s3: Any, bucket: str, prefix: str) -> int:
    removed = 0
    while True:
        found = s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])
        if not found:
            return removed
        named = [{"Key": one["Key"]} for one in found]
        s3.delete_objects(Bucket=bucket, Delete={"Objects": named, "Quiet": True})
        removed += len(named)


def _kept_of(place: Place, person: Person) -> Iterator[JsonObject]:
    pk = keys.kept(person.tenant)
    for item in items(place.dynamodb, place.names.inspection_table, pk):
        if person.is_named_in(item["body"]["S"]):
            yield item


def _kept_told(item: JsonObject) -> Told:
    body = json.loads(item["body"]["S"])
    return "kept", {"reason": item["reason"]["S"], "field": item["field"]["S"], "body": body}


def _notices_of(place: Place, person: Person) -> Iterator[JsonObject]:
    webhooks = Webhooks(person.tenant, place.names.workspaces_table, place.dynamodb).all()
    lanes = {lane for _, lane in person.lanes()}
    for webhook in webhooks:
        pk = keys.webhook_deliveries(person.tenant, webhook.id)
        for item in items(place.dynamodb, place.names.webhook_deliveries_table, pk):
            contact = item.get("contact", {}).get("S")
            if contact in lanes or person.is_named_in(item["body"]["S"]):
                yield item
