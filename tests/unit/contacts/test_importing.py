"""An import from the file to the report, whatever is killed or comes twice."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import boto3
import pytest

from contacts import importing
from contacts.jobs import job_queue
from contacts.workbench import IMPORT, JobSettings, Workbench, import_path
from shared.contacts.record import ContactRecord
from shared.fifo_batch import NotYetError
from shared.job_queue import MAX_RECEIVES, work_entry
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store.audit import Actor, Change, entry
from shared.store.imports import CANCELLED, READING, READY, RUNNING, WAITING, Job, Jobs, summed
from tests.builders import sqs_record
from tests.unit.contacts.people_world import People

PART_ROWS = 6
SETTINGS = JobSettings("contacts", "contacts-queue", "jobs", "files")
OPTIONS: JsonObject = {
    "mapping": {"Name": "name", "Phone": "phone", "Tags": "tags"},
    "default_country": "ID",
    "duplicates": "update",
    "tags": ["imported"],
    "opt_in": {"kind": "marketing", "state": "in", "source": "list of 2026"},
}


def make_bucket(s3: Any) -> None:
    where = {"LocationConstraint": "ap-southeast-1"}
    s3.create_bucket(Bucket="files", CreateBucketConfiguration=where)


class Desk:
    """A workspace that imports a file; queue records stay until they are worked on."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.s3 = boto3.client("s3", region_name="ap-southeast-1")
        if not self.s3.list_buckets()["Buckets"]:
            make_bucket(self.s3)
        self.client = people.dynamodb
        self.jobs = Jobs(people.tenant, IMPORT, "contacts", people.dynamodb)
        self.bench = Workbench(
            SETTINGS, people.tenant, people.dynamodb, people.sqs, self.s3, people.clock
        )

    def upload(self, content: str) -> None:
        now = self.people.clock()
        told = entry(self.people.tenant, "workspaces", Change(Actor("u", "u"), "a", "b", now))
        self.jobs.create(Job("i1", WAITING, now, detail={"file_name": "people.csv"}), told)
        self.bench.files.write(import_path("i1", "source.csv"), content.encode(), "text/csv")
        self.jobs.move("i1", (WAITING,), READING)
        self.work("read")

    def start(self, **options: Any) -> None:
        self.jobs.move(
            "i1",
            (READY,),
            RUNNING,
            options={**OPTIONS, **options},
            started_at=self.people.clock(),
        )
        self.work("cut")

    def work(self, work: str, number: int = 0, receives: int = 1, client: Any = None) -> None:
        body = work_entry(self.people.tenant, work, "i1", number=number).body
        people, dynamodb = self.people, client or self.client
        worker = job_queue(SETTINGS, dynamodb, people.sqs, self.s3, people.clock)
        worker.run(sqs_record(body, receives=receives))

    def waiting(self) -> list[tuple[str, int]]:
        sent = self.people.sqs.sent.pop("jobs", [])
        bodies = [json.loads(one["MessageBody"]) for one in sent]
        return [(body["work"], body.get("number", 0)) for body in bodies]

    def finish(self) -> None:
        while waiting := self.waiting():
            for work, number in waiting:
                self.work(work, number)

    def report(self) -> list[list[str]]:
        content = self.bench.files.read(import_path("i1", "report.csv")).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(content, newline="")))

    def numbers(self) -> tuple[int, int, int, int]:
        part = summed(self.jobs.parts("i1"))
        return part.created, part.updated, part.skipped, part.rejected

    def contact(self, phone: str) -> ContactRecord:
        identity = Identity("wa_id", phone)
        contacts = self.people.contacts
        return contacts.get(contacts.known_by([identity])[identity])


