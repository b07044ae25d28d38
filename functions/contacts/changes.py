"""The queue `Contacts`: what flows, conversations and people's edits want done with the records.

Every change is applied once, whatever comes twice. Conversations keep copies of their contact's
record: after each change they are told, through their lanes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.contacts.changes import ChangeRefusedError, changed, seen
from shared.contacts.handing_over import Change, changes_of
from shared.contacts.record import ContactRecord, profile
from shared.conversation import short_hash
from shared.events import CONTACT_CHANGED, Event, LaneEvents, entry
from shared.fifo_batch import NotYetError, run_in_order
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.observability import count, counted
from shared.queues import send_all
from shared.settings import load
from shared.storable import storable
from shared.store.contact_items import IdentityTakenError
from shared.store.contact_merges import ContactMerges, SameContactError
from shared.store.contact_sides import ContactSides, Note, Opted
from shared.store.contacts import ContactNotFoundError, Contacts
from shared.store.transactions import Write
from shared.tenancy import Tenant

_SECONDS_TO_COMMIT: Final = 1.0
_RECEIVES_TO_COMMIT: Final = 4
_LONGEST_NAME: Final = 200
_LONGEST_NOTE: Final = 2000
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Settings:
    contacts_table: str
    contacts_queue_url: str
    inbound_queue_url: str


@dataclass(frozen=True, slots=True)
class Changes:
    settings: Settings
    dynamodb: Any
    sqs: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: changes of one contact, in order."""
        body = json.loads(record["body"])
        tenant = Tenant(body["tenant"])
        again = int(record["attributes"]["ApproximateReceiveCount"]) > 1
        if "conversation" in body:
            self._of_conversation(tenant, body, again)
            return
        for change in changes_of(body):
            self._of_contact(tenant, body["contact"], change, record)

    def _of_conversation(self, tenant: Tenant, body: JsonObject, again: bool) -> None:
        identities = _identities(body)
        changes = [_complete(change, body) for change in changes_of(body)]
        known = self._known(tenant, identities)
        known = sorted({*known, *self._left_by(tenant, body, changes)})
        before = self._one_of(tenant, known) if known else self._made(tenant, body, changes)
        sides = ContactSides(tenant, self.settings.contacts_table, self.dynamodb, before.id)

        def make(record: ContactRecord) -> ContactRecord:
            return _applied(record, changes)

        def beside(old: ContactRecord, _: ContactRecord) -> list[Write]:
            fresh = _fresh(old, changes)
            return [write for change in fresh for write in _sides_of(change, sides)]

        after = self._contacts(tenant).change(before.id, make, self.clock(), beside)
        for change in changes:
            if change.body["op"] == "seen":
                self._contacts(tenant).touch(after.id, change.body["at"])
        if again or len(known) != 1 or _is_news(before, after):
            self._tell(after)

    def _known(self, tenant: Tenant, identities: Sequence[Identity]) -> list[str]:
        """The ids that the identities lead to, the oldest contact's first."""
        return sorted(set(self._contacts(tenant).known_by(identities).values()))

    def _left_by(self, tenant: Tenant, body: JsonObject, changes: Sequence[Change]) -> set[str]:
        """Who has the conversation and was known by what is left now. A number that was left may
        be another's already, who has it not."""
        left = [Identity(*one) for change in changes for one in change.body.get("left", ())]
        if not left:
            return set()
        place = f"{body['channel']}.{body['conversation']}"
        records = self._contacts(tenant).many(self._known(tenant, left))
        return {id_ for id_, record in records.items() if place in record.conversations}

    def _one_of(self, tenant: Tenant, ids: Sequence[str]) -> ContactRecord:
        """The record of a person; where there are several, they become one."""
        merges = ContactMerges(tenant, self.settings.contacts_table, self.dynamodb)
        for other in ids[1:]:
            try:
                merges.merge(ids[0], other, self.clock())
                count("ContactsMerged")
            except SameContactError:
                pass
            self._sides(tenant, ids[0]).take_over(self._sides(tenant, other))
        return self._contacts(tenant).get(ids[0])

    def _made(self, tenant: Tenant, body: JsonObject, changes: Sequence[Change]) -> ContactRecord:
        first = next((one for one in changes if one.body["op"] == "seen"), None)
        told = first.body if first else _seen(changes[0].at, body)
        for _ in range(_TRIES):
            new = seen(ContactRecord(id=""), told)
            try:
                return self._contacts(tenant).create(
                    replace(new, last_seen_at=told["at"]), self.clock()
                )
            except IdentityTakenError:
                if known := self._known(tenant, _identities(body)):
                    return self._one_of(tenant, known)
        raise NotYetError("others make this contact", _SECONDS_TO_COMMIT)

    def _of_contact(
        self, tenant: Tenant, contact_id: str, change: Change, record: JsonObject
    ) -> None:
        try:
            found = self._contacts(tenant).get(contact_id)
        except ContactNotFoundError:
            return
        is_done = (
            found.revision >= change.body["revision"]
            if change.body["op"] == "announce"
            else found.id != contact_id
        )
        receives = int(record["attributes"]["ApproximateReceiveCount"])
        if not is_done and receives < _RECEIVES_TO_COMMIT:
            raise NotYetError("the write has not come yet", _SECONDS_TO_COMMIT)
        if found.id != contact_id:
            self._sides(tenant, found.id).take_over(self._sides(tenant, contact_id))
        self._tell(found)

    def _tell(self, record: ContactRecord) -> None:
        entries = []
        for place in record.conversations:
            channel, _, lane_contact = place.partition(".")
            event = Event(
                id=f"contact:{record.id}:{record.revision}",
                kind=CONTACT_CHANGED,
                at=record.updated_at,
                body=profile(record),
            )
            entries.append(entry(LaneEvents(channel, lane_contact, (event,))))
        send_all(self.sqs, self.settings.inbound_queue_url, entries)

    def _contacts(self, tenant: Tenant) -> Contacts:
        return Contacts(tenant, self.settings.contacts_table, self.dynamodb)

    def _sides(self, tenant: Tenant, contact_id: str) -> ContactSides:
        return ContactSides(tenant, self.settings.contacts_table, self.dynamodb, contact_id)


