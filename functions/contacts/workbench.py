"""What the background work on contacts works with, for one tenant."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from shared.clock import Clock, now_ms
from shared.contacts.handing_over import announcement
from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.queues import Entry, send_all
from shared.store.contact_batches import ContactBatches
from shared.store.contact_fields import ContactFields
from shared.store.contacts import Contacts
from shared.store.imports import Jobs
from shared.store.segments import Audience
from shared.store.tenant_files import TenantFiles
from shared.tenancy import Tenant

IMPORT: Final = "IMPORT"
EXPORT: Final = "EXPORT"
CSV: Final = "text/csv; charset=utf-8"
SOURCE: Final = "source.csv"
REPORT: Final = "report.csv"


@dataclass(frozen=True, slots=True)
class JobSettings:
    contacts_table: str
    contacts_queue_url: str
    contact_jobs_queue_url: str
    files_bucket: str


def import_path(import_id: str, name: str) -> str:
    return f"imports/{import_id}/{name}"


def export_path(export_id: str) -> str:
    return f"exports/{export_id}/contacts.csv"


@dataclass(frozen=True, slots=True)
class Workbench:
    settings: JobSettings
    tenant: Tenant
    dynamodb: Any
    sqs: Any
    s3: Any
    clock: Clock = now_ms

    @property
    def imports(self) -> Jobs:
        return Jobs(self.tenant, IMPORT, self.settings.contacts_table, self.dynamodb)

    @property
    def exports(self) -> Jobs:
        return Jobs(self.tenant, EXPORT, self.settings.contacts_table, self.dynamodb)

    @property
    def contacts(self) -> Contacts:
        return Contacts(self.tenant, self.settings.contacts_table, self.dynamodb)

    @property
    def batches(self) -> ContactBatches:
        return ContactBatches(self.tenant, self.settings.contacts_table, self.dynamodb)

    @property
    def fields(self) -> ContactFields:
        return ContactFields(self.tenant, self.settings.contacts_table, self.dynamodb)

    @property
    def audience(self) -> Audience:
        return Audience(self.tenant, self.settings.contacts_table, self.dynamodb)

    @property
    def files(self) -> TenantFiles:
        return TenantFiles(self.tenant, self.settings.files_bucket, self.s3)

    def hand_over(self, *entries: Entry) -> None:
        send_all(self.sqs, self.settings.contact_jobs_queue_url, entries)

    def announce(self, before: ContactRecord, at: int) -> None:
        """Before the record is written: see `shared.contacts.handing_over.announcement`."""
        if before.conversations:
            entry = announcement(self.tenant, before.id, before.revision + 1, at)
            send_all(self.sqs, self.settings.contacts_queue_url, [entry])

    def write_json(self, path: str, content: JsonObject) -> None:
        text = json.dumps(content, separators=(",", ":"))
        self.files.write(path, text.encode(), "application/json")

    def read_json(self, path: str) -> JsonObject:
        content: JsonObject = json.loads(self.files.read(path))
        return content
