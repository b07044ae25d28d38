"""Campaigns: what was sent to whom. A person who is forgotten is nobody from then on; what became
of the message stays, since the campaign's sums are made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from account.stores.beside import remove_objects
from account.stores.place import Person, Place
from account.stores.told import Told
from shared.campaigns.outcomes import CANCELLED, QUEUED, RANKS, WAITING, outcome_of
from shared.json_types import JsonObject
from shared.store import campaign_keys, keys
from shared.store.campaign_turns import CampaignTurns
from shared.store.partitions import items
from shared.store.recipient_items import recipient_of
from shared.store.tallies import Tallies
from shared.tenancy import Tenant

_THEIRS = ("phone", "bsuid", "contact_id", "name", "values")


def forget(place: Place, person: Person, *, again: bool) -> int:
    del again
    forgotten = 0
    for campaign, tallies in _campaigns(place, person.tenant):
        touched = set()
        for block, item in _of_person(place, person, campaign, tallies):
            _make_nobody(place, item)
            touched.add(block)
            forgotten += 1
        tallies.recount(touched)
    turns = CampaignTurns(person.tenant, place.names.campaigns_table, place.dynamodb)
    known_as = {lane for _, lane in person.lanes()} | {person.contact_id}
    forgotten += sum(turns.forget(one) for one in known_as if one)
    return forgotten + _forget_files(place, person.tenant)


def tell(place: Place, person: Person) -> Iterator[Told]:
    for campaign, tallies in _campaigns(place, person.tenant):
        for block, item in _of_person(place, person, campaign, tallies):
            yield _told(campaign, block, item)


def tell_all(place: Place, tenant: Tenant) -> Iterator[Told]:
    table, pk = place.names.campaigns_table, campaign_keys.campaigns(tenant)
    for item in items(place.dynamodb, table, pk):
        about = {name: item[name]["S"] for name in ("name", "status")}
        yield "campaigns", {"id": item["sk"]["S"], **about, "plan": json.loads(item["plan"]["S"])}
    for campaign, tallies in _campaigns(place, tenant):
        for block in tallies.all():
            for item in _of_block(place, tenant, campaign, block):
                yield _told(campaign, block, item)


def _campaigns(place: Place, tenant: Tenant) -> Iterator[tuple[str, Tallies]]:
    """Also drafts: one that could not start has as much of its audience as was frozen."""
    table, pk = place.names.campaigns_table, campaign_keys.campaigns(tenant)
    for item in items(place.dynamodb, table, pk):
        campaign = item["sk"]["S"]
        yield campaign, Tallies(tenant, campaign, table, place.dynamodb)


def _of_person(
    place: Place, person: Person, campaign: str, tallies: Tallies
) -> Iterator[tuple[int, JsonObject]]:
    """Their items, with the blocks in which they lie."""
    lanes, named = _names(person)
    for block in tallies.blocks_of(lanes | named):
        for item in _of_block(place, person.tenant, campaign, block):
            told = {item[name]["S"] for name in ("phone", "bsuid", "contact_id") if name in item}
            if item["lane"]["S"] in lanes or not named.isdisjoint(told):
                yield block, item


def _names(person: Person) -> tuple[set[str], set[str]]:
    """The lanes of their conversations, and everything else that they are known by."""
    lanes = {lane for _, lane in person.lanes()}
    return lanes, {one.value for one in person.identities} | {person.contact_id}


def _of_block(place: Place, tenant: Tenant, campaign: str, block: int) -> Iterator[JsonObject]:
    pk = campaign_keys.recipients(tenant, campaign, block)
    return items(place.dynamodb, place.names.campaigns_table, pk)


def _make_nobody(place: Place, item: JsonObject) -> None:
    """Whoever has not been sent to is not any more."""
    update: JsonObject = {
        "TableName": place.names.campaigns_table,
        "Key": keys.key(item["pk"]["S"], item["sk"]["S"]),
        "ExpressionAttributeNames": {f"#{name}": name for name in (*_THEIRS, "state", "rank")},
    }
    remove = " REMOVE " + ", ".join(f"#{name}" for name in _THEIRS)
    values: dict[str, Any] = {":nobody": {"S": "-"}, ":none": {"N": str(RANKS[CANCELLED])}}
    if item["state"]["S"] in (QUEUED, WAITING):
        sets = "SET lane = :nobody, #state = :cancelled, #rank = :none"
        values[":cancelled"] = {"S": CANCELLED}
    else:
        sets = "SET lane = :nobody, #state = #state, #rank = #rank"
        del values[":none"]
    place.dynamodb.update_item(
        **update, UpdateExpression=sets + remove, ExpressionAttributeValues=values
    )


def _forget_files(place: Place, tenant: Tenant) -> int:
    """Uploaded audiences are needed once, when a campaign starts; they may be uploaded again."""
    return remove_objects(place.s3, place.names.files_bucket, f"{tenant.id}/campaign-uploads/")


def _told(campaign: str, block: int, item: JsonObject) -> Told:
    one = recipient_of(block, item)
    return "campaign_recipients", {
        "campaign": campaign,
        "contact": one.contact_id,
        "phone": one.phone,
        "name": one.name,
        "values": dict(one.values),
        "outcome": outcome_of(one.state),
        "sent_at": one.sent_at or None,
    }