def _is_news(before: ContactRecord, after: ContactRecord) -> bool:
    """For the conversations: of what they keep, or for one that has kept nothing yet."""
    return before.conversations != after.conversations or _copied(before) != _copied(after)


def _copied(record: ContactRecord) -> JsonObject:
    """What conversations keep of it, in whatever revision."""
    return {**profile(record), "revision": None}


def _complete(change: Change, body: JsonObject) -> Change:
    """With the place and the identities that all changes of the entry share."""
    if change.body["op"] != "seen":
        return change
    told = _seen(change.body["at"], body)
    names = {key: _text(change.body.get(key)) for key in ("name", "username")}
    left = {"left": change.body["left"]} if "left" in change.body else {}
    return replace(change, body={**told, **names, **left})


def _seen(at: int, body: JsonObject) -> JsonObject:
    shared = {key: body[key] for key in ("identities", "channel", "conversation")}
    return {"op": "seen", "at": at, **shared}


def _identities(body: JsonObject) -> list[Identity]:
    return [Identity(*one) for one in body["identities"]]


def _text(text: str | None) -> str | None:
    return storable(text, _LONGEST_NAME) if text else None


def _fresh(record: ContactRecord, changes: Sequence[Change]) -> list[Change]:
    """Those that are not applied yet. What was seen may be applied any number of times."""
    return [
        change
        for change in changes
        if change.body["op"] != "seen" and not record.effects.seen(short_hash(change.id), change.at)
    ]


def _applied(record: ContactRecord, changes: Sequence[Change]) -> ContactRecord:
    fresh = _fresh(record, changes)
    for change in changes:
        if change.body["op"] == "seen":
            record = seen(record, change.body)
        elif change in fresh:
            try:
                record = changed(record, change.body, change.at)
            except ChangeRefusedError:
                count("ContactChangesRefused")
            record = replace(
                record, effects=record.effects.with_id(short_hash(change.id), change.at)
            )
    return record


def _sides_of(change: Change, sides: ContactSides) -> list[Write]:
    match change.body:
        case {"op": "note", "text": text}:
            note_id = f"{change.at:015d}{short_hash(change.id)}".translate(_PLAIN)
            return sides.note(Note(note_id, storable(text, _LONGEST_NOTE), "flow", change.at))
        case {"op": "opt", "kind": kind, "state": state, "source": source}:
            return [sides.opted(Opted(kind, state, source, change.at))]
    return []


_PLAIN: Final = str.maketrans("+/=", "xyz")


@lru_cache(maxsize=1)
def _changes() -> Changes:
    return Changes(load(Settings), client("dynamodb"), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS FIFO batch with partial failures."""
    count("ContactRecords", len(event["Records"]))
    changes = _changes()
    url = changes.settings.contacts_queue_url
    return run_in_order(event["Records"], changes.run, changes.sqs, url)
