"""A workspace with contacts, and the worker that changes them, over tables in memory."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from contacts.changes import Changes, Settings
from shared.contacts.handing_over import Change, entry_of_conversation
from shared.contacts.record import ContactRecord
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.queues import Entry
from shared.store.contact_lists import ContactLists
from shared.store.contact_merges import ContactMerges
from shared.store.contact_sides import ContactSides
from shared.store.contacts import Contacts
from shared.tenancy import Tenant
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeSqs

CHANNEL = "100200"
_serial = itertools.count(1)


@dataclass
class People:
    dynamodb: Any
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.tenant = Tenant(f"tenant_{next(_serial)}")
        self.sqs = FakeSqs(clock=self.clock)
        self.contacts = Contacts(self.tenant, "contacts", self.dynamodb)
        self.lists = ContactLists(self.tenant, "contacts", self.dynamodb)
        self.merges = ContactMerges(self.tenant, "contacts", self.dynamodb)
        self._versions = itertools.count(1)
        self.changes = Changes(
            Settings("contacts", "contacts-queue", "inbound"), self.dynamodb, self.sqs, self.clock
        )

    def sides(self, contact_id: str) -> ContactSides:
        return ContactSides(self.tenant, "contacts", self.dynamodb, contact_id)

    def add(self, name: str | None = None, phone: str | None = None, **more: Any) -> ContactRecord:
        self.clock.advance(1)
        record = ContactRecord(id="", name=name, **more).with_phone(phone)
        return self.contacts.create(record, self.clock())

    def change(self, body: JsonObject) -> Change:
        """A flow's change with an id of its own, now."""
        self.clock.advance(1)
        return Change(f"{CHANNEL}.lane:{next(self._versions)}:0", self.clock(), body)

    def seen(self, name: str | None = "Ana", username: str | None = None) -> Change:
        told = {"op": "seen", "at": self.clock(), "name": name, "username": username}
        return self.change(told)

    def entry(
        self,
        *changes: Change,
        wa_id: str | None = None,
        bsuid: str | None = None,
        lane: str = "lane",
    ) -> Entry:
        known = (("bsuid", bsuid), ("wa_id", wa_id))
        identities = [Identity(kind, value) for kind, value in known if value]
        return entry_of_conversation(self.tenant, CHANNEL, lane, identities, changes)

    def work(self, entry: Entry, receives: int = 1) -> bool:
        """One receive; whether the worker said that it is done."""
        record = sqs_record(entry.body, group=entry.group or "", receives=receives)
        answer = run_in_order([record], self.changes.run, self.sqs, "contacts-queue")
        return answer == {"batchItemFailures": []}

    def told(self) -> list[JsonObject]:
        """The profiles that lanes were told, oldest first, with the lane they went to."""
        found = []
        for sent in self.sqs.sent["inbound"]:
            body = json.loads(sent["MessageBody"])
            (event,) = body["events"]
            assert event["kind"] == "contact_changed"
            found.append({"lane": body["contact"], **event["body"]})
        return found

    def everybody(self) -> list[ContactRecord]:
        return self.lists.newest(100, None)[0]
