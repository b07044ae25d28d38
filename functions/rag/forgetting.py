"""Follows the records of documents: where one goes, whoever removed it, what is in the index and
among the files goes after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rag.work import FORGET, SETTLED_MS, entry
from shared.aws import client
from shared.clock import now_ms
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import Entry, send_all
from shared.settings import load
from shared.store import keys


@dataclass(frozen=True, slots=True)
class Settings:
    knowledge_jobs_queue_url: str


def entry_for(record: JsonObject, now: int) -> Entry | None:
    """The work that a record of the table's stream asks for; None for one that is no document's."""
    item = record["dynamodb"].get("OldImage", {})
    if record["eventName"] != "REMOVE" or "making" not in item:
        return None
    tenant = keys.tenant_of(item["pk"]["S"])
    base_id = item["pk"]["S"].rpartition("#")[2]
    return entry(tenant, FORGET, base_id, item["sk"]["S"], until=now + SETTLED_MS)


@lru_cache(maxsize=1)
def _settings() -> Settings:
    return load(Settings)


@counted
def handler(event: JsonObject, context: object) -> None:  # noqa: ARG001
    """A batch of the table's stream; the whole comes again when a part of it cannot be queued."""
    found = (entry_for(record, now_ms()) for record in event["Records"])
    entries = [one for one in found if one]
    count("DocumentsForgotten", len(entries))
    send_all(client("sqs"), _settings().knowledge_jobs_queue_url, entries)
