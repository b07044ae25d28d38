"""A house in which somebody has left traces everywhere, with the workers of exports and erasure."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

import boto3

from account.eraser import Eraser, erasure_entry
from account.eraser import Settings as EraserSettings
from account.exporter import Exporter, export_entry
from account.stores.contacts import person_of
from account.stores.conversations import with_identities
from account.stores.place import StoreNames, to_json
from contacts.changes import Changes
from contacts.changes import Settings as ChangesSettings
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.lanes import contact_id as lane_contact
from shared.notices import MESSAGE_RECEIVED, Notice
from shared.queues import Entry
from shared.store import keys
from shared.store.audit import Actor
from shared.store.contact_sides import ContactSides, Note
from shared.store.contacts import Contacts
from shared.store.dead_letters import DeadLetters, Letter, letter_id
from shared.store.erasures import Erasure, Erasures
from shared.store.exports import Exports, object_key
from shared.store.inspection import Inspection, Kept
from shared.store.received_files import ReceivedFile, ReceivedFiles, received_path
from shared.store.requests import Answers
from shared.store.requests import Kept as KeptAnswer
from shared.store.transactions import commit
from shared.store.webhook_deliveries import WebhookDeliveries
from shared.store.webhooks import Webhooks
from tests.builders import (
    AT,
    PHONE_NUMBER_ID,
    create_table,
    sqs_record,
    text_message,
    value,
    webhook_body,
)
from tests.house import TENANT
from tests.raw_stores import traces
from tests.unit.account.metered_house import MeteredHouse

ANA: Final = {"wa_id": "62811222333", "bsuid": "ID.4444555566667777", "name": "Ana Kartika"}
BUDI: Final = {"wa_id": "62899888777", "bsuid": "ID.9999000011112222", "name": "Budi Santoso"}
SAID: Final = "kata rahasia Ana"
NOTED: Final = "catatan tentang Ana"
WORDS: Final = (*ANA.values(), SAID, NOTED)
BY: Final = Actor("user-owner", "owner@kabar.test")
TABLES: Final = (
    "directory",
    "workspaces",
    "contacts",
    "conversations",
    "inspection",
    "requests",
    "usage",
    "webhook_deliveries",
    "knowledge",
    "campaigns",
    "dead_letters",
)
BUCKETS: Final = ("overflow", "files", "media", "knowledge_files")
NAMES: Final = StoreNames(*TABLES, *BUCKETS)


class PrivateHouse(MeteredHouse):
    """`s3_client` is moto's; the house's own `s3` holds what is on its way."""

    def __init__(self) -> None:
        super().__init__()
        for table in ("webhook_deliveries", "knowledge", "campaigns", "dead_letters"):
            create_table(self.dynamodb, table)
        self.s3_client = boto3.client("s3", region_name="ap-southeast-1")
        for bucket in BUCKETS:
            self.s3_client.create_bucket(
                Bucket=bucket,
                CreateBucketConfiguration={"LocationConstraint": "ap-southeast-1"},
            )
        self.contacts = Contacts(TENANT, "contacts", self.dynamodb)
        self.erasures = Erasures(TENANT, "workspaces", self.dynamodb)
        self.exports = Exports(TENANT, "workspaces", self.dynamodb)
        self._changes = Changes(
            ChangesSettings("contacts", "contacts", "inbound"),
            self.dynamodb,
            self.sqs,
            self.clock,
        )
        self._said = 0

    def hears_from(self, who: JsonObject, text: str) -> None:
        """Somebody writes, and everybody who is told does their part."""
        self._said += 1
        message = text_message(
            text,
            id_=f"wamid.{who['wa_id']}.{self._said}",
            wa_id=who["wa_id"],
            bsuid=who["bsuid"],
            at=AT + self._said,
        )
        contact = {
            "profile": {"name": who["name"]},
            "wa_id": who["wa_id"],
            "user_id": who["bsuid"],
        }
        self.post(webhook_body(value(messages=[message], contacts=[contact])))
        self.settle()

    def moves(self, who: JsonObject, new: JsonObject) -> None:
        """WhatsApp tells that somebody has another number and id."""
        self._said += 1
        message = text_message(
            "",
            id_=f"wamid.moved.{self._said}",
            wa_id=who["wa_id"],
            bsuid=who["bsuid"],
            at=AT + self._said,
            type="system",
            system={"type": "user_changed_number", "body": f"changed to {new['wa_id']}", **new},
        )
        self.post(webhook_body(value(messages=[message])))
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.work()
            self.send()
            for record in list(self.take("contacts")):
                run_in_order([record], self._changes.run, self.sqs, "contacts")

    def contact_of(self, who: JsonObject) -> str:
        found = [
            item["contact_id"]["S"]
            for item in self.dynamodb.scan(TableName="contacts")["Items"]
            if "#WHO#" in item["pk"]["S"] and item["sk"]["S"] == who["wa_id"]
        ]
        return found[0] if found else ""

    def leave_traces(self) -> str:
        """Of Ana in every store, and of Budi beside hers; answers Ana's contact."""
        for who, text in ((ANA, SAID), (BUDI, "halo dari Budi"), (ANA, SAID)):
            self.hears_from(who, text)
        contact_id, at = self.contact_of(ANA), self.clock()
        sides = ContactSides(TENANT, "contacts", self.dynamodb, contact_id)
        commit(self.dynamodb, sides.note(Note("note1", NOTED, "Agent", at)))
        inspection = Inspection(TENANT, "inspection", self.dynamodb)
        for who in (ANA, BUDI):
            odd = {"from": who["wa_id"], "profile": who["name"], "type": "hologram"}
            inspection.keep(Kept("unknown_type", "messages", at, odd))
        answers = Answers(TENANT.id, "USER#owner", "requests", self.dynamodb)
        answers.begin("key-1", "print", at // 1000)
        answers.keep("key-1", KeptAnswer(201, json.dumps({"text": NOTED})))
        webhook = Webhooks(TENANT, "workspaces", self.dynamodb).create(
            "https://crm.test", [MESSAGE_RECEIVED], "", b"sealed", by=BY, at=at
        )
        deliveries = WebhookDeliveries(TENANT, webhook.id, "webhook_deliveries", self.dynamodb)
        for n, who in enumerate((ANA, BUDI)):
            told = Notice(f"evt_{n}", MESSAGE_RECEIVED, at, {})
            body = json.dumps({"from": who["wa_id"], "name": who["name"]})
            deliveries.add(told, body, now=at, give_up_at=at)
        self.export(None)
        job = {
            **keys.key(keys.contact_jobs(TENANT, "IMPORT"), "import1"),
            "status": {"S": "done"},
            "preview": {"S": json.dumps([[ANA["name"], ANA["wa_id"]]])},
        }
        self.dynamodb.put_item(TableName="contacts", Item=job)
        for who in (ANA, BUDI):
            self.receives_picture(who)
            self.gives_up(who)
        path = f"{TENANT.id}/imports/import1/source.csv"
        self.s3_client.put_object(Bucket="files", Key=path, Body=str(ANA).encode())
        return contact_id

    def gives_up(self, who: JsonObject) -> None:
        """A message to them, which could not be sent."""
        letter = Letter(
            id=letter_id(self.clock(), who["bsuid"].replace(".", "-")),
            queue="outbound",
            sent_at=self.clock(),
            filed_at=self.clock(),
            receives=1,
            cause="refused",
            error="",
            reason="",
            group=None,
        )
        body = json.dumps({"to": {"phone": who["wa_id"]}, "message": f"Halo {who['name']}"})
        DeadLetters(TENANT, "dead_letters", self.dynamodb).file(letter, body)

    def receives_picture(self, who: JsonObject) -> None:
        """As the last message of theirs, with its file."""
        lane = lane_contact(PHONE_NUMBER_ID, "bsuid", who["bsuid"])
        files = ReceivedFiles(TENANT, "conversations", "usage", self.dynamodb)
        data = f"a picture of {who['name']}".encode()
        file = ReceivedFile("stored", mime_type="image/png", size=len(data), sha256="00")
        files.stored(PHONE_NUMBER_ID, lane, 1, file, self.clock())
        key = f"{TENANT.id}/{received_path(PHONE_NUMBER_ID, lane, 1)}"
        self.s3_client.put_object(Bucket="media", Key=key, Body=data)

    def traces(self, *words: str) -> dict[str, set[str]]:
        return traces(self.dynamodb, self.s3_client, TABLES, BUCKETS, words)

    # Erasure.

    def ask_to_erase(self, contact_id: str) -> Entry:
        person = person_of(TENANT, self.contacts.get(contact_id))
        person = with_identities(self.dynamodb, "conversations", person)
        self.erasures.request(Erasure(contact_id, to_json(person), BY, self.clock()))
        return erasure_entry(TENANT, contact_id)

    def eraser(self, dynamodb: Any = None, s3: Any = None, sqs: Any = None) -> Eraser:
        settings = EraserSettings(*TABLES, *BUCKETS, "erasures")
        return Eraser(
            settings,
            dynamodb or self.dynamodb,
            s3 or self.s3_client,
            sqs or self.sqs,
            self.clock,
        )

    def erase(self, contact_id: str) -> None:
        """Both passes."""
        self.eraser().run(sqs_record(self.ask_to_erase(contact_id).body))
        for record in list(self.take("erasures")):
            self.eraser().run(record)

    # Export.

    def export(self, contact_id: str | None) -> bytes:
        made = self.exports.create(contact_id, by=BY, at=self.clock())
        exporter = Exporter(replace(NAMES), self.dynamodb, self.s3_client, self.clock)
        exporter.run(sqs_record(export_entry(TENANT, made.id).body))
        key = object_key(TENANT, made.id)
        return bytes(self.s3_client.get_object(Bucket="files", Key=key)["Body"].read())
