"""Queues whose workers gave up, with the filer of what they left and whoever puts it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

from letters.filer import Filer, Owners
from letters.filer import Settings as FilerSettings
from letters.jobs import Settings as JobSettings
from letters.jobs import Work
from letters.orders import job_entry
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.numbers import Numbers
from shared.queues import encode
from shared.store.audit import Actor
from shared.store.dead_letters import DeadLetters, Letter, Selection
from shared.store.directory import Directory, Number
from shared.store.letter_jobs import REDRIVE, LetterJob, LetterJobs, named
from shared.tenancy import Tenant
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeS3, FakeSqs
from tests.unit.flow.faults import Calls, Killed, Watched

OURS: Final = Tenant("ws_ours")
THEIRS: Final = Tenant("ws_theirs")
BY: Final = Actor("user-owner", "owner@kabar.test")
CHANNELS: Final = {"111": OURS, "222": THEIRS}
URLS: Final = {
    name: f"https://sqs/{name}{'.fifo' if name in ('inbound', 'outbound') else ''}"
    for name in (
        *("inbound", "outbound", "receipts", "actions", "starts", "account_events"),
        *("campaign_paces", "template_syncs"),
    )
}
RUN_MS: Final = 40_000
HIDDEN_SECONDS: Final = 240  # until what a killed run had in hand comes back


class NoSuchKeyError(Exception):
    """As S3 says it."""


class Bucket(FakeS3):
    exceptions = SimpleNamespace(NoSuchKey=NoSuchKeyError)

    def get_object(self, Bucket: str, Key: str) -> JsonObject:
        if Key not in self.objects:
            raise NoSuchKeyError(Key)
        return super().get_object(Bucket, Key)


@dataclass
class LettersWorld:
    dynamodb: Any
    clock: FakeClock = field(default_factory=FakeClock)
    calls: Calls = field(default_factory=Calls)
    s3: Bucket = field(default_factory=Bucket)

    def __post_init__(self) -> None:
        self.sqs = FakeSqs(clock=self.clock)
        directory = Directory("directory", self.dynamodb)
        for channel, tenant in CHANNELS.items():
            directory.put_number(Number(channel, tenant.id, channel, channel, "flow", b"token"))
            directory.put_account(f"waba{channel}", tenant)
        self.filer = Filer(
            FilerSettings("dead_letters", "directory", "overflow", ""),
            {f"{name}-dead": name for name in URLS},
            Owners(directory, Numbers(directory, self.clock)),
            self.dynamodb,
            lambda: self.s3,
            self.clock,
        )
        self.work = Work(
            JobSettings("dead_letters", "overflow", "jobs", ""),
            URLS,
            Watched(self.dynamodb, self.calls),
            Watched(self.sqs, self.calls),
            lambda: self.s3,
            self.clock,
            self.clock.advance,
        )

    def letters(self, tenant: Tenant | None = OURS) -> DeadLetters:
        return DeadLetters(tenant, "dead_letters", self.dynamodb)

    def listed(self, tenant: Tenant | None = OURS, **only: str) -> list[Letter]:
        """Oldest first."""
        found, _ = self.letters(tenant).newest(100, None, Selection(**only))
        return found[::-1]

    def dies(self, queue: str, body: JsonObject | str, id_: str = "m1", **more: Any) -> JsonObject:
        """A record of the queue's dead letters, filed."""
        record = dead_record(queue, body, id_, at=self.clock(), **more)
        self.filer.run(record)
        return record

    def jobs(self, tenant: Tenant = OURS) -> LetterJobs:
        return LetterJobs(tenant, "dead_letters", self.dynamodb)

    def orders(self, *ids: str, kind: str = REDRIVE, per_second: int = 10) -> LetterJob:
        """Of the letters that are named; of all, when none is."""
        now = self.clock()
        job = LetterJob(f"{now:013d}job", kind, per_second, named(ids) or None, Selection(), now)
        self.jobs().order(job, BY, "workspaces")
        self.sqs.send_message_batch("jobs", [{"Id": "0", "MessageBody": _order(job)}])
        return job

    def works(self, job: LetterJob, *, run_ms: int = RUN_MS) -> LetterJob:
        """Until no message of the job is left; what a killed run had in hand comes back."""
        for _ in range(50):
            if not self.sqs.sent["jobs"]:
                return self.jobs().get(job.id)
            body = self.sqs.sent["jobs"].pop(0)["MessageBody"]
            try:
                self.work.run(sqs_record(body), self._until(self.clock() + run_ms))
            except (Killed, Exception) as death:
                self.sqs.sent["jobs"].append({"Id": "0", "MessageBody": body})
                self.clock.advance(60 if isinstance(death, NotYetError) else HIDDEN_SECONDS)
        raise AssertionError("the job never ended")

    def _until(self, end: int) -> Callable[[], int]:
        return lambda: end - self.clock()

    def queued(self, queue: str) -> list[JsonObject]:
        return self.sqs.sent[URLS[queue]]


def _order(job: LetterJob) -> str:
    return job_entry(OURS, job.id).body


def dead_record(
    queue: str,
    body: JsonObject | str,
    id_: str,
    *,
    at: int,
    receives: int = 6,
    group: str | None = "lane",
    **more: Any,
) -> JsonObject:
    attributes = {"SentTimestamp": str(at), "ApproximateReceiveCount": str(receives)}
    if group:
        attributes["MessageGroupId"] = group
    return {
        "messageId": id_,
        "receiptHandle": "handle",
        "eventSourceARN": f"arn:aws:sqs:eu-west-1:123456789012:{queue}-dead",
        "body": body if isinstance(body, str) else encode(body),
        "attributes": attributes,
        "messageAttributes": {},
        **more,
    }


def bodies(entries: list[JsonObject]) -> list[JsonObject]:
    return [json.loads(entry["MessageBody"]) for entry in entries]