@pytest.fixture
def desk(people: People, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(importing, "PART_ROWS", PART_ROWS)
    return Desk(people)


def file_of(count: int) -> str:
    lines = ["Name,Phone,Tags"]
    lines += [f"Person {n},+62812{n:08d},even" for n in range(10_000_000, 10_000_000 + count)]
    return "\n".join(lines)


def test_a_file_is_previewed(desk: Desk) -> None:
    desk.upload(file_of(12))
    job = desk.jobs.get("i1")
    assert (job.status, job.total) == (READY, 12)
    preview = job.detail["preview"]
    assert preview["columns"] == ["Name", "Phone", "Tags"]
    assert len(preview["rows"]) == 10
    assert preview["suggested"] == {"Name": "name", "Phone": "phone", "Tags": "tags"}


def test_a_file_that_is_none_fails_with_its_reason(desk: Desk) -> None:
    desk.upload("PK\x03\x04")
    job = desk.jobs.get("i1")
    assert job.status == "failed"
    assert job.reason is not None and "spreadsheet" in job.reason


def test_rows_become_contacts_and_bad_ones_a_report(desk: Desk) -> None:
    desk.upload(
        "Name,Phone,Tags\nAna,0812-1000-0001,vip\n=Budi(),12,\nCitra,0812 1000 0001,\n"
        "Dewi,+6281210000002,\n"
    )
    desk.start()
    desk.finish()
    assert desk.jobs.get("i1").status == "done"
    assert desk.numbers() == (2, 0, 0, 2)
    ana = desk.contact("6281210000001")
    assert (ana.name, ana.phone, ana.tags) == ("Ana", "+6281210000001", ("vip", "imported"))
    assert (ana.opt("marketing"), ana.opt_ins["marketing"].source) == ("in", "list of 2026")
    head, budi, citra = desk.report()
    assert head == ["row", "reason", "Name", "Phone", "Tags"]
    assert budi[0] == "3" and "no phone number" in budi[1] and budi[2] == "'=Budi()"
    assert citra[:2] == ["4", "Row 2 has the same number."]
    found, _ = desk.people.lists.search(["ana"], 10, None)
    assert [record.id for record in found] == [ana.id]


@pytest.mark.parametrize("duplicates", ["update", "skip"])
def test_who_is_known_is_updated_or_left(desk: Desk, duplicates: str) -> None:
    known = desk.people.add("Ana Lama", "+6281210000001", email="ana@toko.id")
    desk.people.contacts.change(
        known.id, lambda one: replace(one, conversations=("c.l",)), desk.people.clock()
    )
    desk.upload("Name,Phone,Tags\nAna Baru,0812-1000-0001,\n")
    desk.start(duplicates=duplicates)
    desk.finish()
    ana = desk.contact("6281210000001")
    assert (ana.id, ana.email) == (known.id, "ana@toko.id")
    if duplicates == "skip":
        assert desk.numbers() == (0, 0, 1, 0)
        assert ana.name == "Ana Lama"
        assert desk.report()[1][1] == "It is a contact already."
    else:
        assert desk.numbers() == (0, 1, 0, 0)
        assert ana.name == "Ana Baru"
        assert len(desk.people.sqs.sent["contacts-queue"]) == 1  # the conversation is told


def test_what_comes_twice_counts_once(desk: Desk) -> None:
    desk.upload(file_of(PART_ROWS + 2))
    desk.start()
    desk.work("cut")
    pieces = desk.waiting()
    for work, number in [*pieces, *pieces]:
        desk.work(work, number)
    desk.finish()
    assert desk.numbers() == (PART_ROWS + 2, 0, 0, 0)
    assert desk.jobs.get("i1").status == "done"


@pytest.mark.parametrize("operation", ["batch_write_item", "transact_write_items", "put_item"])
def test_a_killed_part_is_finished_by_the_next_receive(desk: Desk, operation: str) -> None:
    desk.upload(file_of(6))
    desk.start()
    dying = _Dying(desk.client, operation)
    with pytest.raises(RuntimeError, match="killed"):
        desk.work("part", 1, client=dying)
    changed = None
    if operation == "put_item":  # all were written; one of them was edited before the next receive
        changed = desk.contact("6281210000003")
        desk.people.contacts.change(
            changed.id, lambda one: replace(one, name="Edited"), desk.people.clock()
        )
    desk.work("part", 1, receives=2)
    desk.finish()
    assert desk.numbers() == (6, 0, 0, 0)
    assert len(desk.people.everybody()) == 6
    if changed:
        assert desk.people.contacts.get(changed.id).name == "Edited"


def test_a_part_in_other_hands_waits(desk: Desk) -> None:
    desk.upload(file_of(3))
    desk.start()
    assert desk.jobs.lease("i1", 1, desk.people.clock() // 1000, 60)
    with pytest.raises(NotYetError):
        desk.work("part", 1)
    desk.people.clock.advance(61)
    desk.work("part", 1, receives=2)
    assert desk.numbers() == (3, 0, 0, 0)


def test_a_number_that_is_claimed_meanwhile_is_an_update(desk: Desk) -> None:
    desk.upload(file_of(2))
    desk.start()
    racing = _Racing(desk.client, lambda: desk.people.add("Race", "+6281210000001"))
    desk.work("part", 1, client=racing)
    desk.finish()
    assert desk.numbers() == (1, 1, 0, 0)
    assert len(desk.people.everybody()) == 2
    assert desk.contact("6281210000001").tags == ("even", "imported")


def test_a_part_that_never_succeeds_does_not_hold_the_import(desk: Desk) -> None:
    desk.upload(file_of(2))
    desk.start()
    with pytest.raises(RuntimeError, match="killed"):
        desk.work("part", 1, receives=MAX_RECEIVES, client=_Dying(desk.client, "batch_get_item"))
    desk.waiting()
    desk.work("report")
    assert desk.numbers() == (0, 0, 0, 2)
    assert "could not be saved" in desk.report()[1][1]


def test_a_cancelled_import_stops_and_reports(desk: Desk) -> None:
    desk.upload(file_of(PART_ROWS * 2))
    desk.start()
    desk.work("part", 1)
    desk.jobs.move("i1", (RUNNING,), CANCELLED)
    desk.work("part", 2)
    desk.work("report")
    assert desk.numbers() == (PART_ROWS, 0, 0, 0)
    assert desk.jobs.get("i1").status == CANCELLED
    assert len(desk.report()) == 1


class _Dying:
    """A client that does one operation and then dies."""

    def __init__(self, client: Any, operation: str) -> None:
        self._client = client
        self._operation = operation

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name != self._operation:
            return real

        def call(**request: Any) -> Any:
            real(**request)
            raise RuntimeError("killed")

        return call


class _Racing:
    """A client in whose way somebody gets just before identities are claimed, once."""

    def __init__(self, client: Any, race: Any) -> None:
        self._client = client
        self._race = race

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name != "transact_write_items" or self._race is None:
            return real

        def call(**request: Any) -> Any:
            race, self._race = self._race, None
            if race:
                race()
            return real(**request)

        return call
