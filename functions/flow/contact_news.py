"""What happens to contacts, as flows wait for it: somebody new, a tag, a segment entered.

The contacts table tells what changes in it, whoever changes it: people, programs, imports, flows.
Nothing is asked of the others, and none can forget to tell. Whoever is new by writing is none of
this: the message itself starts a flow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import send_all
from shared.segments.filters import Filter
from shared.segments.matching import matches
from shared.settings import load
from shared.starts import StartRequest, start_entry
from shared.store import keys
from shared.store.contact_items import record_of
from shared.store.flows import FlowStore
from shared.store.segments import SegmentNotFoundError, Segments
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache

_WANTED_SECONDS: Final = 15
_SEGMENT_SECONDS: Final = 60
_TYPES: Final = ("new_contact", "tag_added", "segment_entered")


@dataclass(frozen=True, slots=True)
class Settings:
    workspaces_table: str
    contacts_table: str
    starts_queue_url: str


@dataclass(frozen=True, slots=True)
class News:
    """`trigger` and `values` as flows are started with them."""

    trigger: str
    values: JsonObject

    def is_waited_for(self, trigger: JsonObject) -> bool:
        """By a stored trigger."""
        named = {name: trigger.get(name) for name in self.values}
        return trigger.get("type") == self.trigger and named == self.values


def news_of(old: ContactRecord | None, new: ContactRecord) -> Iterator[News]:
    """What the record itself tells, old and new."""
    if old is None and not new.conversations:
        yield News("new_contact", {})
    before = old.tags if old else ()
    for tag in new.tags:
        if tag not in before:
            yield News("tag_added", {"tag": tag})


def has_entered(filter_: Filter, old: ContactRecord | None, new: ContactRecord, now: int) -> bool:
    """Whether the change is what made a segment mean the contact."""
    return matches(filter_, new, now) and not (old and matches(filter_, old, now))


@dataclass(slots=True)
class ContactNews:
    settings: Settings
    dynamodb: Any
    sqs: Any
    clock: Clock = now_ms
    _wanted: TtlCache[str, list[JsonObject]] = field(init=False)
    _filters: TtlCache[tuple[str, str], Filter | None] = field(init=False)

    def __post_init__(self) -> None:
        self._wanted = TtlCache(_WANTED_SECONDS, self.clock)
        self._filters = TtlCache(_SEGMENT_SECONDS, self.clock)

    def run(self, records: Iterable[JsonObject]) -> None:
        """Some records of the table's stream. Raises when they must be told again."""
        starts = [start for record in records for start in self._starts(record["dynamodb"])]
        if starts:
            send_all(self.sqs, self.settings.starts_queue_url, map(start_entry, starts))
            count("ContactNews", len(starts))

    def _starts(self, change: JsonObject) -> Iterator[StartRequest]:
        """Being seen is no change: it has no revision."""
        if not change["Keys"]["sk"]["S"].startswith(keys.CONTACT) or "NewImage" not in change:
            return
        tenant = keys.tenant_of(change["Keys"]["pk"]["S"])
        wanted = self._wanted.get(tenant.id, lambda: self._load_wanted(tenant))
        if not wanted:
            return
        new = record_of(change["NewImage"])
        old = record_of(change["OldImage"]) if "OldImage" in change else None
        if old is not None and old.revision == new.revision:
            return
        for news in (*news_of(old, new), *self._entered(tenant, wanted, old, new)):
            waiting = [trigger for trigger in wanted if news.is_waited_for(trigger)]
            for channel in sorted({_channel(trigger) for trigger in waiting}):
                what = ":".join((news.trigger, *map(str, news.values.values()), channel))
                yield StartRequest(
                    id=f"contact:{new.id}:{new.revision}:{what}",
                    tenant_id=tenant.id,
                    channel=channel,
                    trigger=news.trigger,
                    at=new.updated_at,
                    contact_id=new.id,
                    values=news.values,
                )

    def _entered(
        self,
        tenant: Tenant,
        wanted: list[JsonObject],
        old: ContactRecord | None,
        new: ContactRecord,
    ) -> Iterator[News]:
        segments = (trigger.get("segment_id") for trigger in wanted)
        for segment_id in sorted({str(one) for one in segments if one}):
            filter_ = self._filter(tenant, segment_id)
            if filter_ is not None and has_entered(filter_, old, new, self.clock()):
                yield News("segment_entered", {"segment_id": segment_id})

    def _filter(self, tenant: Tenant, segment_id: str) -> Filter | None:
        store = Segments(tenant, self.settings.contacts_table, self.dynamodb)

        def load() -> Filter | None:
            try:
                return store.get(segment_id).filter
            except SegmentNotFoundError:
                return None

        return self._filters.get((tenant.id, segment_id), load)

    def _load_wanted(self, tenant: Tenant) -> list[JsonObject]:
        live = FlowStore(tenant, self.settings.workspaces_table, self.dynamodb).live()
        triggers = [trigger for flow in live.flows.values() for trigger in flow.triggers]
        return [trigger for trigger in triggers if trigger.get("type") in _TYPES]


def _channel(trigger: JsonObject) -> str:
    """The number to write from; empty: any."""
    return str((trigger.get("channels") or [""])[0])


@lru_cache(maxsize=1)
def _contact_news() -> ContactNews:
    return ContactNews(load(Settings), client("dynamodb"), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> None:  # noqa: ARG001
    """A batch of the contacts table's stream."""
    _contact_news().run(event["Records"])
