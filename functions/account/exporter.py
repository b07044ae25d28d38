"""Exports in the background: JSON lines by kind of record, in a zip, under the workspace's prefix.

An export that died on the way is made again from its beginning, under the same name.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

from account.stores import STORES
from account.stores.contacts import person_of
from account.stores.place import Place, StoreNames
from account.stores.told import Told
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import Entry, encode
from shared.settings import load
from shared.standard_batch import run_each
from shared.store import exports
from shared.store.contacts import ContactNotFoundError, Contacts
from shared.store.exports import Export, ExportNotFoundError, Exports
from shared.tenancy import Tenant

_LAST_RECEIVE: Final = 3  # see the queue's max_receives
_TOLD_EVERY: Final = 1000  # records


class Settings(StoreNames):
    """Nothing besides the stores."""


@dataclass(frozen=True, slots=True)
class Exporter:
    settings: StoreNames
    dynamodb: Any
    s3: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one export."""
        body = json.loads(record["body"])
        tenant = Tenant(body["tenant"])
        store = Exports(tenant, self.settings.workspaces_table, self.dynamodb)
        try:
            export = store.get(body["export"], self.clock())
            if export.status in (exports.WAITING, exports.RUNNING):
                done = self._make(tenant, export, store)
                store.tell(export.id, exports.DONE, done)
                count("ExportsMade")
        except ExportNotFoundError:
            return
        except Exception:
            if int(record["attributes"]["ApproximateReceiveCount"]) >= _LAST_RECEIVE:
                reason = "It could not be made; the operators know. Ask for it again later."
                store.tell(export.id, exports.FAILED, export.done, reason)
            raise

    def _make(self, tenant: Tenant, export: Export, store: Exports) -> int:
        with tempfile.TemporaryDirectory() as folder:
            done = 0
            with ExitStack() as open_files:
                files: dict[str, IO[str]] = {}
                for file, told in self._told(tenant, export):
                    if file not in files:
                        path = Path(folder) / f"{file}.jsonl"
                        files[file] = open_files.enter_context(path.open("w", encoding="utf-8"))
                    files[file].write(json.dumps(told, ensure_ascii=False) + "\n")
                    done += 1
                    if done % _TOLD_EVERY == 0:
                        store.tell(export.id, exports.RUNNING, done)
            zipped = Path(folder) / "export.zip"
            _zip(sorted(Path(folder).glob("*.jsonl")), zipped)
            self.s3.upload_file(
                str(zipped),
                self.settings.files_bucket,
                exports.object_key(tenant, export.id),
                ExtraArgs={"ContentType": "application/zip"},
            )
        return done

    def _told(self, tenant: Tenant, export: Export) -> Iterator[Told]:
        place = Place(self.settings, self.dynamodb, self.s3)
        if export.contact_id is None:
            for store in STORES:
                if store.tell_all:
                    yield from store.tell_all(place, tenant)
            return
        contacts = Contacts(tenant, self.settings.contacts_table, self.dynamodb)
        try:
            person = person_of(tenant, contacts.get(export.contact_id))
        except ContactNotFoundError:
            return  # erased since it was asked for
        for store in STORES:
            if store.tell_person:
                yield from store.tell_person(place, person)


def _zip(files: Iterable[Path], zipped: Path) -> None:
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)


def export_entry(tenant: Tenant, export_id: str) -> Entry:
    return Entry(encode({"v": 1, "tenant": tenant.id, "export": export_id}), group=tenant.id)


@lru_cache(maxsize=1)
def _exporter() -> Exporter:
    return Exporter(load(Settings), client("dynamodb"), client("s3"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _exporter().run)
