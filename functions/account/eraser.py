"""Forget contacts: in the background, in every store, to the end whoever dies on the way.

A first pass removes all there is. What a worker held at that moment may still be written, so a
second one comes when no such worker can be alive any more. Either can be done any number of times.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from account.stores import STORES
from account.stores.place import Place, StoreNames, from_json
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import Entry, encode, send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.erasures import Erasures, NothingToEraseError
from shared.tenancy import Tenant

SETTLED_SECONDS: Final = 30  # three times as long as the flow worker may run


@dataclass(frozen=True, slots=True)
class Settings(StoreNames):
    erasures_queue_url: str


@dataclass(frozen=True, slots=True)
class Eraser:
    settings: Settings
    dynamodb: Any
    s3: Any
    sqs: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one pass over one contact."""
        body = json.loads(record["body"])
        tenant, again = Tenant(body["tenant"]), bool(body["again"])
        erasures = Erasures(tenant, self.settings.workspaces_table, self.dynamodb)
        try:
            erasure = erasures.get(body["contact"])
        except NothingToEraseError:
            return
        person = from_json(tenant, erasure.contact_id, erasure.person)
        place = Place(self.settings, self.dynamodb, self.s3, self.clock)
        for store in STORES:
            for forget in store.forget:
                count("ItemsForgotten", forget(place, person, again=again))
        if again:
            erasures.done(erasure, self.clock())
            count("ContactsErased")
            return
        later = erasure_entry(tenant, erasure.contact_id, again=True)
        send_all(self.sqs, self.settings.erasures_queue_url, [later])


def erasure_entry(tenant: Tenant, contact_id: str, *, again: bool = False) -> Entry:
    body = {"v": 1, "tenant": tenant.id, "contact": contact_id, "again": again}
    return Entry(encode(body), group=tenant.id, delay=SETTLED_SECONDS if again else 0)


@lru_cache(maxsize=1)
def _eraser() -> Eraser:
    return Eraser(load(Settings), client("dynamodb"), client("s3"), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _eraser().run)
